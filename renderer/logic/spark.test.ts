// Values in, a path from the floor to the top out.
import { expect, test } from "vitest";
import { count } from "./format.ts";
import { sparkPath, sparkWords } from "./spark.ts";

test("zero is the floor, the most is the top, time goes from left to right", () => {
  expect(sparkPath([0, 5, 10], 100, 12)).toBe("M0 11L50 6L100 1");
  expect(sparkPath([0], 100, 12)).toBe("M0 11");
  expect(sparkPath([], 100, 12)).toBe("");
});

test("in words it is its ends", () => {
  expect(sparkWords([0, 4000, 12_000], count)).toBe("Live over time: from 0 to 12,000");
});
