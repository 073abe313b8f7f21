// Strips or single holds in, one column a pixel out: the part of it that each thread held and waited. Next: pixels.ts.
import type { GilHold } from "../../../shared/gil-views.ts";
import type { Span } from "./span.ts";
import type { Strip } from "./strip.ts";

export interface Lane {
  readonly held: Float32Array;
  readonly waited: Float32Array;
}
/** Filled anew for each picture; `known` is 0 where nothing was recorded or nothing has come yet. */
export interface Columns {
  readonly width: number;
  readonly lanes: readonly Lane[];
  readonly known: Uint8Array;
}
/** The columns to fill, from `x0` up to, not with, `x1`. */
export interface Window {
  readonly span: Span;
  readonly threads: readonly number[];
  readonly x0: number;
  readonly x1: number;
}

export function columnsOf(width: number, lanes: number): Columns {
  const lane = (): Lane => ({ held: new Float32Array(width), waited: new Float32Array(width) });
  return { width, lanes: Array.from({ length: lanes }, lane), known: new Uint8Array(width) };
}

export function clear({ lanes, known }: Columns): void {
  known.fill(0);
  for (const { held, waited } of lanes) {
    held.fill(0);
    waited.fill(0);
  }
}

export function fillFromStrip(into: Columns, { span, threads, x0, x1 }: Window, strip: Strip): void {
  const msPerColumn = (span.toMs - span.fromMs) / into.width;
  const first = (span.fromMs + x0 * msPerColumn - strip.fromMs) / strip.bucketMs;
  const step = msPerColumn / strip.bucketMs;
  into.known.fill(1, x0, x1);
  for (const [at, thread] of threads.entries()) {
    const [from, to] = [strip.lanes.get(thread), into.lanes[at]];
    if (!from || !to) continue;
    resample(from.held, to.held, first, step, x0, x1);
    resample(from.waited, to.waited, first, step, x0, x1);
  }
}

/** Less than any hold in the longest bucket: what is left of differences of sums is no hold. */
const leastPart = 1e-9;

/**
 * A column is the mean of the buckets below it, as far as there are any: the last one of a tile is not half as high.
 * Walked once from left to right: the area up to a column's end less the area up to its beginning.
 */
function resample(from: Float32Array, to: Float32Array, first: number, step: number, x0: number, x1: number): void {
  let place = Math.max(0, Math.min(from.length, first));
  let at = Math.floor(place);
  let whole = 0;
  let before = (place - at) * (from[at] ?? 0);
  for (let x = x0; x < x1; x++) {
    const end = Math.max(0, Math.min(from.length, first + (x - x0 + 1) * step));
    while (at + 1 <= end) whole += from[at++] ?? 0;
    const area = whole + (end - at) * (from[at] ?? 0);
    const part = end > place ? (area - before) / (end - place) : 0;
    to[x] = part < leastPart ? 0 : part;
    before = area;
    place = end;
  }
}

export function fillFromHolds(into: Columns, { span, threads, x0, x1 }: Window, holds: readonly GilHold[]): void {
  const columnsPerMs = into.width / (span.toMs - span.fromMs);
  const lanes = new Map(threads.map((thread, at) => [thread, into.lanes[at]]));
  const x = (ms: number) => Math.max(x0, Math.min(x1, (ms - span.fromMs) * columnsPerMs));
  into.known.fill(1, x0, x1);
  for (const hold of holds) {
    const lane = lanes.get(hold.threadId);
    if (!lane) continue;
    cover(lane.held, x(hold.acquiredMs), x(hold.releasedMs));
    if (hold.waited) cover(lane.waited, x(hold.requestMs), x(hold.acquiredMs));
  }
}

/** What is wide enough to be seen by itself has straight edges; what is not adds up. */
const leastStraight = 2;

function cover(columns: Float32Array, a: number, b: number): void {
  if (b - a >= leastStraight) {
    columns.fill(1, Math.round(a), Math.round(b));
    return;
  }
  for (let at = Math.floor(a); at < b; at++)
    columns[at] = Math.min(1, (columns[at] ?? 0) + Math.min(at + 1, b) - Math.max(at, a));
}

/** Columns outside of the recording hold nothing, and it is not known to be nothing. */
export function forget(into: Columns, span: Span, whole: Span): void {
  const x = (ms: number) =>
    Math.max(0, Math.min(into.width, Math.round(((ms - span.fromMs) / (span.toMs - span.fromMs)) * into.width)));
  into.known.fill(0, 0, x(whole.fromMs));
  into.known.fill(0, x(whole.toMs));
}
