// A thread and a time in, its next or previous hold out, however far away: coarse lanes first, single holds last. Next: use-track-keys.ts.
import type { GilHold } from "../../../shared/gil-views.ts";
import type { Bridge } from "../../bridge.ts";
import type { Span } from "../../logic/gil/span.ts";
import { stripOf } from "../../logic/gil/strip.ts";

export interface Sought {
  readonly path: string;
  readonly threadId: number;
  /** Holds that begin after it, or end before it when looking back. */
  readonly ms: number;
  readonly direction: "next" | "previous";
}

const buckets = 512;
/** So many holds are asked for one by one. */
const few = 10_000;
/** 512¹² buckets are more than there are nanoseconds in a day. */
const mostSteps = 12;
/** The hold itself, at the edge, is not its own successor. */
const tinyMs = 1e-6;

/** A bucket may hold nothing but the hold one stands on: then it is passed over. */
const mostTries = 4;

export async function seekHold(bridge: Bridge, sought: Sought, whole: Span): Promise<GilHold | undefined> {
  const isNext = sought.direction === "next";
  let from = sought.ms;
  for (let attempt = 0; attempt < mostTries; attempt++) {
    const range = await narrowed(bridge, sought, isNext ? { ...whole, fromMs: from } : { ...whole, toMs: from });
    if (!range) return undefined;
    const found = await singleHold(bridge, sought, range);
    if (found) return found;
    from = isNext ? range.toMs : range.fromMs;
  }
  return undefined;
}

/** The nearest piece in which the thread ended a hold and all holds are few; undefined where there is none. */
async function narrowed(bridge: Bridge, sought: Sought, whole: Span): Promise<Span | undefined> {
  const isNext = sought.direction === "next";
  let range = whole;
  for (let step = 0; step < mostSteps && range.toMs - range.fromMs > tinyMs; step++) {
    const answer = await bridge.call("gil.lanes", { path: sought.path, ...range, buckets });
    if (!answer.ok || !answer.value) return undefined;
    const strip = stripOf(answer.value);
    if (strip.holds <= few) return range;
    const lane = strip.lanes.get(sought.threadId);
    const at = isNext ? lane?.holds.findIndex((n) => n > 0) : lane?.holds.findLastIndex((n) => n > 0);
    if (at === undefined || at < 0) return undefined;
    const fromMs = strip.fromMs + at * strip.bucketMs;
    // One bucket more on either side: a hold is counted where it ends and may begin before.
    range = {
      fromMs: Math.max(range.fromMs, fromMs - strip.bucketMs),
      toMs: Math.min(range.toMs, fromMs + 2 * strip.bucketMs),
    };
  }
  return range.toMs > range.fromMs ? range : undefined;
}

async function singleHold(bridge: Bridge, { path, threadId, ms, direction }: Sought, range: Span) {
  const answer = await bridge.call("gil.holds", { path, ...range, limit: 2 * few });
  if (!answer.ok || !answer.value) return undefined;
  const own = answer.value.rows.filter((row) => row.threadId === threadId);
  return direction === "next"
    ? own.find((row) => row.acquiredMs >= ms - tinyMs)
    : own.findLast((row) => row.releasedMs <= ms + tinyMs);
}
