// A reader, a time range and a number of buckets in; one lane a thread out, for the swimlanes. Next: queries.ts.
import type { GilLane, GilLanes } from "../../shared/gil-views.ts";
import type { GilReader } from "../store/gil-reader.ts";
import { namesOf } from "./gil-threads.ts";
import { type BucketRange, type LaneSums, laneSums } from "./lane-sums.ts";
import { openStates } from "./open-states.ts";
import type { Recorded } from "./recorded.ts";

/** Numbers of one answer at most, in all lanes: the busiest threads are shown where there are more. */
const mostCells = 1 << 20;
/** Fractions are told to this part. */
const grain = 1e5;

export interface LaneRange {
  readonly fromMs: number;
  readonly toMs: number;
  readonly buckets: number;
}

export function gilLanes(reader: Recorded, { fromMs, toMs, buckets }: LaneRange): GilLanes | null {
  const { gil } = reader;
  if (!gil) return null;
  const width = Math.max(0, toMs - fromMs) / buckets;
  const range: BucketRange = { fromMs, widthMs: width, count: width > 0 ? buckets : 0 };
  const open = openStates(reader, gil);
  const sums = width > 0 ? laneSums(gil, range, open) : new Map<number, LaneSums>();
  const threads = threadsOf(gil, [...open.map(({ thread }) => thread), ...sums.keys()]);
  const shown = busiest(gil, threads, Math.max(1, Math.floor(mostCells / buckets)));
  return {
    fromMs,
    toMs,
    bucketMs: width,
    recordingMs: reader.duration,
    lanes: shown.map((thread) => laneOf(gil, thread, range, sums.get(thread))),
    threads: threads.length,
    detailFromMs: gil.facts.detailFromMs,
  };
}

/** All that ever held or waited, in the order they first appeared, so that a lane stays where it is when the range moves. */
function threadsOf(gil: GilReader, more: readonly number[]): readonly number[] {
  const totals = gil.totals().map(({ thread }) => thread);
  return [...new Set([...totals, ...more])].sort((a, b) => a - b);
}

function busiest(gil: GilReader, threads: readonly number[], most: number): readonly number[] {
  if (threads.length <= most) return threads;
  const busy = new Map(gil.totals().map(({ thread, heldNs, waitedNs }) => [thread, heldNs + waitedNs]));
  const kept = new Set(threads.toSorted((a, b) => (busy.get(b) ?? 0) - (busy.get(a) ?? 0)).slice(0, most));
  return threads.filter((thread) => kept.has(thread));
}

function laneOf(gil: GilReader, thread: number, { widthMs, count }: BucketRange, sums: LaneSums | undefined): GilLane {
  const parts = (column: Float64Array | undefined) =>
    Array.from(column ?? new Float64Array(count), (ms) => Math.round(Math.min(1, ms / widthMs) * grain) / grain);
  return {
    ...namesOf(gil, thread),
    held: parts(sums?.held),
    waited: parts(sums?.waited),
    holds: Array.from(sums?.holds ?? new Float64Array(count)),
  };
}
