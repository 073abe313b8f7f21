// Recordings in a library and elsewhere, and calls that mark them, in; marks kept in files that still are verified, and refusals, out.
import { chmodSync, copyFileSync, readFileSync } from "node:fs";
import { join } from "node:path";
import Database from "better-sqlite3";
import { expect, onTestFinished, test } from "vitest";
import type { Result } from "../../shared/failures.ts";
import type { Mark } from "../../shared/marks.ts";
import { recordSites } from "../../test/fixtures/recorded-sites.ts";
import { expectOk, feed, recorderAt, temporaryFolder } from "../../test/fixtures/synthetic-recording.ts";
import { createEngine } from "../engine.ts";
import { verifyRecording } from "../evidence/verify.ts";
import { Library } from "../session/library.ts";
import { markLive } from "./live-marks.ts";
import { MarksThread } from "./marks-thread.ts";

/** What a browser may ask of a library of its own. */
function library() {
  const folder = temporaryFolder();
  const engine = createEngine(new Library(folder));
  onTestFinished(() => engine.close());
  return { path: join(folder, "a.refscope"), ask: engine.guarded };
}
const told = (answer: Result<{ readonly marks: readonly Mark[] }>): string =>
  answer.ok ? answer.value.marks.map(({ at, name }) => `${at} ${name}`).join(", ") : answer.failure.cause;
const outcome = (path: string) => expectOk(verifyRecording(path)).outcome;
const leak = [{ type: "dict", function: "handler", file: "app.py", drawn: "+".repeat(40) }];

test("a closed recording is marked, and is as it was sealed", async () => {
  const { path, ask } = library();
  recordSites(path, leak);
  expect(told(await ask.call("recording.mark", { path, at: 1 }))).toBe("1 mark 1");
  expect(told(await ask.call("recording.mark", { path, at: 0.5, name: "warm" }))).toBe("0.5 warm, 1 mark 1");
  expect(told(await ask.call("recording.mark", { path, at: 0.5, name: "hot" }))).toBe("0.5 hot, 1 mark 1");
  expect(told(await ask.call("recording.move-mark", { path, at: 0.5, to: 2.25 }))).toBe("1 mark 1, 2.25 hot");
  expect(told(await ask.call("recording.unmark", { path, at: 1 }))).toBe("2.25 hot");
  expect(told(await ask.call("recording.marks", { path }))).toBe("2.25 hot");
  expect(outcome(path)).toBe("verified");
  expect(readFileSync(path).includes("mark 1")).toBe(false);
});

test("several at once are set one after the other, of a large file in a thread", async () => {
  const { path, ask } = library();
  recordSites(path, leak);
  const thread = new MarksThread(0);
  for (const done of await Promise.all([1, 2].map((at) => thread.change(path, { kind: "set", at })))) expectOk(done);
  expectOk(await ask.call("recording.mark", { path, at: 3 }));
  expect(told(await ask.call("recording.marks", { path }))).toBe("1 mark 1, 2 mark 2, 3 mark 3");
  expect(outcome(path)).toBe("verified");
});

test("a recording that stays open between questions is marked all the same, and the next question knows it", async () => {
  const { path, ask } = library();
  recordSites(path, leak);
  for (const at of [1, 2]) {
    expectOk(await ask.call("recording.report", { path }));
    expectOk(await ask.call("recording.sites", { path }));
    expectOk(await ask.call("recording.mark", { path, at }));
    expect(expectOk(await ask.call("recording.intervals", { path })).intervals).toHaveLength(at + 1);
    expect(expectOk(await ask.call("recording.report", { path })).marks).toHaveLength(at);
  }
  expect(outcome(path)).toBe("verified");
});

test("what cannot be: a time after the end, no time at all, a mark that is not there, two at one time", async () => {
  const { path, ask } = library();
  recordSites(path, leak);
  for (const at of [1, 2]) await ask.call("recording.mark", { path, at });
  expect(told(await ask.call("recording.mark", { path, at: 99 }))).toContain("after the end");
  expect(told(await ask.call("recording.mark", { path }))).toContain("only a recording that goes on");
  expect(told(await ask.call("recording.unmark", { path, at: 3 }))).toBe("there is no mark at 3 s");
  expect(told(await ask.call("recording.move-mark", { path, at: 1, to: 2 }))).toBe("another mark is at 2 s");
  expect(told(await ask.call("recording.marks", { path }))).toBe("1 mark 1, 2 mark 2");
});

test("a recording of before there were marks is given the tables that it lacks", async () => {
  const { path, ask } = library();
  copyFileSync(join(import.meta.dirname, "../../test/golden/format-2.refscope"), path);
  chmodSync(path, 0o600);
  expect(told(await ask.call("recording.marks", { path }))).toBe("");
  expect(told(await ask.call("recording.mark", { path, at: 1, name: "then" }))).toBe("1 then");
  expect(outcome(path)).toBe("verified");
});

test("not marked: of format 1, changed since, not closed, somebody else's", async () => {
  const { path, ask } = library();
  const mark = async () => told(await ask.call("recording.mark", { path, at: 1 }));
  copyFileSync(join(import.meta.dirname, "../../test/golden/format-1.refscope"), path);
  chmodSync(path, 0o600);
  expect(await mark()).toContain("it has format 1");
  recordSites(path, leak);
  chmodSync(path, 0o644);
  expect(await mark()).toContain("somebody else may have made it");
  chmodSync(path, 0o600);
  const connection = new Database(path);
  connection.exec("UPDATE meta SET value = 'x' WHERE name = 'startedAt'");
  connection.close();
  expect(await mark()).toContain("it was changed since it was recorded");
  expect(outcome(path)).toBe("damaged");
});

test("a recording that goes on is marked by its recorder, at its present or where it is said", async () => {
  const { path, ask } = library();
  const recorder = recorderAt(path);
  feed(recorder, ["++++++++++"]);
  expect(told(await ask.call("recording.mark", { path, at: 0.5 }))).toContain("being written by another");
  expectOk(markLive(recorder, { kind: "set" }));
  expectOk(markLive(recorder, { kind: "set", at: 0.25, name: "token=0123456789abcdef0123456789abcdef" }));
  expectOk(recorder.finish(undefined));
  const { marks } = expectOk(await ask.call("recording.marks", { path }));
  expect(marks).toMatchObject([
    { at: 0.25, name: expect.not.stringContaining("0123456789abcdef"), live: true },
    { at: 1, name: "mark 1", live: true },
  ]);
  expect(outcome(path)).toBe("verified");
});
