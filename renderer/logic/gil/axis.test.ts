// In: pieces of a time axis. Out: the labels below it.
import { expect, test } from "vitest";
import { axisTicks, labelFrom, preciseTime } from "./axis.ts";

const texts = (fromMs: number, toMs: number) =>
  axisTicks({ fromMs, toMs }, 5).map(({ text }) => text.replaceAll("\u2009", " "));

test("a minute is labelled as a clock is, a millisecond as a fraction of a second", () => {
  expect(texts(0, 240_000)).toEqual(["0 s", "1:00", "2:00", "3:00", "4:00"]);
  expect(texts(0, 200)).toEqual(["0.00 s", "0.05 s", "0.10 s", "0.15 s", "0.20 s"]);
  expect(texts(12_504, 12_504.004)).toEqual([
    "12.504 000 s",
    "12.504 001 s",
    "12.504 002 s",
    "12.504 003 s",
    "12.504 004 s",
  ]);
});

test("neighbours never have the same label", () => {
  for (const length of [1e5, 3e3, 71, 0.4, 0.0009]) {
    const labels = texts(61_234.5678, 61_234.5678 + length);
    expect(new Set(labels).size, String(length)).toBe(labels.length);
  }
});

test("the seconds of a minute have two digits", () => {
  expect(preciseTime(61_204, 1)).toBe("1:01.204");
  expect(preciseTime(119_999.9999, 1)).toBe("2:00.000");
  expect(preciseTime(-3, 1)).toBe("−0.003 s");
});

test("a label stands right of its tick, left of it where a flag lies there, and nowhere where neither is free", () => {
  const row = { from: 0, to: 100 };
  expect(labelFrom(40, 20, row, [])).toBe(44);
  expect(labelFrom(40, 20, row, [{ from: 50, to: 60 }])).toBe(16);
  expect(labelFrom(85, 20, row, [])).toBe(61);
  expect(labelFrom(10, 20, row, [{ from: 12, to: 30 }])).toBeUndefined();
});
