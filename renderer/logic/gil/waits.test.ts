// What two threads held and waited in, the part that was waited and its sentence out.
import { expect, test } from "vitest";
import { waitPart, waitParts, waitsSentence } from "./waits.ts";

const contention = [
  { atMs: 0, held: 0, waiting: 0 },
  { atMs: 1000, held: 0.75, waiting: 0.25 },
  { atMs: 2000, held: 1, waiting: 1 },
];

test("waited is a part of what was wanted, unknown while nobody wants it", () => {
  expect(waitParts(contention)).toEqual([
    { at: 0, part: null },
    { at: 1, part: 0.25 },
    { at: 2, part: 0.5 },
  ]);
  expect(waitPart(contention)).toBeCloseTo(1.25 / 3);
  expect(waitPart([])).toBe(null);
});

test("the sentence says how much and when most", () => {
  expect(waitsSentence(contention)).toBe(
    "41.7 % of the time that threads wanted it they waited, 50.0 % at most, after 2 s.",
  );
  expect(waitsSentence([])).toBe("Nobody wanted the GIL yet.");
});
