// A drawn curve in, its growth and its place among others out. A picture is what was live, left to right, over a minute.
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { growthOf, leakScore } from "./growth.ts";
import { theilSen } from "./theil-sen.ts";

const bars = "▁▂▃▄▅▆▇█";
/** Bars, or numbers; repeated points fill the minute. `size`: what one step of a bar is. */
function growth(picture: string, size = 100) {
  const live = /^[\d ]+$/.test(picture)
    ? picture.split(" ").map(Number)
    : Array.from(picture, (bar) => bars.indexOf(bar) * size);
  return growthOf(
    live.map((_, at) => ((at + 1) * 60) / live.length),
    live,
  );
}
const repeated = (picture: string, times: number) => picture.repeat(times);
const stretched = (picture: string, times: number) => Array.from(picture, (bar) => bar.repeat(times)).join("");

test("a steady leak grows at its rate in all of the time", () => {
  const found = growth("0 10 20 30 40 50 60 70 80 90 100 110 120 130 140 150 160 170 180 190");
  expect(found.perSecond).toBeCloseTo(10 / 3);
  expect(found.steadiness).toBe(1);
  expect(found.evenness).toBeGreaterThan(0.9);
});

describe("a small steady leak ranks above", () => {
  const leak = growth(Array.from({ length: 60 }, (_, at) => at).join(" "));
  const gigabyte = 1e9;
  const others: Readonly<Record<string, string>> = {
    "a step": stretched("▁▁▁▁▁▁████", 6),
    "an early step": stretched("▁▁▁███████", 6),
    "a late step": stretched("▁▁▁▁▁▁▁▁▁█", 6),
    "a plateau": stretched("▁▂▃▄▅▆▇███████", 4),
    "a cache that is emptied": repeated("▁▂▃▄▅▆▇█", 7),
    "a cache that is emptied twice": `${stretched(bars, 4)}${stretched(bars, 4)}`,
    "a queue that breathes": repeated("▁▃▅▇▇▅▃▁", 7),
    "what was freed": stretched("█▇▆▅▄▃▂▁", 7),
    "what stays as it is": repeated("▄", 60),
  };
  test.each(Object.entries(others))("%s", (_, picture) => {
    expect(leakScore(growth(picture, gigabyte))).toBeLessThan(leakScore(leak));
  });
});

test("a leak among churn is as steady as one alone", () => {
  const churn = Array.from({ length: 60 }, (_, at) => 10 * at + (at % 4) * 25);
  const found = growth(churn.join(" "));
  expect(found.steadiness).toBeGreaterThan(0.8);
  expect(found.perSecond).toBeCloseTo(10, 0);
});

test("a leak in bursts is still a leak", () => {
  const found = growth(Array.from({ length: 60 }, (_, at) => Math.floor(at / 6) * 50).join(" "));
  expect(leakScore(found)).toBeGreaterThan(0);
});

test("warm-up is left out", () => {
  expect(growth(`${stretched("▂▄▆█", 3)}${repeated("█", 48)}`).perSecond).toBe(0);
});

test("too short to say is not zero", () => {
  expect(growthOf([0.1, 0.2, 0.3], [1, 2, 3])).toMatchObject({ steadiness: undefined });
});

test("what shrinks has a negative slope", () => {
  expect(growth(stretched("█▇▆▅▄▃▂▁", 7)).perSecond).toBeLessThan(0);
});

test("the slope is that of the line, whatever a few points do", () => {
  const line = fc.record({
    slope: fc.integer({ min: -1000, max: 1000 }),
    wild: fc.array(fc.nat(29), { maxLength: 6 }),
  });
  fc.assert(
    fc.property(line, ({ slope, wild }) => {
      const times = Array.from({ length: 30 }, (_, at) => at);
      const values = times.map((time) => slope * time + (wild.includes(time) ? 1e6 : 0));
      expect(Math.abs((theilSen(times, values) ?? 0) - slope)).toBeLessThanOrEqual(wild.length === 0 ? 0 : 1e6);
    }),
  );
});

test("the median is that of sorted slopes", () => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: -50, max: 50 }), { minLength: 2, maxLength: 40 }), (values) => {
      const times = values.map((_, at) => at);
      const slopes = values
        .flatMap((value, at) => values.slice(0, at).map((before, earlier) => (value - before) / (at - earlier)))
        .sort((a, b) => a - b);
      const middle = slopes.length >>> 1;
      const expected =
        slopes.length % 2 === 1 ? slopes[middle] : ((slopes[middle - 1] ?? 0) + (slopes[middle] ?? 0)) / 2;
      expect(theilSen(times, values)).toBe(expected);
    }),
  );
});
