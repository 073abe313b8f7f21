// Rows of values in; how surely they rise.
import { expect, test } from "vitest";
import { mannKendall } from "./mann-kendall.ts";

test("a rise is sure, its mirror is a fall, and neither is nothing", () => {
  // Ten values without ties: S = 45, var = 125, z = 44 / sqrt(125).
  expect(mannKendall([1, 2, 3, 4, 5, 6, 7, 8, 9, 10])).toBeCloseTo(44 / Math.sqrt(125), 6);
  expect(mannKendall([10, 9, 8, 7, 6, 5, 4, 3, 2, 1])).toBeCloseTo(-44 / Math.sqrt(125), 6);
  expect(mannKendall([5, 5, 5, 5, 5])).toBe(0);
  expect(mannKendall([1, 2, 3])).toBe(0);
  expect(Math.abs(mannKendall([3, 1, 4, 1, 5, 2, 6, 1, 3, 2]))).toBeLessThan(1);
});
