// What of a stretch of time is still alive in, the sentence about it out.
import { expect, test } from "vitest";
import { between, survivorsSentence } from "./survivors.ts";

test("what is exact is one number, what is not is two", () => {
  expect(between({ atLeast: 2000, atMost: 2000 })).toBe("2,000");
  expect(between({ atLeast: 1990, atMost: 2010 })).toBe("1,990 to 2,010");
});

test("the sentence tells the range and until when it is known", () => {
  const whole = { alive: { atLeast: 3, atMost: 4 }, aliveBytes: { atLeast: 300, atMost: 400 } };
  const found = { from: 10, to: 20, until: 90, allocated: 12, ...whole, rows: [], of: 0 };
  expect(survivorsSentence(found)).toBe(
    "Of 12 allocated from 10 s to 20 s, 3 to 4 (300 B to 400 B) are alive at 1:30.",
  );
  expect(survivorsSentence({ ...found, allocated: 0 })).toBe("Nothing was allocated from 10 s to 20 s.");
});
