// An answer of gil.lanes in, the same as typed arrays by thread out; sums over a piece of it. Next: columns.ts, tiles.ts.
import type { GilLane, GilLanes } from "../../../shared/gil-views.ts";
import type { Span } from "./span.ts";

/** One entry a bucket: part of it that was held, that was waited, and holds that ended in it. */
export interface StripLane {
  readonly held: Float32Array;
  readonly waited: Float32Array;
  readonly holds: Float32Array;
}
export interface Strip {
  readonly fromMs: number;
  readonly bucketMs: number;
  readonly buckets: number;
  readonly lanes: ReadonlyMap<number, StripLane>;
  /** Holds that ended in it, of all threads. */
  readonly holds: number;
}
/** What stands left of a lane. */
export interface LaneHead {
  readonly threadId: number;
  readonly name: string | undefined;
  readonly kernelName: string | undefined;
}

export function stripOf(answer: GilLanes): Strip {
  const lanes = new Map<number, StripLane>();
  for (const lane of answer.lanes) lanes.set(lane.threadId, joined(lanes.get(lane.threadId), lane));
  const first = answer.lanes[0];
  return {
    fromMs: answer.fromMs,
    bucketMs: answer.bucketMs,
    buckets: first?.held.length ?? 0,
    lanes,
    holds: [...lanes.values()].reduce((sum, { holds }) => sum + total(holds), 0),
  };
}

/** The kernel gives the id of a thread that ended to a later one: both lives stand in one lane, one after the other. */
function joined(before: StripLane | undefined, lane: GilLane): StripLane {
  const own = {
    held: Float32Array.from(lane.held),
    waited: Float32Array.from(lane.waited),
    holds: Float32Array.from(lane.holds),
  };
  if (!before) return own;
  const sum = (a: Float32Array, b: Float32Array) => a.map((value, at) => value + (b[at] ?? 0));
  return {
    held: sum(own.held, before.held),
    waited: sum(own.waited, before.waited),
    holds: sum(own.holds, before.holds),
  };
}

export function headsOf(lanes: readonly GilLane[]): readonly LaneHead[] {
  const heads = new Map<number, LaneHead>();
  for (const { threadId, name, kernelName } of lanes) {
    const before = heads.get(threadId);
    const names = [before?.name, name ?? undefined].filter((one) => one !== undefined);
    heads.set(threadId, {
      threadId,
      name: names.length === 0 ? undefined : [...new Set(names)].join(", then "),
      kernelName: kernelName ?? before?.kernelName,
    });
  }
  return [...heads.values()];
}

export interface Sums {
  readonly heldMs: number;
  readonly waitedMs: number;
  readonly holds: number;
}
/** Of the buckets that lie in the span; of one that lies in it in part, that part. */
export function sumsOver({ fromMs, bucketMs }: Strip, lane: StripLane, span: Span): Sums {
  const a = (span.fromMs - fromMs) / bucketMs;
  const b = (span.toMs - fromMs) / bucketMs;
  return {
    heldMs: areaOf(lane.held, a, b) * bucketMs,
    waitedMs: areaOf(lane.waited, a, b) * bucketMs,
    holds: areaOf(lane.holds, a, b),
  };
}

/** Under the steps of `values`, each one wide, from `a` to `b`. */
function areaOf(values: Float32Array, a: number, b: number): number {
  const [from, to] = [Math.max(0, a), Math.min(values.length, b)];
  let sum = 0;
  for (let at = Math.floor(from); at < to; at++) sum += (values[at] ?? 0) * (Math.min(at + 1, to) - Math.max(at, from));
  return sum;
}

const total = (values: Float32Array) => values.reduce((sum, value) => sum + value, 0);
