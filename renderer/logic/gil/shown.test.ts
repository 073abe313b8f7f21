// In: threads, a filter, pins and a choice. Out: the lanes in their order, and the one that the keys are about.
import { expect, test } from "vitest";
import { currentAmong, shownThreads, stepAmong, toggled } from "./shown.ts";

const thread = (threadId: number, name: string, waitMaxMs: number) => ({
  ...{ threadId, name, kernelName: "python3", holdFraction: 0, waitFraction: 0, holds: 1, waits: 1, forced: 0 },
  ...{ waitP50Ms: 0, waitP99Ms: 0, waitMaxMs, holdP50Ms: 0, holdP99Ms: 0, holdMaxMs: 0 },
});
const report = [thread(1, "main", 2), thread(2, "worker-a", 12), thread(3, "worker-b", 3)];
const shown = (filter: string, ...pins: number[]) => shownThreads([1, 2, 3, 4], report, { filter, pins });

test("a filter leaves lanes out; one that is not reported yet is there while nothing is filtered", () => {
  expect(shown("")).toEqual([1, 2, 3, 4]);
  expect(shown("thread:worker")).toEqual([2, 3]);
  expect(shown("thread:worker waited>10ms")).toEqual([2]);
});

test("pinned ones stand first in their order, whatever is filtered; those of another recording are none", () => {
  expect(shown("", 4, 2)).toEqual([4, 2, 1, 3]);
  expect(shown("main", 3, 99)).toEqual([3, 1]);
  expect(toggled(toggled([4], 2), 4)).toEqual([2]);
});

test("keys go along what is shown, and begin where it begins", () => {
  expect(currentAmong(undefined, [4, 2])).toBe(4);
  expect(currentAmong(9, [4, 2])).toBe(4);
  expect(stepAmong(4, [4, 2], 1)).toBe(2);
  expect(stepAmong(2, [4, 2], 1)).toBe(2);
  expect(stepAmong(undefined, [], 1)).toBeUndefined();
});
