// In: `top` on a real process whose threads fight for the GIL and raise errors. Out: a block a second, documents, the end by a signal;
// nothing left behind.
import { readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import * as v from "valibot";
import { afterAll, afterEach, expect, test } from "vitest";
import { topDocument } from "../../shared/documents.ts";
import { endAll, newest, startReady, stateOf } from "../preflight/targets.ts";
import { ended, home, runCli, startCli } from "./run-cli.ts";

afterEach(endAll);
afterAll(() => rmSync(home, { recursive: true, force: true }));

const fight = `
import threading, time
def spin():
    while True: sum(range(1000))
def fail():
    while True:
        try: {}["key"]
        except KeyError: time.sleep(0.001)
for run in (spin, spin, fail): threading.Thread(target=run, name=run.__name__, daemon=True).start()
print("ready", flush=True)
time.sleep(600)
`;
const startFight = (): Promise<number> => startReady(newest(), ["-c", fight]);
const drafts = () => readdirSync(tmpdir()).filter((name) => name.startsWith("refscope-top-"));

test("without a terminal: plain blocks of lines, and no draft is left", async () => {
  const before = drafts();
  const said = await runCli(["top", String(await startFight()), "--for", "4s"]);
  expect(said).toMatchObject({ code: 0, talk: "" });
  const blocks = said.out.split(/^(?=refscope top)/m);
  expect(blocks.length).toBeGreaterThanOrEqual(2);
  expect(blocks.at(-1)).toMatch(/GIL .*holds\/s[\s\S]* spin\n[\s\S]*Errors .*raised\/s[\s\S]*KeyError +fail /);
  expect(said.out).not.toContain("\x1b");
  expect(drafts()).toEqual(before);
});

test("--json: one document a line; Ctrl-C is how it ends, and the target goes on", async () => {
  const target = await startFight();
  const child = startCli(["top", String(target), "--json", "--collect", "gil,errors"]);
  child.stdout?.once("data", () => setTimeout(() => child.kill("SIGINT"), 1500));
  const said = await ended(child);
  expect(said.code).toBe(0);
  const documents = said.out
    .trim()
    .split("\n")
    .map((line) => v.parse(topDocument, JSON.parse(line)));
  const last = documents.at(-1);
  expect(last?.types).toBeNull();
  expect(last?.gil?.threads.filter(({ name }) => name?.startsWith("spin"))).toHaveLength(2);
  expect(last?.errors?.[0]).toMatchObject({ type: "KeyError", frames: [{ function: "fail" }] });
  expect(stateOf(target)).toMatch(/[RS]/);
});

test("what cannot be recorded is refused as by record", async () => {
  expect(await runCli(["top", "4194000"])).toMatchObject({
    code: 3,
    out: "",
    talk: expect.stringContaining("no-such-process"),
  });
});
