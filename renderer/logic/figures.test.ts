// In: drawn series. Out: the figures and sentences beside the charts.
import { expect, test } from "vitest";
import type { Bucket } from "../../shared/rpc-contract.ts";
import { bytesSentence, figuresOf, flowSentence, liveSentence } from "./figures.ts";

const series = (buckets: readonly Bucket[]) => ({ bucketSeconds: 1, buckets });
/** Ten live more each second, 100 allocated, 90 freed. */
const leak = Array.from({ length: 21 }, (_, at) => ({
  at,
  live: at * 10,
  liveBytes: at * 1024,
  liveRange: { least: at * 10 - 10, most: at * 10 },
  liveBytesRange: { least: at * 1024 - 1024, most: at * 1024 },
  allocated: 100,
  freed: 90,
}));

test("a leak shows as growth", () => {
  expect(figuresOf(series(leak))).toEqual({
    live: 200,
    liveBytes: 20_480,
    livePerSecond: 10,
    bytesPerSecond: 1024,
    allocatedPerSecond: 100,
    freedPerSecond: 90,
  });
  expect(liveSentence(series(leak))).toBe("200 live after 20 s, +10 /s since the first fifth.");
  expect(bytesSentence(series(leak))).toBe("20 KiB live after 20 s, +1 KiB/s since the first fifth.");
  const flow = {
    bucketSeconds: 1,
    buckets: leak.map(({ at, allocated, freed }) => ({ at, allocated, freed, alive: 5 })),
  };
  expect(flowSentence(flow)).toBe(
    "2,100 allocated, 1,890 freed: 210 more than before. At least 105 of them (5.0 %) are alive.",
  );
});

test("nothing drained is unknown, not 0", () => {
  const none = { live: null, liveBytes: null, liveRange: null, liveBytesRange: null, allocated: null, freed: null };
  const gap = { at: 21, ...none };
  expect(figuresOf(series([gap]))).toEqual({});
  expect(figuresOf(series([...leak, gap])).live).toBe(200);
  expect(liveSentence(series([]))).toBe("Nothing recorded yet.");
});
