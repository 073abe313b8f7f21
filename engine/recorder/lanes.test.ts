// Holds that are drawn in; their lanes at every resolution and the single holds, also of a file that was kept small, out.
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { holdFlags } from "../../shared/records.ts";
import { bytes } from "../../shared/units.ts";
import { collected, drawn, feedRaw } from "../../test/fixtures/recorded-holds.ts";
import {
  batchOf,
  expectOk,
  feedHolds,
  noDefinitions,
  read,
  recorderAt,
  temporaryFolder,
} from "../../test/fixtures/synthetic-recording.ts";
import type { GilReader } from "../store/gil-reader.ts";

describe("lanes", () => {
  const lines = [
    `${"H".repeat(150)}F....${"H".repeat(700)}${".".repeat(100)}`,
    `${"w".repeat(151)}HHH${"w".repeat(701)}HHHH${".".repeat(97)}`,
  ];
  /** Milliseconds that each thread held and waited, and its holds, from one time to another. */
  const sums = (gil: GilReader, resolution: number, from: number, to: number) => {
    const all = { held: 0, waited: 0, holds: 0 };
    for (const row of gil.lanes(resolution, from, to)) {
      all.held += row.heldNs / 1e6;
      all.waited += row.waitedNs / 1e6;
      all.holds += row.holds;
    }
    return all;
  };
  test("add up at every resolution", () => {
    const gil = drawn(...lines);
    for (const resolution of gil.laneResolutions)
      expect([resolution, sums(gil, resolution, 0, 5000)]).toEqual([resolution, { held: 858, waited: 852, holds: 4 }]);
  });

  test("of a range are those of the range, whenever they came", () => {
    const gil = drawn(...lines);
    expect(sums(gil, 1, 100, 200)).toEqual({ held: 51 + 3 + 45, waited: 51 + 46, holds: 2 });
    expect(sums(gil, 4, 400, 480)).toEqual({ held: 80, waited: 80, holds: 0 });
    const buckets = new Set([...gil.lanes(16, 320, 400)].map(({ bucket }) => bucket));
    expect([...buckets].sort((a, b) => a - b)).toEqual([20, 21, 22, 23, 24]);
  });

  test("are all there while the recording goes on", () => {
    const path = join(temporaryFolder(), "a.refscope");
    const recorder = recorderAt(path, { collected });
    feedHolds(recorder, lines);
    const { gil } = read(path);
    if (!gil) throw new Error("no GIL in the recording");
    for (const resolution of gil.laneResolutions)
      expect(sums(gil, resolution, 0, 5000)).toEqual({ held: 858, waited: 852, holds: 4 });
    expectOk(recorder.finish(undefined));
  });
});

test("a rolling window takes single holds and the finest lanes, and what is left adds up", () => {
  const path = join(temporaryFolder(), "a.refscope");
  const limit = 2 * 2 ** 20;
  const recorder = recorderAt(path, { collected, maxBytes: bytes(limit) });
  const [batches, each] = [400, 1500];
  for (let sequence = 0; sequence < batches; sequence++) {
    const holds = Array.from({ length: each }, (_, row) => ({
      index: sequence * each + row,
      released: 1e12 + (sequence - 1) * 1e8 + (row + 1) * 66_000,
      thread: 1 + ((row * 7 + sequence) % 19),
      flags: row % 3 === 0 ? holdFlags.waited : 0,
      intervals: 0,
      held: 20_000 + ((row * 7919) % 9000),
      waited: 900_000,
    }));
    expectOk(recorder.apply(batchOf({ sequence, produced: { holds: (sequence + 1) * each }, holds }), noDefinitions));
  }
  expectOk(recorder.finish(undefined));
  expect(recorder.state().bytes).toBeLessThan(limit + 2 ** 20);
  const reader = read(path);
  const { gil } = reader;
  expect([reader.recording().stored, reader.verify()]).toEqual([{ holds: batches * each }, "verified"]);
  expect(gil?.totals().reduce((sum, { holds }) => sum + holds, 0)).toBe(batches * each);
  expect(gil?.facts.detailFromMs).toBeGreaterThan(10_000);
  for (const resolution of gil?.laneResolutions ?? []) {
    const sum = [...(gil?.lanes(resolution, 0, 1e6) ?? [])].reduce((total, { holds }) => total + holds, 0);
    expect([resolution, sum]).toEqual([resolution, batches * each]);
  }
});

describe("single holds", () => {
  test("are sealed with the rest of the file", () => {
    const path = join(temporaryFolder(), "a.refscope");
    const recorder = recorderAt(path, { collected });
    feedHolds(recorder, ["HHHH....", "wwwwHH.."]);
    expectOk(recorder.finish(undefined));
    expect(read(path).verify()).toBe("verified");
  });

  test("come back as they were, from the recording's start", () => {
    const gil = drawn("HHHHF.....HH......", "wwwwwHHH..........");
    const holds = [...gil.holds(0, 1000)].flatMap(({ length, index, thread, released, held, waited }) =>
      Array.from({ length }, (_, row) => [index[row], thread[row], released[row], held[row], waited[row]]),
    );
    expect(holds).toEqual([
      [0, 1, 5e6, 5e6, 0],
      [1, 2, 8e6, 3e6, 5e6],
      [2, 1, 12e6, 2e6, 0],
    ]);
  });

  test("are found by their time, a wait that lasted too", () => {
    const gil = drawn(
      `${"H".repeat(250)}${".".repeat(250)}`,
      `${"w".repeat(250)}HH${".".repeat(248)}`,
      `${".".repeat(400)}H..`.padEnd(500, "."),
    );
    const numbers = (from: number, to: number) => [...gil.holds(from, to)].flatMap(({ index }) => [...index]);
    expect([
      numbers(0, 50),
      numbers(300, 390),
      numbers(390, 402),
      gil.countHolds(0, 50),
      gil.countHolds(0, 1e6),
    ]).toEqual([[0, 1], [], [2], 2, 3]);
  });

  test("go oldest first when they take too much, and what they add up to stays", () => {
    const path = join(temporaryFolder(), "a.refscope");
    const recorder = recorderAt(path, { collected, maxHoldBytes: bytes(100_000) });
    feedRaw(
      recorder,
      Array.from({ length: 200_000 }, (_, at) => ({ thread: at % 3, held: 10_000 + ((at * 7919) % 1000) })),
    );
    expectOk(recorder.finish(undefined));
    const reader = read(path);
    const detailFrom = reader.gil?.facts.detailFromMs ?? 0;
    expect(detailFrom).toBeGreaterThan(0);
    expect(reader.gil?.totals().reduce((sum, { holds }) => sum + holds, 0)).toBe(200_000);
    expect([...(reader.gil?.lanes(16, 0, 10_000) ?? [])].reduce((sum, { holds }) => sum + holds, 0)).toBe(200_000);
    expect(reader.gil?.countHolds(0, 1e6)).toBeLessThan(150_000);
    expect(reader.recording()).toMatchObject({ stored: { holds: 200_000 }, produced: { holds: 200_000 } });
    expect(reader.recording().notObserved.join()).toMatch(/Single holds of the GIL are kept from [\d.]+ s on/);
  });
});
