// In: states of a recording. Out: what the frame says of its agent and its cost.
import { expect, test } from "vitest";
import type { RecordingState } from "../../shared/rpc-contract.ts";
import { healthOf, overheadWords } from "./frame-words.ts";

const state = (more: Partial<RecordingState>): RecordingState => ({
  ...{ path: "a.refscope", phase: "recording", steps: [], target: null, seconds: 9, bytes: 1, stored: {}, dropped: {} },
  ...{ produced: { allocations: 50, frees: 50 }, rate: 1_000_000, heardSeconds: 0.1, roomSeconds: null },
  ...{ rssBytes: null, trimmed: false, ended: null },
  ...more,
});

test("the agent answers, is silent, or is not expected", () => {
  expect(healthOf(state({}))?.words).toBe("agent answers");
  expect(healthOf(state({ heardSeconds: 7.6 }))).toEqual({ isWell: false, words: "agent silent for 7 s" });
  expect(healthOf(state({ heardSeconds: null }))?.words).toBe("agent not heard yet");
  expect(healthOf(state({ phase: "closed", heardSeconds: null }))).toBeUndefined();
});

test("the overhead is a rough part of a core, unknown where a kind has no measured cost", () => {
  expect(overheadWords(state({}))).toMatch(/^≈ 0\.\d–\d % of a core$/);
  expect(overheadWords(state({ rate: 0 }))).toBe("≈ 0 % of a core");
  expect(overheadWords(state({ rate: 10 }))).toBe("≈ <0.1 % of a core");
  expect(overheadWords(state({ produced: { changes: 4 } }))).toBe("—");
  expect(overheadWords(state({ produced: {} }))).toBe("—");
  expect(overheadWords(state({ phase: "closed" }))).toBeUndefined();
});
