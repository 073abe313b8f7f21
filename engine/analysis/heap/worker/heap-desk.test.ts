// Questions about drawn heaps in; answers through a real worker thread out, also of one that hangs, throws or is stopped.
import { afterEach, describe, expect, it } from "vitest";
import { type DeskOptions, HeapDesk } from "./heap-desk.ts";

const script = new URL("../../../../test/fixtures/heap-worker.ts", import.meta.url);
const opened: HeapDesk[] = [];
function desk(options: DeskOptions = {}): HeapDesk {
  const made = new HeapDesk({ script, ...options });
  opened.push(made);
  return made;
}
afterEach(async () => {
  await Promise.all(opened.splice(0).map((one) => one.close()));
});

const codeOf = (answer: { readonly ok: boolean; readonly failure?: { readonly code: string } }) =>
  answer.failure?.code ?? "ok";

describe("the desk of the heap", () => {
  it("answers one question after another", async () => {
    const heap = desk();
    const [types, objects, why] = await Promise.all([
      heap.ask("heap.types", { path: "any" }),
      heap.ask("heap.objects", { path: "any", set: "unexplained" }),
      heap.ask("heap.why", { path: "any", object: "type:User" }),
    ]);
    expect(types.ok && types.value.rows.map(({ type, retained }) => [type, retained])).toEqual([
      ["module", 13],
      ["list", 12],
      ["User", 3],
    ]);
    expect(objects.ok && objects.value.rows.map(({ type, unexplained }) => [type, unexplained])).toEqual([["User", 2]]);
    expect(why.ok && why.value.paths[0]?.map(({ edge }) => edge)).toEqual(["module app", '["users"]', "[0]"]);
  });

  it("tells what is not there", async () => {
    const heap = desk();
    expect(codeOf(await heap.ask("heap.types", { path: "any", id: 9 }))).toBe("no-snapshot");
    expect(codeOf(await heap.ask("heap.why", { path: "any", object: "0x1" }))).toBe("no-such-object");
    expect(codeOf(await heap.ask("heap.why", { path: "any", object: "nonsense" }))).toBe("no-such-object");
    expect(codeOf(await heap.ask("heap.why", { path: "any", object: "type:Nothing" }))).toBe("no-such-object");
  });

  it("gives up a thread that hangs and one that throws, and answers with a new one", async () => {
    const heap = desk({ deadlineMs: 2000 });
    expect(codeOf(await heap.ask("heap.types", { path: "stuck" }))).toBe("heap-deadline");
    expect(codeOf(await heap.ask("heap.types", { path: "broken" }))).toBe("bug");
    expect(codeOf(await heap.ask("heap.types", { path: "any" }))).toBe("ok");
  });

  it("drops an idle thread, and starts another when it is asked", async () => {
    const heap = desk({ idleMs: 1 });
    expect(codeOf(await heap.ask("heap.types", { path: "any" }))).toBe("ok");
    await new Promise((resolve) => setTimeout(resolve, 50));
    expect(codeOf(await heap.ask("heap.types", { path: "any" }))).toBe("ok");
  });

  it("answers what it is asked when it closes", async () => {
    const heap = desk();
    const stuck = heap.ask("heap.types", { path: "stuck" });
    await new Promise((resolve) => setTimeout(resolve, 50));
    await heap.close();
    expect([codeOf(await stuck), codeOf(await heap.ask("heap.types", { path: "any" }))]).toEqual([
      "engine-lost",
      "engine-lost",
    ]);
  });
});
