// Files that are no recording, or no longer one, in; a failure by its code out, never an exception.
import { execFileSync } from "node:child_process";
import { copyFileSync, mkdirSync, readFileSync, symlinkSync, truncateSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import Database from "better-sqlite3";
import { expect, test } from "vitest";
import { expectOk, feed, recorderAt, temporaryFolder } from "../../test/fixtures/synthetic-recording.ts";
import { buildReport } from "../analysis/report.ts";
import { openRecording } from "./reader.ts";
import { applicationId } from "./schema.ts";

function recordingIn(folder: string): string {
  const path = join(folder, "good.refscope");
  const recorder = recorderAt(path);
  const code = { id: 1, function: "handler", file: "app.py", firstLine: 3, lineTable: Uint8Array.of(0x80, 0) };
  feed(recorder, ["+".repeat(120), "+-".repeat(60)], { codes: [code], types: [{ id: 1, name: "dict" }], modules: [] });
  expectOk(recorder.finish(undefined));
  return path;
}
const codeOf = (path: string): string => {
  const opened = openRecording(path);
  if (!opened.ok) return opened.failure.code;
  opened.value.close();
  return "ok";
};
/** A copy with some SQL run in it. */
function changed(from: string, name: string, sql: string): string {
  const to = join(from, "..", name);
  copyFileSync(from, to);
  const connection = new Database(to);
  connection.exec(sql);
  connection.close();
  return to;
}

test("what is no recording is told by its kind", () => {
  const folder = temporaryFolder();
  const good = recordingIn(folder);
  const write = (name: string, bytes: string | Uint8Array) => {
    writeFileSync(join(folder, name), bytes);
    return join(folder, name);
  };
  symlinkSync(good, join(folder, "link"));
  mkdirSync(join(folder, "folder"));
  execFileSync("mkfifo", [join(folder, "fifo")]);
  expect({
    good: codeOf(good),
    none: codeOf(join(folder, "none")),
    junk: codeOf(write("junk", "x".repeat(5000))),
    empty: codeOf(write("empty", "")),
    short: codeOf(write("short", readFileSync(good).subarray(0, 80))),
    link: codeOf(join(folder, "link")),
    folder: codeOf(join(folder, "folder")),
    fifo: codeOf(join(folder, "fifo")),
    device: codeOf("/dev/zero"),
    otherProgram: codeOf(changed(good, "other", "PRAGMA application_id = 7")),
    newer: codeOf(changed(good, "newer", "PRAGMA user_version = 2")),
    older: codeOf(changed(good, "older", "PRAGMA user_version = 0")),
  }).toEqual({
    good: "ok",
    none: "no-recording",
    junk: "foreign-recording",
    empty: "bad-recording",
    short: "bad-recording",
    link: "bad-recording",
    folder: "bad-recording",
    fifo: "bad-recording",
    device: "bad-recording",
    otherProgram: "foreign-recording",
    newer: "newer-recording",
    older: "bad-recording",
  });
});

test("tables that are not exactly ours are not read", () => {
  const good = recordingIn(temporaryFolder());
  for (const [at, sql] of [
    "CREATE TRIGGER t AFTER INSERT ON note BEGIN DELETE FROM note; END",
    "CREATE VIEW v AS SELECT 1",
    "DROP TABLE note",
    "ALTER TABLE note ADD COLUMN more TEXT",
    "CREATE VIRTUAL TABLE f USING fts5(x)",
  ].entries())
    expect([sql, codeOf(changed(good, `schema-${at}`, sql))]).toEqual([sql, "foreign-recording"]);
  const bare = join(good, "..", "bare");
  const connection = new Database(bare);
  connection.pragma(`application_id = ${applicationId}`);
  connection.exec("PRAGMA user_version = 1; CREATE TABLE t (x)");
  connection.close();
  expect(codeOf(bare)).toBe("foreign-recording");
});

test("a change after the seal is seen", () => {
  const good = recordingIn(temporaryFolder());
  const path = changed(good, "changed", "UPDATE total SET frees = 0");
  const reader = expectOk(openRecording(path));
  expect(reader.verify()).toBe("damaged");
  expect(buildReport(reader).recording.notObserved.join()).toContain("changed or damaged");
  reader.close();
});

test("a damaged chunk is left out and said", () => {
  const good = recordingIn(temporaryFolder());
  const path = changed(good, "chunk", "UPDATE chunk_100 SET deltas = x'00' WHERE t = 500");
  const reader = expectOk(openRecording(path));
  expect([...reader.chunks(100)]).toHaveLength(119);
  expect(reader.recording().notObserved).toContain("1 damaged parts of the file were left out.");
  reader.close();
});

test("rows that no recorder writes do not stop a report", () => {
  const good = recordingIn(temporaryFolder());
  const path = changed(
    good,
    "odd",
    `UPDATE status SET t = -5; UPDATE site SET native = 'x'; INSERT INTO key VALUES (77, 99, 99, 99); INSERT INTO total VALUES (77, 9007199254740993, -1, 5, 5);
     INSERT INTO total VALUES (-3, 1, 1, 1, 1); INSERT INTO total VALUES (999999999999, 1, 1, 1, 1);
     UPDATE name SET text = zeroblob(0) || hex(randomblob(60000)); INSERT INTO site VALUES (50, '0xff', x'ffffffffffffffffffff'); UPDATE meta SET value = '[' WHERE name = 'collected'`,
  );
  const reader = expectOk(openRecording(path));
  const report = buildReport(reader);
  expect(JSON.stringify(report).length).toBeLessThan(20_000);
  reader.close();
});

/** Deterministic, so that a failure can be looked at again. */
function* randomNumbers(seed: number): Generator<number> {
  for (let state = seed; ; ) {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    yield state / 2 ** 32;
  }
}

test("500 mutated files each open or fail by a code", () => {
  const good = recordingIn(temporaryFolder());
  const original = readFileSync(good);
  const path = join(good, "..", "mutated");
  const random = randomNumbers(1);
  const below = (limit: number) => Math.floor((random.next().value ?? 0) * limit);
  const seen = new Map<string, number>();
  for (let turn = 0; turn < 500; turn++) {
    const bytes = Buffer.from(original);
    for (let change = 1 + below(8); change > 0; change--) bytes[below(bytes.length)] = below(256);
    writeFileSync(path, bytes);
    if (turn % 10 === 0) truncateSync(path, below(bytes.length));
    const opened = openRecording(path);
    const outcome = opened.ok ? "ok" : opened.failure.code;
    seen.set(outcome, (seen.get(outcome) ?? 0) + 1);
    if (!opened.ok) continue;
    buildReport(opened.value);
    opened.value.close();
  }
  expect([...seen.keys()].sort()).toEqual(expect.arrayContaining(["bad-recording", "ok"]));
});
