// Holds of one thread in order in, the one at a time, the one before and after it, and sums out. Next: state/gil/looking.ts.
import type { GilHold } from "../../../shared/gil-views.ts";
import type { Span } from "./span.ts";

export const holdSpan = (hold: GilHold): Span => ({ fromMs: hold.acquiredMs, toMs: hold.releasedMs });

/** What a thread did at a time: its hold, or the wait that the hold ended. */
export interface Moment {
  readonly state: "holding" | "waiting";
  readonly hold: GilHold;
}

/** The first that ends after `ms`; rows are in order and do not overlap. */
export function firstEndingAfter(rows: readonly GilHold[], ms: number): number {
  let [low, high] = [0, rows.length];
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((rows[middle]?.releasedMs ?? 0) <= ms) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** `within`: how far beside a hold one may point and still mean it, the width of a pixel or two. */
export function momentAt(rows: readonly GilHold[], ms: number, within: number): Moment | undefined {
  const at = firstEndingAfter(rows, ms);
  const [before, hold] = [rows[at - 1], rows[at]];
  if (hold && ms >= hold.acquiredMs) return { state: "holding", hold };
  const near = [before, hold].filter((one) => one !== undefined).find((one) => distance(one, ms) <= within);
  if (near) return { state: "holding", hold: near };
  return hold?.waited && ms >= hold.requestMs ? { state: "waiting", hold } : undefined;
}

const distance = (hold: GilHold, ms: number) => Math.max(hold.acquiredMs - ms, ms - hold.releasedMs, 0);

/** Who held the GIL when this one began to wait: the hold of `waitedFor` around the request. */
export function holderOf(wait: GilHold, rows: readonly GilHold[]): GilHold | undefined {
  const hold = rows[firstEndingAfter(rows, wait.requestMs)];
  return hold && hold.acquiredMs <= wait.acquiredMs ? hold : undefined;
}

export interface Spent {
  readonly threadId: number;
  readonly holds: number;
  readonly heldMs: number;
  readonly waits: number | undefined;
  readonly waitedMs: number;
}

/** Per thread, of the part of each hold and wait that lies in the span. */
export function spentIn(rows: readonly GilHold[], span: Span): readonly Spent[] {
  const clipped = (fromMs: number, toMs: number) =>
    Math.max(0, Math.min(toMs, span.toMs) - Math.max(fromMs, span.fromMs));
  const threads = [...new Set(rows.map((row) => row.threadId))];
  return threads.map((threadId) => {
    const own = rows.filter((row) => row.threadId === threadId);
    const sum = (part: (row: GilHold) => number) => own.reduce((all, row) => all + part(row), 0);
    const waits = own.filter((row) => row.waited && clipped(row.requestMs, row.acquiredMs) > 0);
    return {
      threadId,
      holds: own.filter((row) => clipped(row.acquiredMs, row.releasedMs) > 0).length,
      heldMs: sum((row) => clipped(row.acquiredMs, row.releasedMs)),
      waits: waits.length,
      waitedMs: waits.reduce((all, row) => all + clipped(row.requestMs, row.acquiredMs), 0),
    };
  });
}
