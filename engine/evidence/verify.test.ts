// Recordings, as they were sealed and with bytes changed, in; what is said of each, out. Not one that was changed is called verified.
import { copyFileSync, readFileSync, truncateSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { randomNumbers } from "../../test/fixtures/random-numbers.ts";
import { recordingsOfEachKind } from "../../test/fixtures/recordings.ts";
import { expectOk, recorderAt, temporaryFolder } from "../../test/fixtures/synthetic-recording.ts";
import { openRecording } from "../store/reader.ts";
import { verifyRecording } from "./verify.ts";

const golden = join(import.meta.dirname, "../../test/golden/format-1.refscope");
/** 2,000 when asked for; a change is told by the same code in each of them. */
const mutants = Number(process.env["REFSCOPE_MUTANTS"] ?? 300);
const outcomeOf = (path: string): string => {
  const verified = verifyRecording(path);
  return verified.ok ? verified.value.outcome : verified.failure.code;
};

test("what was sealed is verified, by all of its bytes", () => {
  for (const [kind, path] of recordingsOfEachKind(temporaryFolder()))
    expect([kind, expectOk(verifyRecording(path))]).toMatchObject([
      kind,
      { outcome: "verified", sealed: "bytes", status: "closed", salvaged: false, why: [] },
    ]);
});

test("a recording of format 1 was sealed by its rows", () => {
  expect(expectOk(verifyRecording(golden))).toMatchObject({ outcome: "verified", sealed: "rows" });
});

test("a recording that goes on, or whose recorder was killed, is not sealed", () => {
  const path = join(temporaryFolder(), "a.refscope");
  const recorder = recorderAt(path);
  expect(expectOk(verifyRecording(path))).toMatchObject({ outcome: "unverified", sealed: null, status: "recording" });
  expectOk(recorder.finish(undefined));
  expect(outcomeOf(path)).toBe("verified");
});

test("somebody who reads when a recording ends leaves it sealed by its rows", () => {
  const path = join(temporaryFolder(), "a.refscope");
  const recorder = recorderAt(path);
  const reader = expectOk(openRecording(path));
  expectOk(recorder.finish(undefined));
  reader.close();
  expect(expectOk(verifyRecording(path))).toMatchObject({ outcome: "verified", sealed: "rows" });
});

test("any one bit makes it another file", () => {
  const [[, good] = ["", ""]] = recordingsOfEachKind(temporaryFolder());
  const bytes = readFileSync(good);
  const path = `${good}-changed`;
  for (let at = 24; at < bytes.length; at += 1997) {
    bytes[at] = (bytes[at] ?? 0) ^ 1;
    writeFileSync(path, bytes);
    expect([at, outcomeOf(path)]).not.toEqual([at, "verified"]);
    bytes[at] = (bytes[at] ?? 0) ^ 1;
  }
});

test("bytes after its end are seen", () => {
  const [[, good] = ["", ""]] = recordingsOfEachKind(temporaryFolder());
  writeFileSync(good, "x", { flag: "a" });
  expect(outcomeOf(good)).toBe("damaged");
});

test(`${mutants} mutants of each kind in turn: none is called verified, none throws`, { timeout: 600_000 }, () => {
  const kinds = recordingsOfEachKind(temporaryFolder());
  const random = randomNumbers(7);
  const below = (limit: number) => Math.floor((random.next().value ?? 0) * limit);
  const seen = new Map<string, number>();
  for (let turn = 0; turn < mutants; turn++) {
    const [, good] = kinds[turn % kinds.length] ?? ["", ""];
    const path = `${good}-mutant`;
    copyFileSync(good, path);
    mutate(path, turn, below);
    const outcome = outcomeOf(path);
    seen.set(outcome, (seen.get(outcome) ?? 0) + 1);
    expect([turn, outcome]).not.toEqual([turn, "verified"]);
  }
  expect([...seen.keys()].sort()).toEqual(expect.arrayContaining(["bad-recording", "damaged"]));
});

/** Bits flipped, bytes written over, the end cut off, two pages exchanged. */
function mutate(path: string, turn: number, below: (limit: number) => number): void {
  const bytes = readFileSync(path);
  const page = 4096;
  const at = below(bytes.length);
  if (turn % 4 === 0) for (let flips = 1 + below(64); flips > 0; flips--) flip(bytes, below(bytes.length), below(8));
  if (turn % 4 === 1) flip(bytes, at, below(8));
  if (turn % 4 === 2) for (let more = 0; more < 1 + below(300); more++) bytes[at + more] = below(256);
  if (turn % 4 === 3) {
    const [a, b] = [below(bytes.length / page), below(bytes.length / page)];
    const first = Buffer.from(bytes.subarray(a * page, (a + 1) * page));
    bytes.copy(bytes, a * page, b * page, (b + 1) * page);
    first.copy(bytes, b * page);
  }
  if (bytes.equals(readFileSync(path))) flip(bytes, at, 0);
  writeFileSync(path, bytes);
  if (turn % 20 === 8) truncateSync(path, at);
}

function flip(bytes: Buffer, at: number, bit: number): void {
  bytes[at] = (bytes[at] ?? 0) ^ (1 << bit);
}
