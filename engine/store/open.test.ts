// Files that are no recording, or no longer one, in; a failure by its code out, never an exception.
import { execFileSync } from "node:child_process";
import { copyFileSync, mkdirSync, readFileSync, symlinkSync, truncateSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import Database from "better-sqlite3";
import { expect, test } from "vitest";
import { nanoseconds } from "../../shared/units.ts";
import { randomNumbers } from "../../test/fixtures/random-numbers.ts";
import {
  batchOf,
  expectOk,
  feed,
  noDefinitions,
  recorderAt,
  temporaryFolder,
} from "../../test/fixtures/synthetic-recording.ts";
import { buildReport } from "../analysis/report.ts";
import { openRecording, type RecordingReader } from "./reader.ts";
import { applicationId } from "./schema.ts";

/** A batch of holds, errors and calls after the drawn ones, so that no table of the file is empty. */
const lastBatch = {
  sequence: 120,
  errorKeys: [{ id: 1, act: 0, type: 1, site: 1 }],
  errors: [{ key: 1, count: 4, chained: 1 }],
  calls: [{ id: 1, calls: 5 }],
  holds: Array.from({ length: 60 }, (_, index) => ({
    index,
    released: 1e12 + 1e10 + index * 40e6,
    thread: 1 + (index % 3),
    flags: index > 0 ? 2 : 0,
    intervals: 1,
    held: 20e6,
    waited: index > 0 ? 30e6 : 0,
  })),
  gil: {
    switches: 59,
    intervalMicroseconds: 5000,
    open: [{ thread: 2, state: "waiting" as const, since: 1e12 + 119e8 }],
  },
};
const more = {
  ...noDefinitions,
  threads: [{ id: 1, tid: 5, name: "main", kernelName: undefined }],
  samples: [{ hold: 3, thread: 1, at: nanoseconds(1e12), frames: [{ code: 1, instruction: 0 }], native: [0x7f01n] }],
  messages: [{ key: 1, text: "no such cart" }],
  calls: [{ id: 1, function: "PyErr_Clear", module: "fast.so" }],
};

/** Everything that a reader can be asked of holds and errors. */
function askEverything(reader: RecordingReader): void {
  const { gil, errors } = reader;
  for (const holds of gil?.holds(0, 1e6) ?? []) expect(holds.length).toBeGreaterThan(-1);
  for (const resolution of gil?.laneResolutions ?? [])
    expect([...(gil?.lanes(resolution, 0, 20_000) ?? [])].length).toBeGreaterThan(-1);
  for (const { holdHistogram } of gil?.totals() ?? []) holdHistogram.quantile(0.5);
  expect([
    gil?.facts,
    gil?.now,
    gil?.threads,
    gil?.blame(),
    gil?.longHolds(),
    gil?.samples(),
    gil?.countHolds(0, 1e6),
  ]).toHaveLength(7);
  expect([
    errors?.totals(),
    errors?.keys,
    errors?.messages,
    [...(errors?.chunks() ?? [])],
    reader.calls(),
  ]).toHaveLength(5);
}

function recordingIn(folder: string): string {
  const path = join(folder, "good.refscope");
  const recorder = recorderAt(path, { collected: ["lifecycle", "gil", "errors"], privacy: "full" });
  const code = { id: 1, function: "handler", file: "app.py", firstLine: 3, lineTable: Uint8Array.of(0x80, 0) };
  feed(recorder, ["+".repeat(120), "+-".repeat(60)], {
    ...noDefinitions,
    codes: [code],
    types: [{ id: 1, name: "dict" }],
  });
  expectOk(recorder.apply(batchOf(lastBatch), more));
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
    newer: codeOf(changed(good, "newer", "PRAGMA user_version = 3")),
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
  expect([...reader.chunks(100)]).toHaveLength(120);
  expect(reader.recording().notObserved).toContain("1 damaged parts of the file were left out.");
  reader.close();
});

test("a damaged chunk of holds, lanes or errors is left out and said", () => {
  const good = recordingIn(temporaryFolder());
  const sql = `UPDATE hold_chunk SET holds = x'00'; UPDATE error_chunk SET deltas = x'00'; UPDATE lane SET cells = x'00' WHERE level = 0`;
  const reader = expectOk(openRecording(changed(good, "damaged", sql)));
  const { gil, errors } = reader;
  expect([[...(gil?.holds(0, 1e6) ?? [])], [...(gil?.lanes(1, 0, 1e6) ?? [])], [...(errors?.chunks() ?? [])]]).toEqual([
    [],
    [],
    [],
  ]);
  expect([...(gil?.lanes(4, 0, 1e6) ?? [])].reduce((sum, { holds }) => sum + holds, 0)).toBe(60);
  expect(reader.recording().notObserved).toContain("3 damaged parts of the file were left out.");
  reader.close();
});

test("rows that no recorder writes do not stop a report", () => {
  const good = recordingIn(temporaryFolder());
  const path = changed(
    good,
    "odd",
    `UPDATE status SET t = -5; UPDATE site SET native = 'x'; INSERT INTO key VALUES (77, 99, 99, 99); INSERT INTO total VALUES (77, 9007199254740993, -1, 5, 5);
     INSERT INTO total VALUES (-3, 1, 1, 1, 1); INSERT INTO total VALUES (999999999999, 1, 1, 1, 1);
     UPDATE name SET text = zeroblob(0) || hex(randomblob(60000)); INSERT INTO site VALUES (50, '0xff', x'ffffffffffffffffffff'); UPDATE meta SET value = '["gil","errors"]' WHERE name = 'collected';
     UPDATE gil_total SET held = -1, switched = 9223372036854775807; UPDATE gil_spread SET blame = x'ff', holds = x'8080'; UPDATE gil_state SET open = x'0101', origin = -5;
     UPDATE long_hold SET waiters = x'ffffffffffffffffffffff'; UPDATE sample SET native = x'ff', frames = x'01'; UPDATE error_key SET act = 99; UPDATE thread SET name = 12345;
     UPDATE hold_chunk SET size = 9007199254740993, records = 99; UPDATE lane SET records = 1 << 40; UPDATE trimmed SET t = 1 << 60; INSERT INTO gil_total VALUES (4194304, 1, 1, 1, 1, 1, 1, 1, 1)`,
  );
  const reader = expectOk(openRecording(path));
  askEverything(reader);
  const report = buildReport(reader);
  expect(JSON.stringify(report).length).toBeLessThan(40_000);
  reader.close();
});

test("500 mutated files each open or fail by a code", { timeout: 120_000 }, () => {
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
    askEverything(opened.value);
    opened.value.close();
  }
  expect([...seen.keys()].sort()).toEqual(expect.arrayContaining(["bad-recording", "ok"]));
});
