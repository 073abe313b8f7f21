// Turns: one chart draws at a time, in order; who gave its turn up does not draw.
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { createTurns } from "./turns.ts";

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

test("one after the other, each in a task of its own, in the order in which they asked", () => {
  const turns = createTurns();
  const drawn: string[] = [];
  for (const name of ["a", "b", "c"]) turns.next(() => drawn.push(name));
  expect(drawn).toEqual([]);
  vi.advanceTimersToNextTimer();
  expect(drawn).toEqual(["a"]);
  vi.advanceTimersToNextTimer();
  expect(drawn).toEqual(["a", "b"]);
  vi.runAllTimers();
  expect(drawn).toEqual(["a", "b", "c"]);
});

test("a turn given up is nobody's, and what asks later draws", () => {
  const turns = createTurns();
  const drawn: string[] = [];
  const giveUp = turns.next(() => drawn.push("given up"));
  turns.next(() => drawn.push("kept"));
  giveUp();
  vi.runAllTimers();
  expect(drawn).toEqual(["kept"]);
  turns.next(() => drawn.push("later"));
  vi.runAllTimers();
  expect(drawn).toEqual(["kept", "later"]);
});
