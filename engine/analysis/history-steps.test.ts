// In: changes of two objects as they come out of a file. Out: few points that miss no peak.
import { expect, test } from "vitest";
import type { WatchedObject } from "../store/history-reader.ts";
import { historySteps } from "./history-steps.ts";

const object = (id: number, more: Partial<WatchedObject> = {}): WatchedObject => ({
  id,
  address: 0xabc0n + BigInt(id),
  type: "str",
  first: 1,
  last: 1,
  state: "left",
  produced: 0,
  stored: 0,
  dropped: 0,
  ...more,
});

/** Counts of object 0, one a millisecond; object 1 changes once. */
function drawn(counts: readonly number[], more: Partial<WatchedObject> = {}) {
  const all = [...counts.map((count, at) => ({ id: 0, count, delta: count - (counts[at - 1] ?? 1) }))];
  const rows = [...all, { id: 1, count: 2, delta: 1 }];
  const changes = {
    length: rows.length,
    time: Float64Array.from(rows, (_, at) => 5e9 + at * 1e6),
    object: Uint8Array.from(rows, ({ id }) => id),
    place: new Uint32Array(rows.length),
    thread: new Uint32Array(rows.length),
    delta: Float64Array.from(rows, ({ delta }) => delta),
    count: Float64Array.from(rows, ({ count }) => count),
  };
  const objects = [object(0, more), object(1)];
  return { history: { objects, places: new Map(), originNs: 5e9, chunks: () => each(changes) } };
}
function* each<T>(one: T): Generator<T> {
  yield one;
}
const first = (counts: readonly number[], most: number, more?: Partial<WatchedObject>) =>
  historySteps(drawn(counts, more), most)?.objects[0];

test("few changes are all points", () => {
  const told = first([2, 3, 2], 600);
  expect(told?.points).toEqual([
    { t: 0, refcount: 2 },
    { t: 1, refcount: 3 },
    { t: 2, refcount: 2 },
  ]);
  expect(told).toMatchObject({ address: "0xabc0", changes: 3, first: 1, last: 2, complete: true });
});

test("of many, the peak and the last stay and the order is that of time", () => {
  const counts = Array.from({ length: 20_004 }, (_, at) => (at === 7777 ? 900 : 2 + (at % 2)));
  const points = first(counts, 600)?.points ?? [];
  expect(points.length).toBeLessThanOrEqual(600);
  expect(points.length).toBeGreaterThan(250);
  expect(Math.max(...points.map(({ refcount }) => refcount))).toBe(900);
  expect(points.at(-1)).toEqual({ t: 20_003, refcount: 3 });
  expect(points.map(({ t }) => t)).toEqual(points.map(({ t }) => t).toSorted((a, b) => a - b));
});

test("a gap, a loss and an end that was not seen are not complete", () => {
  expect(first([2, 3], 600, { first: 4 })?.complete).toBe(false);
  expect(first([2, 3], 600, { dropped: 1 })?.complete).toBe(false);
  expect(first([2, 3], 600, { state: "reused" })?.complete).toBe(false);
  expect(historySteps({ history: undefined }, 600)).toBeUndefined();
});
