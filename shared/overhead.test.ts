// In: events a second and the kinds they are of. Out: the part of a core, and nothing where nothing is known.
import { expect, test } from "vitest";
import { costs, overheadOf } from "./overhead.ts";

test("each kind takes its cost", () => {
  const { least, most } = overheadOf(1e6, { holds: 12 }) ?? { least: 0, most: 0 };
  expect([least, most].map((part) => part * 1e3)).toEqual(
    [costs.holds.least, costs.holds.most].map((ns) => expect.closeTo(ns)),
  );
});

test("kinds are shared out as they came", () => {
  const mixed = overheadOf(1e6, { holds: 300, errors: 100 });
  expect(mixed?.least).toBeCloseTo((0.75 * costs.holds.least + 0.25 * costs.errors.least) / 1e3);
});

test("unknown is not nothing", () => {
  expect(overheadOf(1e6, {})).toBeUndefined();
  expect(overheadOf(0, { allocations: 0 })).toBeUndefined();
  expect(overheadOf(1e6, { allocations: 4, changes: 4 })).toBeUndefined();
  expect(overheadOf(0, { allocations: 9 })).toEqual({ least: 0, most: 0 });
});
