// In: buckets and holds. Out: what a pixel shows of them.
import { expect, test } from "vitest";
import type { GilHold } from "../../../shared/gil-views.ts";
import { columnsOf, fillFromHolds, fillFromStrip, forget } from "./columns.ts";
import type { Strip } from "./strip.ts";

const lane = (...held: number[]) => ({
  held: Float32Array.from(held),
  waited: new Float32Array(held.length),
  holds: new Float32Array(held.length),
});
const strip: Strip = { fromMs: 0, bucketMs: 10, buckets: 4, lanes: new Map([[7, lane(1, 0, 0.5, 1)]]), holds: 4 };
const hold = (threadId: number, requestMs: number, acquiredMs: number, releasedMs: number): GilHold => ({
  hold: acquiredMs,
  threadId,
  requestMs,
  acquiredMs,
  releasedMs,
  waited: acquiredMs > requestMs,
  forced: false,
  waitedFor: null,
});
const heldBy = (width: number, fill: (into: ReturnType<typeof columnsOf>) => void) => {
  const into = columnsOf(width, 1);
  fill(into);
  return [...(into.lanes[0]?.held ?? [])].map((part) => Number(part.toFixed(3)));
};
const threads = [7];

test("coarse buckets are stretched, fine ones averaged", () => {
  const whole = { fromMs: 0, toMs: 40 };
  expect(heldBy(8, (into) => fillFromStrip(into, { span: whole, threads, x0: 0, x1: 8 }, strip))).toEqual([
    1, 1, 0, 0, 0.5, 0.5, 1, 1,
  ]);
  expect(heldBy(2, (into) => fillFromStrip(into, { span: whole, threads, x0: 0, x1: 2 }, strip))).toEqual([0.5, 0.75]);
});

test("where the buckets end a column is not diluted", () => {
  const span = { fromMs: 25, toMs: 65 };
  const window = { span, threads, x0: 0, x1: 2 };
  expect(heldBy(2, (into) => fillFromStrip(into, window, strip))).toEqual([0.833, 0]);
});

test("single holds cover the parts of the columns they last", () => {
  const span = { fromMs: 0, toMs: 40 };
  const into = columnsOf(4, 1);
  fillFromHolds(into, { span, threads, x0: 0, x1: 4 }, [hold(7, 2, 5, 15), hold(9, 0, 0, 40), hold(7, 35, 35, 90)]);
  expect([...(into.lanes[0]?.held ?? [])]).toEqual([0.5, 0.5, 0, 0.5]);
  expect(into.lanes[0]?.waited[0]).toBeCloseTo(0.3);
});

test("a hold that is wide enough to be seen has straight edges", () => {
  const into = columnsOf(6, 1);
  fillFromHolds(into, { span: { fromMs: 0, toMs: 6 }, threads, x0: 0, x1: 6 }, [hold(7, 1.4, 1.4, 4.6)]);
  expect([...(into.lanes[0]?.held ?? [])]).toEqual([0, 1, 1, 1, 1, 0]);
});

test("what lies outside of the recording is not known", () => {
  const into = columnsOf(4, 1);
  into.known.fill(1);
  forget(into, { fromMs: -10, toMs: 30 }, { fromMs: 0, toMs: 20 });
  expect([...into.known]).toEqual([0, 1, 1, 0]);
});
