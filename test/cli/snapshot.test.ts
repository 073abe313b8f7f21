// In: the real CLI on a real process with known objects. Out: the document of its snapshot, what `why` says of an object in it, and one line for each refusal.
import { rmSync } from "node:fs";
import { join } from "node:path";
import * as v from "valibot";
import { afterAll, afterEach, expect, test } from "vitest";
import { snapshotDocument } from "../../shared/heap-taken.ts";
import { whyDocument } from "../../shared/heap-views.ts";
import { pythonsOf } from "../agent/pythons.ts";
import { endTargets, startTarget } from "../agent/target.ts";
import { home, runCli } from "./run-cli.ts";

afterEach(endTargets);
afterAll(() => rmSync(home, { recursive: true, force: true }));

const program = `
import ctypes
class Box: pass
boxes = [Box() for _ in range(500)]
forgotten = Box()
for _ in range(40): ctypes.pythonapi.Py_IncRef(ctypes.py_object(forgotten))
reply(hex(id(forgotten)))
`;

test.each(pythonsOf(308, 311, 313))("$name: what there is, and who holds it", { timeout: 60_000 }, async (python) => {
  const target = await startTarget(python);
  const forgotten = String(await target.ask(program));
  const out = join(home, `${python.version}.refscope`);
  const said = await runCli(["snapshot", String(target.pid), "--out", out, "--json"]);
  expect([said.code, said.talk]).toEqual([0, expect.stringContaining("the process waited")]);
  const document = v.parse(snapshotDocument, JSON.parse(said.out));
  expect(document.types.find(({ type }) => type === "Box")).toMatchObject({ count: 501, unexplainedReferences: 40 });
  expect(document).toMatchObject({ schema: "refscope.snapshot/1", path: out, notObserved: [] });
  const why = v.parse(whyDocument, JSON.parse((await runCli(["why", out, forgotten, "--json"])).out));
  expect(why.references).toMatchObject({ count: 41, explained: 1, unexplained: 40 });
  expect(why.paths[0]?.[0]?.edge).toContain("__main__");
  const text = await runCli(["snapshot", String(target.pid), "--out", out]);
  expect(text.out).toMatch(/^\S+ k objects, .*references\n/);
  expect(target.alive()).toBe(true);
});

test.each(pythonsOf(311))("$name: a walk that needs too much is told", { timeout: 60_000 }, async (python) => {
  const target = await startTarget(python);
  await target.ask("keep = [[i] for i in range(3_000_000)]; reply()");
  const out = join(home, "small.refscope");
  const said = await runCli(["snapshot", String(target.pid), "--out", out, "--memory", "1MB", "--json"]);
  expect(said.code).toBe(7);
  expect(JSON.parse(said.out)).toMatchObject({ code: "snapshot-failed" });
  expect((await runCli(["why", out, "type:list"])).talk).toContain("holds no snapshot");
  expect(target.alive()).toBe(true);
});

test("what is no process, or no option, is one line", async () => {
  expect(await runCli(["snapshot", "word"])).toMatchObject({ code: 2, talk: expect.stringContaining("not-a-pid") });
  expect(await runCli(["snapshot", "1", "--deadline", "soon"])).toMatchObject({
    code: 2,
    talk: expect.stringContaining("--deadline"),
  });
});
