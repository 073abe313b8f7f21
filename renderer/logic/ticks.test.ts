// In: ends of axes. Out: labels a person would have put there.
import { expect, test } from "vitest";
import { mirroredTicks, rangeTicks, timeTicks, valueTicks } from "./ticks.ts";

test("counts step in 1, 2, 2.5 and 5", () => {
  expect(valueTicks(122_212, "count")).toEqual([0, 50_000, 100_000, 150_000]);
  expect(valueTicks(3, "count")).toEqual([0, 1, 2, 3]);
  expect(valueTicks(0, "count")).toEqual([0, 1]);
});

test("bytes step in powers of two", () => {
  const mib = 1024 ** 2;
  expect(valueTicks(27.5 * mib, "bytes")).toEqual([0, 16 * mib, 32 * mib]);
  expect(valueTicks(900, "bytes")).toEqual([0, 512, 1024]);
});

test("counts that move little far from 0 get an axis of their own", () => {
  expect(rangeTicks(2, 202)).toEqual([0, 100, 200, 300]);
  expect(rangeTicks(20_001, 20_006)).toEqual([20_000, 20_002, 20_004, 20_006]);
  expect(rangeTicks(3, 3)).toEqual([3, 4]);
  expect(rangeTicks(1, 7)).toEqual([0, 3, 6, 9]);
});

test("what went is drawn at the scale of what came", () => {
  expect(mirroredTicks(19_000)).toEqual([-20_000, -10_000, 0, 10_000, 20_000]);
});

test("time steps as clocks do", () => {
  expect(timeTicks(1, 240)).toEqual([60, 120, 180, 240]);
  expect(timeTicks(0.1, 15)).toEqual([5, 10, 15]);
  expect(timeTicks(0, 1)).toEqual([0, 0.2, 0.4, 0.6, 0.8, 1]);
  expect(timeTicks(0, 0.05)).toEqual([0, 0.01, 0.02, 0.03, 0.04, 0.05]);
  expect(timeTicks(5, 5)).toEqual([5]);
  expect(timeTicks(0, 400_000).length).toBeLessThan(8);
});
