// A stranger's recording and limits in; an answer, or a failure in time, out: a reader that takes too long or too much is killed.
import { chmodSync, mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { recordingOf } from "../../test/fixtures/recordings.ts";
import { temporaryFolder } from "../../test/fixtures/synthetic-recording.ts";
import { isForeign, mayReadForeign } from "./foreign.ts";
import type { ReaderLimits } from "./reader-process.ts";
import { Readers } from "./readers.ts";

function readersWith(limits: Partial<ReaderLimits> = {}): Readers {
  const readers = new Readers({ firstMs: 60_000, nextMs: 60_000, ...limits });
  onTestFinished(() => readers.close());
  return readers;
}
const someRecording = () => recordingOf("lifecycle", join(temporaryFolder(), "a.refscope"));
const types = (readers: Readers, path: string) => readers.call(path, "recording.types", { path, limit: 1 });

test("questions are answered one after another by the same process", async () => {
  const [readers, path] = [readersWith(), someRecording()];
  const answers = await Promise.all([types(readers, path), types(readers, path)]);
  expect(answers).toMatchObject([{ value: { rows: [{ type: "dict" }], of: 2 } }, { ok: true }]);
});

test("what takes too long or too much memory is given up, and is not tried again", async () => {
  const path = someRecording();
  const slow = readersWith({ firstMs: 1, perGibibyteMs: 0 });
  expect(await types(slow, path)).toMatchObject({ failure: { code: "recording-stalls" } });
  expect(await types(slow, path)).toMatchObject({ failure: { code: "recording-stalls" } });
  const greedy = await types(readersWith({ memoryBytes: 1 }), path);
  expect(greedy).toMatchObject({ failure: { code: "recording-stalls", exit: 6 } });
});

test("what is asked of a file that is none is a failure by its own code", async () => {
  const path = join(temporaryFolder(), "letter");
  writeFileSync(path, "dear Ada");
  expect(await types(readersWith(), path)).toMatchObject({ failure: { code: "foreign-recording", exit: 6 } });
});

test("ours are in our folder and nobody else's", () => {
  const folder = temporaryFolder();
  const inside = recordingOf("lifecycle", join(folder, "a.refscope"));
  expect(isForeign(inside, folder)).toBe(false);
  expect(isForeign(join(folder, "none"), folder)).toBe(false);
  chmodSync(inside, 0o644);
  expect(isForeign(inside, folder)).toBe(true);
  mkdirSync(join(folder, "more"));
  expect(isForeign(recordingOf("lifecycle", join(folder, "more", "b.refscope")), folder)).toBe(true);
});

test("a closed recording has no log and no journal", () => {
  const path = someRecording();
  expect(mayReadForeign(path)).toMatchObject({ ok: true });
  for (const more of ["-wal", "-journal"]) {
    writeFileSync(path + more, "");
    expect([more, mayReadForeign(path)]).toMatchObject([more, { failure: { code: "bad-recording" } }]);
  }
});
