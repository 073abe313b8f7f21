// Damaged recordings in; new ones, sealed, with what could be read and what is missing said, out.
import { copyFileSync, existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { expect, test } from "vitest";
import { randomNumbers } from "../../test/fixtures/random-numbers.ts";
import { recordingOf, recordingsOfEachKind } from "../../test/fixtures/recordings.ts";
import { expectOk, read, recorderAt, temporaryFolder } from "../../test/fixtures/synthetic-recording.ts";
import { buildReport } from "../analysis/report.ts";
import { salvageRecording } from "./salvage.ts";
import { verifyRecording } from "./verify.ts";

const now = new Date("2026-01-02T03:04:05Z");
const page = 4096;
/** Overwrites pages of a copy with junk. */
function withoutPages(path: string, pages: readonly number[]): string {
  const bytes = readFileSync(path);
  for (const number of pages) bytes.fill(0xa5, (number - 1) * page, number * page);
  const damaged = `${path}-damaged`;
  writeFileSync(damaged, bytes);
  return damaged;
}

test("of a whole recording everything is kept", () => {
  for (const [kind, path] of recordingsOfEachKind(temporaryFolder())) {
    const out = `${path}-new`;
    expect(expectOk(salvageRecording(path, out, now))).toMatchObject({ damaged: 0, lost: [] });
    const [was, is] = [buildReport(read(path)), buildReport(read(out))];
    expect([kind, { ...is, recording: { ...is.recording, notObserved: [] } }]).toEqual([
      kind,
      { ...was, recording: { ...was.recording, notObserved: [] } },
    ]);
    expect(expectOk(verifyRecording(out))).toMatchObject({ outcome: "verified", sealed: "bytes", salvaged: true });
  }
});

test("a recording whose first page is gone gets another one", () => {
  for (const [kind, path] of recordingsOfEachKind(temporaryFolder())) {
    const damaged = withoutPages(path, [1]);
    // What it is, is told by its first bytes.
    copyFileSync(damaged, path);
    const salvaged = expectOk(salvageRecording(damaged, `${path}-new`, now));
    expect([kind, salvaged.damaged, salvaged.lost.length]).toEqual([kind, 0, 1]);
    expect(buildReport(read(salvaged.out)).lifecycle.types[0]).toMatchObject({ type: "dict" });
  }
});

test("so does one that was made before recordings of its format gained tables", () => {
  const path = join(temporaryFolder(), "a.refscope");
  copyFileSync(join(import.meta.dirname, "../../test/golden/format-2.refscope"), path);
  const whole = buildReport(read(path));
  const salvaged = expectOk(salvageRecording(withoutPages(path, [1]), `${path}-new`, now));
  expect(salvaged).toMatchObject({ damaged: 0, lost: [expect.stringContaining("filled in")] });
  expect(buildReport(read(salvaged.out)).lifecycle).toEqual(whole.lifecycle);
});

test("of a recording that has lost pages the others are kept, and it is said", { timeout: 120_000 }, () => {
  const good = recordingOf("gil", join(temporaryFolder(), "a.refscope"));
  const pages = readFileSync(good).length / page;
  const all = expectOk(salvageRecording(good, `${good}-all`, now)).rows;
  let kept = 0;
  for (let lost = 2; lost <= pages; lost += 4) {
    const salvaged = salvageRecording(withoutPages(good, [lost]), `${good}-new`, now);
    if (!salvaged.ok) continue;
    kept++;
    expect([lost, salvaged.value.rows <= all + 1]).toEqual([lost, true]);
    expect(expectOk(verifyRecording(`${good}-new`)).outcome).toBe("verified");
    buildReport(read(`${good}-new`));
  }
  expect(kept).toBeGreaterThan(pages * 0.2);
});

test("mutants are salvaged or refused by a code, and nothing else is left behind", { timeout: 120_000 }, () => {
  const kinds = recordingsOfEachKind(temporaryFolder());
  const random = randomNumbers(3);
  const below = (limit: number) => Math.floor((random.next().value ?? 0) * limit);
  for (let turn = 0; turn < 60; turn++) {
    const [, good] = kinds[turn % kinds.length] ?? ["", ""];
    const bytes = readFileSync(good);
    for (let change = 64; change > 0; change--) bytes[below(bytes.length)] = below(256);
    const [bad, out] = [`${good}-bad`, `${good}-out`];
    writeFileSync(bad, turn % 3 === 0 ? bytes.subarray(0, below(bytes.length)) : bytes);
    const salvaged = salvageRecording(bad, out, now);
    if (salvaged.ok) buildReport(read(out));
    expect(readdirSync(dirname(good)).filter((name) => /new-|donor|patient/.test(name))).toEqual([]);
  }
});

test("it replaces no other file, not itself, and nothing that is being written", () => {
  const folder = temporaryFolder();
  const path = join(folder, "a.refscope");
  const recorder = recorderAt(path);
  expect(salvageRecording(path, join(folder, "b"), now)).toMatchObject({ failure: { code: "recording-in-use" } });
  expectOk(recorder.finish(undefined));
  writeFileSync(join(folder, "letter"), "dear Ada");
  expect(salvageRecording(path, path, now)).toMatchObject({ failure: { code: "usage" } });
  expect(salvageRecording(path, join(folder, "letter"), now)).toMatchObject({ failure: { code: "cannot-write" } });
  expect(salvageRecording(join(folder, "letter"), join(folder, "b"), now)).toMatchObject({ ok: false });
  expect(existsSync(join(folder, "b"))).toBe(false);
});
