// In: lanes as the engine answers. Out: arrays by thread, and sums.
import { expect, test } from "vitest";
import type { GilLane } from "../../../shared/gil-views.ts";
import { headsOf, stripOf, sumsOver } from "./strip.ts";

const lane = (threadId: number, held: number[], name: string | null = null): GilLane => ({
  threadId,
  name,
  kernelName: "python3",
  held,
  waited: held.map((part) => (1 - part) / 2),
  holds: held.map((part) => Math.round(part * 10)),
});
const answer = (...lanes: GilLane[]) =>
  stripOf({ fromMs: 100, toMs: 140, bucketMs: 10, recordingMs: 900, detailFromMs: 0, lanes });

test("a bucket counts as far as it lies in the span", () => {
  const strip = answer(lane(7, [0.5, 1, 0, 0]));
  const [own] = [...strip.lanes.values()];
  expect(strip.holds).toBe(15);
  expect(own && sumsOver(strip, own, { fromMs: 105, toMs: 115 })).toEqual({ heldMs: 7.5, waitedMs: 1.25, holds: 7.5 });
  expect(own && sumsOver(strip, own, { fromMs: 0, toMs: 90 }).heldMs).toBe(0);
});

test("two lives of one thread id share a lane", () => {
  const lanes = [lane(7, [1, 0, 0, 0], "first"), lane(8, [0, 0, 0, 0]), lane(7, [0, 0, 0, 0.5], "second")];
  expect([...(answer(...lanes).lanes.get(7)?.held ?? [])]).toEqual([1, 0, 0, 0.5]);
  expect(headsOf(lanes)).toEqual([
    { threadId: 7, name: "first, then second", kernelName: "python3" },
    { threadId: 8, name: undefined, kernelName: "python3" },
  ]);
});
