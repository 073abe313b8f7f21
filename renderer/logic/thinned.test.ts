// Points of a chart in, the rows of its table out.
import { expect, test } from "vitest";
import { averageOf, grouped, sumOf, thinned } from "./thinned.ts";

const points = Array.from({ length: 241 }, (_, at) => ({ at, value: at % 10 === 3 ? null : at }));
const value = (point: (typeof points)[number]) => point.value;

test("levels are left out between, the last one stays", () => {
  const rows = thinned(points);
  expect(rows.length).toBeLessThanOrEqual(41);
  expect(rows.at(-1)?.at).toBe(240);
});

test("a row of a flow has all of its span: the rows add up to the whole", () => {
  const rows = grouped(points).map((group) => sumOf(group, value));
  expect(rows.length).toBeLessThanOrEqual(40);
  expect(rows.reduce<number>((sum, row) => sum + (row ?? 0), 0)).toBe(sumOf(points, value));
});

test("what is not known counts neither as nothing nor in an average", () => {
  expect(averageOf([{ value: 4 }, { value: null }, { value: 8 }], ({ value: of }) => of)).toBe(6);
  expect(sumOf([{ value: null }], ({ value: of }) => of)).toBe(null);
});

test("few points stand alone", () => {
  expect(grouped([1, 2, 3])).toEqual([[1], [2], [3]]);
  expect(grouped([])).toEqual([]);
});
