// In: the real CLI on real processes whose extension keeps references, or does not. Out: the function by name, the line, the free; one line
// for each refusal.
import { rmSync } from "node:fs";
import * as v from "valibot";
import { afterAll, afterEach, expect, test } from "vitest";
import { histories, history } from "../../shared/documents.ts";
import { sampleDocument } from "../../shared/sample-document.ts";
import { half, pythonsOf } from "../agent/pythons.ts";
import { endTargets, startTarget, type Target } from "../agent/target.ts";
import { importWatched } from "../agent/watched.ts";
import { ended, home, type Said, startCli } from "./run-cli.ts";

afterEach(endTargets);
afterAll(() => rmSync(home, { recursive: true, force: true }));

const program = `
class Box: pass
box = Box(); box.payload = ["payload"] * 3
others = [Box() for _ in range(6)]
def calls():
    for _ in range(200):
        watched.leak(box); watched.keep_nothing(box); len(box.payload)
reply()
`;

async function watching(
  target: Target,
  objects: readonly string[],
  words: readonly string[],
  during: string,
): Promise<Said> {
  const addresses = await Promise.all(objects.map((object) => target.ask(`reply(hex(id(${object})))`)));
  const child = startCli(["watch", String(target.pid), ...addresses.map(String), ...words]);
  const begun = new Promise((resolve) =>
    child.stderr?.on("data", (text) => String(text).includes("recording ") && resolve(0)),
  );
  const end = ended(child);
  await Promise.race([begun, end]);
  if (during !== "") await target.ask(`${during}; reply()`);
  return await end;
}

test.each(half(1, pythonsOf(308, 309, 310, 311, 312, 313)))(
  "$name: net changes by function",
  { timeout: 60_000 },
  async (python) => {
    const words = importWatched(python);
    if (words === undefined) return console.info(`left out on ${python.name}: its headers or a compiler are missing`);
    const target = await startTarget(python);
    await target.ask(`${words}${program}`);
    const said = await watching(target, ["box.payload"], ["--for", "3s", "--json"], "calls()");
    const found = v.parse(history, JSON.parse(said.out));
    expect(found).toMatchObject({ object: { type: "list" }, complete: true, dropped: 0, freed: false });
    const net = new Map(found.net.map((row) => [row.function, row.delta]));
    expect([net.get("leak"), net.get("keep_nothing"), net.get("(interpreter)")]).toEqual([200, 0, 0]);
    const kept = found.events.flatMap(({ native }) => native).find((frame) => frame.function === "keep_nothing");
    expect(kept).toMatchObject({ file: expect.stringMatching(/watched\.c$/), line: expect.any(Number) });
    expect(found.events.every(({ python: frame }) => frame !== null)).toBe(true);
  },
);

test("the text names the function first; a free ends it, before its time", { timeout: 60_000 }, async (context) => {
  const [python] = pythonsOf(311);
  const words = python && importWatched(python);
  if (python === undefined || words === undefined) return context.skip("no CPython 3.11 with headers");
  const target = await startTarget(python);
  await target.ask(`${words}${program}`);
  const said = await watching(target, ["box.payload"], ["--for", "2s"], "calls()");
  expect(said.code).toBe(0);
  expect(said.out).toMatch(/^list at 0x[0-9a-f]+: \d+ changes, count 1 to 201\n/);
  expect(said.out).toMatch(/^\+200 {2}leak {2,}watched\./m);
  const freed = await watching(target, ["others[0]", "others[1]"], ["--for", "2s", "--json"], "del others[0]");
  const both = v.parse(histories, JSON.parse(freed.out)).histories;
  expect(both.map((one) => one.freed)).toEqual([true, false]);
  // Nothing ends this one but the free.
  const alone = await watching(target, ["others[-1]"], ["--json"], "others.pop()");
  expect(v.parse(history, JSON.parse(alone.out))).toMatchObject({ freed: true, complete: true });
});

test("refusals: no object, an immortal one, five of them", { timeout: 60_000 }, async () => {
  const [python] = pythonsOf(313);
  if (python === undefined) return;
  const target = await startTarget(python);
  await target.ask(program);
  const run = (...words: string[]) => ended(startCli(["watch", String(target.pid), ...words]));
  expect(await run("nonsense")).toMatchObject({ code: 2, talk: expect.stringContaining("refscope: not-an-object: ") });
  expect(await run("0x10")).toMatchObject({ code: 2, talk: expect.stringContaining("refscope: not-an-object: ") });
  const none = String(await target.ask("reply(hex(id(None)))"));
  expect(await run(none)).toMatchObject({
    code: 5,
    talk: expect.stringContaining("refscope: immortal-object: the NoneType at "),
  });
  const five = ["0x10", "0x20", "0x30", "0x40", "0x50"];
  expect(await run(...five)).toMatchObject({ code: 2, talk: expect.stringContaining("refscope: too-many-objects: ") });
  await target.ask("reply()");
});

const handlers = `
class Box: pass
kept = []
def serve(turn):
    box = Box()
    box.payload = [turn]
    watched.leak(box) if turn % 2 else watched.keep_nothing(box)
def remember(turn):
    entry = (turn, turn)
    if turn % 2: kept.append(entry)
def work(turns, function):
    for turn in range(turns): function(turn); time.sleep(0.02)
`;

async function sampling(target: Target, site: string, during: string, ...words: readonly string[]): Promise<Said> {
  const child = startCli(["watch", String(target.pid), "--sample", site, "--for", "3s", ...words]);
  const begun = new Promise((resolve) =>
    child.stderr?.on("data", (text) => String(text).includes("recording ") && resolve(0)),
  );
  const end = ended(child);
  await Promise.race([begun, end]);
  await target.ask(`${during}; reply()`);
  return await end;
}

test.each(half(0, pythonsOf(309, 310, 311, 312, 313)))(
  "$name: what the objects of a site have in common",
  { timeout: 60_000 },
  async (python) => {
    const words = importWatched(python);
    if (words === undefined) return console.info(`left out on ${python.name}: its headers or a compiler are missing`);
    const target = await startTarget(python);
    await target.ask(`${words}${handlers}\nreply()`);
    const said = await sampling(target, "list@serve", "work(40, serve)", "--json", "--objects", "12");
    const found = v.parse(sampleDocument, JSON.parse(said.out));
    expect(said.code).toBe(0);
    expect(found).toMatchObject({ complete: true, dropped: 0, freed: false, object: { type: "list" } });
    expect(found.counts).toMatchObject({ missed: 0, followed: 12 });
    expect(found.counts.alive).toBeGreaterThanOrEqual(4);
    expect(found.counts.freed).toBeGreaterThanOrEqual(4);
    const place = { file: expect.stringMatching(/watched\.c$/), line: expect.any(Number) };
    expect(found.unmatched).toMatchObject([{ function: "leak", ...place, perObject: 1, python: null }]);
    expect(found.objects.every(({ complete, dropped }) => complete && dropped === 0)).toBe(true);
    expect(found.sums.reduce((sum, { freed }) => sum + freed, 0)).toBe(0);
  },
);

test.each(half(1, pythonsOf(309, 311, 312, 313)))(
  "$name: Python code that keeps some of them is named by its line",
  { timeout: 60_000 },
  async (python) => {
    const target = await startTarget(python);
    await target.ask(`${handlers}\nreply()`);
    const said = await sampling(target, "tuple@remember", "work(40, remember)", "--json", "--objects", "12");
    const { unmatched, counts } = v.parse(sampleDocument, JSON.parse(said.out));
    expect(counts).toMatchObject({ followed: 12, missed: 0 });
    expect(unmatched).toMatchObject([{ python: { function: "remember", line: 10 }, perObject: 1 }]);
  },
);

test("a site that nobody comes by says nothing, and one that is none is refused", { timeout: 60_000 }, async () => {
  const [python] = pythonsOf(311);
  if (!python) return;
  const target = await startTarget(python);
  const nothing = await sampling(target, "type:Nothing", "time.sleep(0.1)", "--json");
  expect(nothing.code).toBe(7);
  expect(v.parse(sampleDocument, JSON.parse(nothing.out))).toMatchObject({ object: null, counts: { made: 0 } });
  const refused = await ended(startCli(["watch", String(target.pid), "--sample", "app.py"]));
  expect([refused.code, refused.talk]).toEqual([2, expect.stringContaining("not-a-site")]);
  const both = await ended(startCli(["watch", String(target.pid), "0x10", "--sample", "serve"]));
  expect([both.code, both.talk]).toEqual([2, expect.stringContaining("not both")]);
});
