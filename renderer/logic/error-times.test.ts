// In: rows of a report and the times of their groups. Out: rows with times; unknown stays unknown.
import { expect, test } from "vitest";
import { timed, timesOf, whereLatest } from "./error-times.ts";
import { plain } from "./finding.ts";

const frames = (name: string) => [{ function: name, file: "/srv/app.py", line: 7 }];
const row = (type: string, name: string) => ({
  ...{ type, frames: frames(name), count: 1, perSecond: 1, message: null, chained: 0 },
});

test("rows find their times by type and stack; one that is not told has none", () => {
  const groups = [{ type: "KeyError", frames: frames("get"), first: 1, last: 9 }];
  const [known, other] = timed([row("KeyError", "get"), row("KeyError", "put")], groups);
  expect([known?.first, known?.last, other?.first, other?.last]).toEqual([1, 9, null, null]);
});

test("the first time of a type is unknown when that of one of its places is", () => {
  expect(
    timesOf([
      { first: 3, last: 5 },
      { first: 1, last: 4 },
    ]),
  ).toEqual({ first: 1, last: 5 });
  expect(
    timesOf([
      { first: 3, last: 5 },
      { first: null, last: null },
    ]),
  ).toEqual({ first: null, last: 5 });
  expect(timesOf([])).toEqual({ first: null, last: null });
});

test("what an extension lost is told by its function", () => {
  const native = { module: "/lib/fast.so", function: "parse" };
  const one = { at: 1, type: "KeyError", count: 1, frames: frames("get"), native };
  expect(plain(whereLatest({ ...one, act: "cleared" }))).toBe("parse in fast.so");
  expect(plain(whereLatest({ ...one, act: "raised" }))).toBe("get · app.py:7");
});
