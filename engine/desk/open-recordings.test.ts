// Recordings that are asked twice in; which of them stay open, and what makes one be opened again, out.
import { appendFileSync, copyFileSync, existsSync, renameSync, utimesSync } from "node:fs";
import { join } from "node:path";
import { afterEach, expect, test } from "vitest";
import { expectOk, feed, recorderAt, temporaryFolder } from "../../test/fixtures/synthetic-recording.ts";
import { connectForWriting } from "../store/sqlite.ts";
import { type KeptLimits, OpenRecordings } from "./open-recordings.ts";

const opened: OpenRecordings[] = [];
afterEach(() => {
  for (const one of opened.splice(0)) one.close();
});
function openRecordings(limits: Partial<KeptLimits> = {}): OpenRecordings {
  const made = new OpenRecordings(limits);
  opened.push(made);
  return made;
}

function recorded(drawn: string): string {
  const path = join(temporaryFolder(), "a.refscope");
  const recorder = recorderAt(path);
  feed(recorder, [drawn]);
  expectOk(recorder.finish(undefined));
  return path;
}
const durations = (recordings: OpenRecordings, ...paths: readonly string[]) =>
  paths.map((path) => expectOk(recordings.read(path, (reader) => reader.duration)));

test("a closed recording is opened once, and what was made of it is kept", () => {
  const path = recorded("+ + +");
  const recordings = openRecordings();
  const views = [1, 2].map(() => expectOk(recordings.read(path, (reader, made) => ({ reader, types: made.types }))));
  expect(views[1]?.reader).toBe(views[0]?.reader);
  expect(views[1]?.types).toBe(views[0]?.types);
  expect(recordings.paths).toEqual([path]);
});

test("another file at its path is another recording", () => {
  const [first, second] = [recorded("+ "), recorded("+ + + +")];
  const recordings = openRecordings();
  const [before = 0] = durations(recordings, first);
  renameSync(second, first);
  const [after = 0] = durations(recordings, first);
  expect(after).toBeGreaterThan(before);
});

test("one that was touched is opened again", () => {
  const path = recorded("+ +");
  const recordings = openRecordings();
  const reader = () => expectOk(recordings.read(path, (one) => one));
  const before = reader();
  utimesSync(path, 1, 1);
  expect(reader()).not.toBe(before);
});

test("nobody who writes to it has to wait, and what was written is read", () => {
  const path = recorded("+ +");
  const recordings = openRecordings();
  durations(recordings, path);
  const connection = connectForWriting(path);
  connection.exec("BEGIN EXCLUSIVE; INSERT INTO note (text) VALUES ('a word more'); COMMIT");
  connection.close();
  const facts = expectOk(recordings.read(path, (reader) => reader.recording()));
  expect(facts.notObserved).toContain("a word more");
});

test("one that is still written is not kept, and its log is taken in", () => {
  const path = join(temporaryFolder(), "a.refscope");
  const recorder = recorderAt(path);
  feed(recorder, ["+ +"]);
  const recordings = openRecordings();
  durations(recordings, path);
  expect(recordings.paths).toEqual([]);
  expectOk(recorder.finish(undefined));
  expect(existsSync(`${path}-wal`)).toBe(false);
  durations(recordings, path);
  expect(recordings.paths).toEqual([path]);
});

test("what is no recording, or damaged, is answered and not kept", () => {
  const path = recorded("+ +");
  const folder = temporaryFolder();
  const [damaged, none] = [join(folder, "damaged.refscope"), join(folder, "none.refscope")];
  copyFileSync(path, damaged);
  const connection = connectForWriting(damaged);
  connection.exec("UPDATE chunk_100 SET crc = crc + 1");
  connection.close();
  appendFileSync(none, "nothing");
  const recordings = openRecordings();
  const told = () =>
    expectOk(recordings.read(damaged, (reader) => [[...reader.chunks(100)].length, reader.damagedParts]));
  expect(told()).toEqual(told());
  expect(recordings.read(none, () => 1)).toMatchObject({ ok: false, failure: { code: "foreign-recording" } });
  expect(recordings.paths).toEqual([]);
});

test("so many are kept, the last ones, and none after it was closed", () => {
  const paths = Array.from({ length: 3 }, () => recorded("+ +"));
  const recordings = openRecordings({ recordings: 2 });
  durations(recordings, ...paths);
  expect(recordings.paths).toEqual(paths.slice(1));
  durations(recordings, ...paths.slice(1, 2));
  expect(recordings.paths).toEqual([paths[2], paths[1]]);
  recordings.close();
  expect(recordings.paths).toEqual([]);
  const few = openRecordings({ bytes: 1 });
  durations(few, ...paths);
  expect(few.paths).toEqual(paths.slice(2));
});
