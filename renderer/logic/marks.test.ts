// In: marks and axes. Out: numbers in order of time, places on the axis, what is typed as a time.
import { expect, test } from "vitest";
import type { Mark } from "../../shared/marks.ts";
import { added, flagsOf, hasRoom, partOf, secondsOf, spokenMark } from "./marks.ts";

const mark = (at: number, name = `mark ${at / 10}`): Mark => ({ at, name, live: true });
const marks = [mark(10), mark(20, "warm"), mark(30)];

test("flags stand in order of time, and one that is moved past another has another place", () => {
  expect(flagsOf(marks).map(({ label }) => label)).toEqual(["1", "warm", "3"]);
  const moved = flagsOf(marks, { at: 10, to: 25 });
  expect(moved.map(({ at, shown, label }) => [at, shown, label])).toEqual([
    [20, 20, "warm"],
    [10, 25, "1"],
    [30, 30, "3"],
  ]);
  expect(moved[1] && spokenMark(moved[1])).toBe("mark 1 at 25 s");
});

test("a name keeps nothing invisible and does not fill the axis", () => {
  expect(flagsOf([mark(1, "a\u202Eb")])[0]?.label).toBe("a⟨U+202E⟩b");
  expect(flagsOf([mark(1, "x".repeat(80))])[0]).toMatchObject({ label: `${"x".repeat(23)}…`, short: "xx…" });
});

test("a place on an axis, or none where it is not in sight", () => {
  expect(partOf({ from: 10, to: 30 }, 15)).toBe(0.25);
  expect(partOf({ from: 10, to: 30 }, 9.9)).toBeUndefined();
  expect(partOf({ from: 0, to: 0 }, 5)).toBeUndefined();
});

test("a flag close to the next one has room for a short word only", () => {
  const flags = flagsOf([mark(10), mark(11), mark(50)]);
  expect([0, 1, 2].map((at) => hasRoom(flags, at, { from: 0, to: 100 }))).toEqual([false, true, true]);
  expect(hasRoom(flags, 2, { from: 0, to: 51 })).toBe(false);
});

test("what is typed is a time to the millisecond, or none", () => {
  expect([secondsOf("12.34567"), secondsOf("0"), secondsOf(""), secondsOf("x"), secondsOf("-1")]).toEqual([
    12.346,
    0,
    undefined,
    undefined,
    undefined,
  ]);
});

test("what a call has added is told by its time", () => {
  expect(added(marks, [...marks, mark(40)])).toEqual([mark(40)]);
});
