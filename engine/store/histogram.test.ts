// Durations of every size in; buckets that hold them, and quantiles, out.
import fc from "fast-check";
import { expect, test } from "vitest";
import { bucketOf, bucketStart, Histograms, readHistogram, together } from "./histogram.ts";
import { VarintWriter } from "./varints.ts";

const duration = fc.oneof(fc.nat(2 ** 31 - 1), fc.maxSafeNat(), fc.nat(1000));

test("a bucket holds the duration, and is at most 1/64 of it wide", () => {
  fc.assert(
    fc.property(duration, (ns) => {
      const bucket = bucketOf(ns);
      const [start, end] = [bucketStart(bucket), bucketStart(bucket + 1)];
      return start <= ns && ns < end && (end - start === 1 || (end - start) * 64 <= start);
    }),
    { numRuns: 5000, examples: [[0], [63], [64], [127], [2 ** 31 - 1], [2 ** 31], [2 ** 32], [2 ** 53 - 1]] },
  );
});

function histogramOf(durations: readonly number[]) {
  const histograms = new Histograms();
  histograms.reach(4);
  const rows = durations.flatMap((ns) => [ns, 5, 9]);
  const slots = Uint16Array.from(rows, (_, row) => [3, 1, 3][row % 3] ?? 0);
  const flags = Uint8Array.from(rows, (_, row) => [7, 6, 1][row % 3] ?? 0);
  histograms.add(slots, Float64Array.from(rows), flags, 6);
  const out = new VarintWriter();
  histograms.encode(3, out);
  return readHistogram(out.bytes(), Math.max(...durations));
}

test("a quantile is within 1 % of the exact one", () => {
  fc.assert(
    fc.property(
      fc.array(duration, { minLength: 1, maxLength: 200 }),
      fc.double({ min: 0, max: 1, noNaN: true }),
      (durations, part) => {
        const exact = durations.toSorted((a, b) => a - b)[Math.max(0, Math.ceil(part * durations.length) - 1)] ?? 0;
        return Math.abs((histogramOf(durations).quantile(part) ?? -1) - exact) <= exact * 0.01;
      },
    ),
  );
});

test("bars double and hold everything", () => {
  expect([...histogramOf([0, 63, 64, 100, 127, 128, 5000]).bars()]).toEqual([
    { fromNs: 0, toNs: 64, count: 2 },
    { fromNs: 64, toNs: 128, count: 3 },
    { fromNs: 128, toNs: 256, count: 1 },
    { fromNs: 4096, toNs: 8192, count: 1 },
  ]);
});

test("several together say what one of all their durations says", () => {
  const [few, many] = [
    [70, 5000, 9],
    [64, 64, 200, 1e6],
  ];
  const all = [...few, ...many];
  const [one, both] = [histogramOf(all), together([histogramOf(few), histogramOf(many)], 1e6)];
  expect(both.count).toBe(all.length);
  for (const part of [0, 0.3, 0.5, 0.9, 1]) expect(both.quantile(part)).toBe(one.quantile(part));
});

test("nothing has no quantile, and bytes that are none end it", () => {
  expect(readHistogram(new Uint8Array(), 0).quantile(0.5)).toBeUndefined();
  fc.assert(fc.property(fc.uint8Array({ maxLength: 100 }), (bytes) => readHistogram(bytes, 1e9).count >= 0));
});
