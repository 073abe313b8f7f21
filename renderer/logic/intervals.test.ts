// In: intervals between marks. Out: the heads of their columns and the sentence above them.
import { expect, test } from "vitest";
import type { Interval, IntervalRow } from "../../shared/marks.ts";
import { headOf, intervalsSentence, named } from "./intervals.ts";

const interval = (fromMark: string | null, toMark: string | null): Interval => ({ from: 0, to: 1, fromMark, toMark });
const row = (steady: boolean): IntervalRow => ({
  type: "dict",
  domain: "obj",
  frames: [],
  objects: [1, 1, null],
  bytes: [8, 8, null],
  steady,
});

test("a column is called by the marks at its ends, or by its number where there are none", () => {
  const marked = [interval(null, "mark 1"), interval("mark 1", "warm\u202E"), interval("warm\u202E", null)];
  const heads = (intervals: Interval[], automatic: boolean) =>
    intervals.map((_, at) => headOf({ intervals, automatic }, at));
  expect(heads(marked, false)).toEqual(["start → 1", "1 → warm⟨U+202E⟩", "warm⟨U+202E⟩ → end"]);
  expect(heads([interval(null, "2"), interval("2", null)], true)).toEqual(["1", "2"]);
});

test("while a flag is dragged the columns keep the names of the marks", () => {
  const dragged = { intervals: [interval(null, "12 s"), interval("12 s", null)], automatic: false };
  const found = { ...dragged, total: { objects: [], bytes: [] }, rows: [], of: 0 };
  const flag = { at: 10, shown: 12, label: "warm", short: "wa…" };
  expect(headOf(named(found, [flag]), 0)).toBe("start → warm");
  expect(headOf(named(found, [flag, flag]), 0)).toBe("start → 12 s");
});

test("the sentence counts the steady ones and promises nothing of what it does not see", () => {
  const given = {
    automatic: false,
    intervals: [interval(null, "1"), interval("1", null)],
    total: { objects: [1], bytes: [8] },
  };
  expect(intervalsSentence({ ...given, rows: [row(true), row(false)], of: 2 })).toMatch(/^1 site grew in the interval/);
  expect(intervalsSentence({ ...given, rows: [row(true)], of: 900 })).toMatch(/^At least 1 site grew/);
  expect(intervalsSentence({ ...given, rows: [row(false)], of: 1 })).toBe(
    "Nothing grew in the interval after warm-up.",
  );
  expect(intervalsSentence({ ...given, intervals: [], rows: [], of: 0 })).toMatch(/Two intervals/);
});
