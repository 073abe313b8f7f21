// In: filters and rows. Out: which rows stay.
import { expect, test } from "vitest";
import { matches } from "./filter.ts";

test("every word must be there, a word with a minus must not", () => {
  const row = ["dict", "handler", "/srv/App.py", null];
  expect(matches("", row)).toBe(true);
  expect(matches("  app DICT ", row)).toBe(true);
  expect(matches("app list", row)).toBe(false);
  expect(matches("dict -test", row)).toBe(true);
  expect(matches("dict -app", row)).toBe(false);
  expect(matches("-", row)).toBe(true);
});
