// In: numbers. Out: the words on the screen.
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
  expect(format.growth(200.12)).toBe("+200.1 /s");
  expect(format.growth(-1.26)).toBe("−1.3 /s");
  expect(format.growth(0.01)).toBe("+<0.1 /s");
  expect(format.growth(0)).toBe("0 /s");
  expect(format.growth(123_456)).toBe("+123 k /s");
  expect(format.byteGrowth(1229)).toBe("+1.2 KiB/s");
  expect(format.byteGrowth(-80)).toBe("−80 B/s");
});

test("time", () => {
  expect(format.clock(252)).toBe("04:12");
  expect(format.clock(3852)).toBe("1:04:12");
  expect([0, 0.5, 15, 90, 3852].map(format.axisTime)).toEqual(["0 s", "0.5 s", "15 s", "1:30", "1:04:12"]);
  expect(format.duration(0.00512)).toBe("5.12 ms");
  expect(format.duration(15.23)).toBe("15.2 s");
  expect(format.duration(252)).toBe("4 min 12 s");
  expect(format.duration(33_000)).toBe("9 h 10 min");
  expect(format.duration(754_020)).toBe("8 d 17 h");
  expect(format.when("2026-05-03T14:07:22")).toBe("2026-05-03 14:07:22");
});

test("percentages", () => {
  expect(format.fraction(0.9333)).toBe("93.3 %");
  expect(format.fraction(0.0004)).toBe("<0.1 %");
  expect(format.fraction(0)).toBe("0.0 %");
});
