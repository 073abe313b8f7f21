// Small line tables in, the lines of offsets out; test/store/lines.test.ts compares with every CPython of the machine.
import fc from "fast-check";
import { expect, test } from "vitest";
import { lineAt, lineRanges, minorOf } from "./lines.ts";

const linesOf = (minor: number, bytes: readonly number[], offsets: readonly number[]) => {
  const ranges = lineRanges(minor, Uint8Array.from(bytes), 10);
  return offsets.map((offset) => lineAt(ranges, offset));
};

test("to 3.9: pairs of code bytes and signed lines", () => {
  expect(linesOf(9, [4, 1, 6, 255, 2, 3], [0, 2, 4, 8, 10, 12, 40])).toEqual([10, 10, 11, 11, 10, 13, 13]);
});

test("to 3.9: a jump over many lines or much code takes several pairs", () => {
  expect(linesOf(8, [4, 127, 0, 50, 255, 0, 45, 1], [2, 4, 258, 304])).toEqual([10, 187, 187, 188]);
});

test("3.10: ranges, some without a line", () => {
  expect(linesOf(10, [4, 0, 2, 1, 2, 128, 2, 1], [0, 4, 6, 8])).toEqual([10, 11, undefined, 12]);
});

test("3.11: one line, no columns, long, none", () => {
  const entries = [
    0x80 | (10 << 3),
    0,
    1,
    0x80 | (11 << 3) | 1,
    0,
    1,
    0x80 | (13 << 3),
    3,
    0x80 | (15 << 3),
    0x80 | (14 << 3),
    0x48,
    1,
    0,
    0,
    0,
  ];
  expect(linesOf(11, entries, [0, 2, 4, 6, 8, 10])).toEqual([10, 11, 11, 10, undefined, 46]);
});

test("any bytes end in some lines", () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 200 }), fc.integer({ min: 8, max: 15 }), (table, minor) => {
      lineAt(lineRanges(minor, table, 1), 100);
    }),
  );
});

test("the minor version of a Python", () => {
  expect(["3.8.18", "3.14.0rc2", "2.7.18", ""].map(minorOf)).toEqual([8, 14, undefined, undefined]);
});
