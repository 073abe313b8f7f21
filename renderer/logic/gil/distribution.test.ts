// In: bars whose limits double. Out: what they say.
import { expect, test } from "vitest";
import { barAt, contentionSentence, histogramSentence } from "./distribution.ts";

const bars = [
  { fromMs: 1, toMs: 2, count: 10 },
  { fromMs: 2, toMs: 4, count: 60 },
  { fromMs: 4, toMs: 8, count: 30 },
];

test("half and nearly all are told by the end of their bar", () => {
  expect(barAt(bars, 0.5)?.toMs).toBe(4);
  expect(histogramSentence(bars, "hold", "holds")).toBe("100 holds: half below 4 ms, 99 % below 8 ms.");
  expect(histogramSentence([], "wait", "waits")).toBe("No wait ended here.");
});

test("contention is spoken of in threads", () => {
  const contention = [
    { atMs: 0, waiting: 1, held: 0.5 },
    { atMs: 10, waiting: 2, held: 1 },
  ];
  expect(contentionSentence({ holds: [], waits: [], contention })).toBe(
    "On average 1.50 threads wait; somebody holds the GIL 75.0 % of the time.",
  );
});
