// In: numbers. Out: the words on the screen.
import fc from "fast-check";
import { expect, test } from "vitest";
import * as format from "./format.ts";

test("unknown is a dash and never 0", () => {
  for (const text of [
    format.count,
    format.shortCount,
    format.bytes,
    format.growth,
    format.byteGrowth,
    format.rate,
    format.fraction,
    format.clock,
    format.duration,
  ]) {
    expect(text(undefined)).toBe("—");
    expect(text(null)).toBe("—");
    expect(text(Number.NaN)).toBe("—");
  }
  expect(format.when(null)).toBe("—");
  expect(format.when("soon")).toBe("—");
});

test("counts", () => {
  expect(format.count(1_284_310)).toBe("1,284,310");
  expect(format.count(-3)).toBe("−3");
  expect(format.shortCount(999)).toBe("999");
  expect(format.shortCount(2_100_000)).toBe("2.1 M");
  expect(format.shortCount(-12_300)).toBe("−12.3 k");
  expect(format.counted(1, "process", "processes")).toBe("1 process");
  expect(format.counted(3, "process", "processes")).toBe("3 processes");
});

test("bytes are IEC", () => {
  expect(format.bytes(0)).toBe("0 B");
  expect(format.bytes(1023)).toBe("1,023 B");
  expect(format.bytes(1024)).toBe("1 KiB");
  expect(format.bytes(214 * 1024 ** 2)).toBe("214 MiB");
  expect(format.bytes(1000 * 1024)).toBe("1,000 KiB");
  expect(format.bytes(-1536)).toBe("−1.5 KiB");
  expect(format.exactBytes(1536)).toBe("1,536 B");
});

test("growth wears its sign", () => {
  expect(format.growth(200.12)).toBe("+200 /s");
  expect(format.growth(-1.26)).toBe("−1.26 /s");
  expect(format.growth(0.01)).toBe("+0.01 /s");
  expect(format.growth(0)).toBe("0 /s");
  expect(format.growth(1e-9)).toBe("+<0.001 /s");
  expect([430.7, 0.02, 2_100_000].map(format.rate)).toEqual(["431 /s", "0.02 /s", "2.1 M/s"]);
  expect(format.growth(123_456)).toBe("+123 k/s");
  expect(format.byteGrowth(1229)).toBe("+1.2 KiB/s");
  expect(format.byteGrowth(-80)).toBe("−80 B/s");
});

test("time", () => {
  expect(format.clock(252)).toBe("04:12");
  expect(format.clock(3852)).toBe("1:04:12");
  expect([0, 0.5, 15, 90, 3852].map(format.axisTime)).toEqual(["0 s", "0.5 s", "15 s", "1:30", "1:04:12"]);
  expect(format.duration(0.00512)).toBe("5.12 ms");
  expect(format.duration(15.23)).toBe("15.2 s");
  expect([0.9999999, 59.96, 3599.9, 1e-12].map(format.duration)).toEqual(["1 s", "1 min 0 s", "1 h 0 min", "0.001 ns"]);
  expect(format.duration(252)).toBe("4 min 12 s");
  expect(format.duration(33_000)).toBe("9 h 10 min");
  expect(format.duration(754_020)).toBe("8 d 17 h");
  expect(format.when("2026-05-03T14:07:22")).toBe("2026-05-03 14:07:22");
});

test("a wall clock has its offset beside it, an address its twelve digits", () => {
  const at = "2026-05-03T14:07:22Z";
  expect(format.exactTime(at)).toMatch(/^2026-05-0[234]T\d\d:\d\d:22[+-]\d\d:\d\d$/);
  expect(new Date(format.exactTime(at)).getTime()).toBe(new Date(at).getTime());
  expect(format.exactTime("soon")).toBe("—");
  expect(format.address("0x955e20")).toBe("0x000000955e20");
  expect(["0x7f8a91c0de40", "type:dict"].map(format.address)).toEqual(["0x7f8a91c0de40", "type:dict"]);
});

const anyNumber = fc.double({ noNaN: true, noDefaultInfinity: true, min: -1e15, max: 1e15 });

test("what is not 0 is never said as 0", () => {
  const { count, change, rough, shortCount, bytes, growth, byteGrowth, rate, fraction, duration } = format;
  for (const text of [count, change, rough, shortCount, bytes, growth, byteGrowth, rate, fraction, duration])
    fc.assert(fc.property(anyNumber, (value) => value === 0 || /[1-9]/.test(text(value))));
});

test("a duration reads below the next unit's one", () => {
  const below: Readonly<Record<string, number>> = { ns: 1000, µs: 1000, ms: 1000, s: 60, min: 60, h: 48, d: 1e12 };
  const parts = (text: string) => [...text.matchAll(/([\d.,]+) (ns|µs|ms|s|min|h|d)\b/g)];
  const near = fc
    .tuple(fc.constantFrom(1e-6, 1e-3, 1, 60, 3600, 86_400, 172_800), fc.double({ min: 0.9, max: 1.1, noNaN: true }))
    .map(([unit, part]) => unit * part);
  fc.assert(
    fc.property(fc.oneof(anyNumber, near), (seconds) =>
      parts(format.duration(Math.abs(seconds))).every(
        ([, digits = "", unit = ""]) => Number(digits.replaceAll(",", "")) < (below[unit] ?? 0),
      ),
    ),
  );
});

test("percentages", () => {
  expect(format.fraction(0.9333)).toBe("93.3 %");
  expect(format.fraction(0.0004)).toBe("<0.1 %");
  expect(format.fraction(0)).toBe("0.0 %");
});
