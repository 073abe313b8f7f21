// A file that the recorder of format 1 wrote in; the same in format 2's words out, and nothing that format 1 did not know.
import { copyFileSync } from "node:fs";
import { join } from "node:path";
import Database from "better-sqlite3";
import { expect, test } from "vitest";
import { read, temporaryFolder } from "../../test/fixtures/synthetic-recording.ts";
import { buildReport } from "../analysis/report.ts";
import { openRecording } from "./reader.ts";

const golden = join(import.meta.dirname, "../../test/golden/format-1.refscope");

test("a recording of format 1 is read", () => {
  const reader = read(golden);
  expect(reader.file).toMatchObject({ format: 1, status: "closed" });
  expect(reader.verify()).toBe("verified");
  expect(reader.recording()).toMatchObject({
    seconds: 15,
    collected: ["lifecycle"],
    produced: { allocations: 1202, frees: 900 },
    stored: { allocations: 1200, frees: 900 },
    dropped: { allocations: 2, frees: 0 },
    notObserved: ["Written by the recorder of format 1."],
  });
  expect([[...reader.totals.key], [...reader.totals.allocations], [...reader.totals.frees]]).toEqual([
    [1, 2],
    [450, 750],
    [150, 750],
  ]);
  expect([...reader.chunks(1000)]).toHaveLength(15);
  expect(buildReport(reader).lifecycle.sites[0]).toMatchObject({ type: "dict", live: 300 });
});

test("what format 1 did not know is not there", () => {
  const reader = read(golden);
  expect([reader.gil, reader.errors, reader.calls()]).toEqual([undefined, undefined, []]);
  expect(reader.recording().stored).not.toHaveProperty("holds");
});

test("a file that says 1 and has the tables of 2, or the other way round, is not read", () => {
  const folder = temporaryFolder();
  for (const [name, sql] of [
    ["later", "PRAGMA user_version = 2"],
    ["more", "CREATE TABLE thread (id INTEGER PRIMARY KEY)"],
  ] as const) {
    const path = join(folder, name);
    copyFileSync(golden, path);
    const connection = new Database(path);
    connection.exec(sql);
    connection.close();
    expect(openRecording(path)).toMatchObject({ ok: false, failure: { code: "foreign-recording" } });
  }
});
