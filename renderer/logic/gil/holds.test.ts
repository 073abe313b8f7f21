// In: holds as `thread request-acquired-released`. Out: who held, who waited for whom, and for how long.
import { expect, test } from "vitest";
import type { GilHold } from "../../../shared/gil-views.ts";
import { holderOf, momentAt, spentIn } from "./holds.ts";

function holds(drawing: string): readonly GilHold[] {
  return drawing
    .trim()
    .split("\n")
    .map((line, at) => {
      const [threadId = 0, requestMs = 0, acquiredMs = 0, releasedMs = 0] = line.trim().split(/[ -]/).map(Number);
      return {
        hold: at,
        threadId,
        requestMs,
        acquiredMs,
        releasedMs,
        waited: acquiredMs > requestMs,
        forced: false,
        waitedFor: null,
      };
    });
}

const spin = holds(`
  1 0-0-10
  1 11-12-22`);
const sleeper = holds("2 3-10-11");

test("a time finds the hold, the wait before it, or nothing", () => {
  expect(momentAt(sleeper, 10.5, 0)).toMatchObject({ state: "holding" });
  expect(momentAt(sleeper, 5, 0)).toMatchObject({ state: "waiting" });
  expect(momentAt(sleeper, 2, 0)).toBeUndefined();
  expect(momentAt(sleeper, 11.2, 0)).toBeUndefined();
});

test("what is narrower than a pixel can still be pointed at", () => {
  expect(momentAt(sleeper, 11.2, 0.5)?.hold.threadId).toBe(2);
  expect(momentAt(sleeper, 9.8, 0.5)?.state).toBe("holding");
});

test("a waiter finds whom it waited for", () => {
  const [wait] = sleeper;
  expect(wait && holderOf(wait, spin)?.acquiredMs).toBe(0);
});

test("sums take of each hold what lies in the span", () => {
  expect(spentIn([...spin, ...sleeper], { fromMs: 5, toMs: 15 })).toEqual([
    { threadId: 1, holds: 2, heldMs: 8, waits: 1, waitedMs: 1 },
    { threadId: 2, holds: 1, heldMs: 1, waits: 1, waitedMs: 5 },
  ]);
});
