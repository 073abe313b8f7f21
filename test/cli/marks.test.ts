// In: `record` on a real process that leaks, with marks at times and by keys in a terminal. Out: recordings that tell what grew between them; the
// terminal as it was, and its target going on.
import { execFile } from "node:child_process";
import { rmSync } from "node:fs";
import { join, resolve } from "node:path";
import { promisify } from "node:util";
import * as v from "valibot";
import { afterAll, afterEach, expect, test } from "vitest";
import { report } from "../../shared/documents.ts";
import { endAll, newest, startReady, stateOf } from "../preflight/targets.ts";
import { home, runCli } from "./run-cli.ts";

afterEach(endAll);
afterAll(() => rmSync(home, { recursive: true, force: true }));

const leak = `
import time
kept = []
print("ready", flush=True)
while True:
    kept.append({"at": time.time()})
    time.sleep(0.005)
`;
const startLeak = (): Promise<number> => startReady(newest(), ["-c", leak]);
const reported = async (...words: readonly string[]) =>
  v.parse(report, JSON.parse((await runCli(["report", ...words, "--json"])).out));

test("marks at times: what grew from each to the next, and other marks are asked for without being written", async () => {
  const out = join(home, "marked.refscope");
  const words = ["--for", "3s", "--mark", "1s", "--mark", "1500ms=warm", "--mark", "1h", "--out", out];
  const said = await runCli(["record", String(await startLeak()), ...words]);
  expect(said).toMatchObject({ code: 0, talk: expect.stringContaining("the mark at 3600 s was not come to") });
  const { marks, intervals } = await reported(out);
  expect(marks).toEqual([
    { at: 1, name: "mark 1", live: true },
    { at: 1.5, name: "warm", live: true },
  ]);
  expect(intervals?.intervals.map(({ fromMark, toMark }) => [fromMark, toMark])).toEqual([
    [null, "mark 1"],
    ["mark 1", "warm"],
    ["warm", null],
  ]);
  const dicts = intervals?.rows.find(({ type }) => type === "dict");
  expect(dicts?.frames[0]?.function).toBe("<module>");
  expect(dicts?.objects.every((made) => made === null || made >= 0)).toBe(true);
  const other = await reported(out, "--mark", "2s=other");
  expect(other.marks?.map(({ name }) => name)).toEqual(["other"]);
  expect(other.intervals?.intervals).toHaveLength(2);
  expect((await runCli(["verify", out])).code).toBe(0);
});

test("a time that is none, and a name that is too long, are refused by the option's name", async () => {
  for (const mark of ["10", `10s=${"x".repeat(81)}`]) {
    const said = await runCli(["report", "a.refscope", "--mark", mark]);
    expect(said).toMatchObject({ code: 2, talk: expect.stringContaining("--mark: ") });
  }
});

interface Seen {
  readonly shown: string;
  readonly code: number;
  readonly changed: boolean;
  readonly restored: boolean;
}
const seen = v.object({ shown: v.string(), code: v.number(), changed: v.boolean(), restored: v.boolean() });

/** `steps`: what has to stand on the terminal, and the keys that are pressed then. */
async function inTerminal(words: readonly string[], steps: readonly (readonly [string, string])[]): Promise<Seen> {
  const program = [process.execPath, resolve(import.meta.dirname, "../../cli/main.ts"), ...words];
  const script = resolve(import.meta.dirname, "../fixtures/in_terminal.py");
  const said = await promisify(execFile)(newest(), [script, JSON.stringify(program), JSON.stringify(steps)]);
  return v.parse(seen, JSON.parse(said.stdout));
}

test("m in a terminal sets a mark now; Ctrl-C still ends it, and the terminal is as it was", async () => {
  const target = await startLeak();
  const out = join(home, "keys.refscope");
  const steps = [
    ["recording · [1-9]", "m"],
    ["mark 1 is set", "xm"],
    ["mark 2 is set", "\x03"],
  ] as const;
  const said = await inTerminal(["record", String(target), "--out", out], steps);
  expect(said).toMatchObject({ code: 130, changed: true, restored: true });
  const { marks } = await reported(out);
  expect(marks).toMatchObject([
    { name: "mark 1", live: true },
    { name: "mark 2", live: true },
  ]);
  expect(stateOf(target)).toMatch(/[RS]/);
});
