// A time range in equal buckets in; what each thread held and waited in each of them, out. From single holds where they are few, else
// from the pyramid that the recorder keeps. Next: lanes.ts, distribution.ts, now.ts.
import { holdFlags, type RawHolds } from "../../shared/records.ts";
import type { GilReader } from "../store/gil-reader.ts";
import type { OpenState } from "./open-states.ts";

export interface BucketRange {
  readonly fromMs: number;
  readonly widthMs: number;
  readonly count: number;
}
/** Milliseconds held and waited, and holds that ended, one entry a bucket. */
export interface LaneSums {
  readonly held: Float64Array;
  readonly waited: Float64Array;
  readonly holds: Float64Array;
}

/** Decoded at most for one answer; below the finest resolution of the pyramid single holds are all there is. */
const fewHolds = 300_000;
const fewHoldsDeep = 1_000_000;

export function laneSums(
  gil: GilReader,
  range: BucketRange,
  open: readonly OpenState[],
): ReadonlyMap<number, LaneSums> {
  const lanes = new Lanes(range);
  const toMs = range.fromMs + range.widthMs * range.count;
  if (areFew(gil, range, toMs)) for (const holds of gil.holds(range.fromMs, toMs)) lanes.addHolds(holds);
  else addPyramid(gil, range, toMs, lanes);
  for (const { thread, state, sinceMs, forMs } of open)
    spread(lanes.of(thread)[state === "holding" ? "held" : "waited"], range, sinceMs, sinceMs + forMs, forMs);
  return lanes.byThread;
}

function areFew(gil: GilReader, { fromMs, widthMs }: BucketRange, toMs: number): boolean {
  const { detailFromMs } = gil.facts;
  if (detailFromMs > 0 && fromMs < detailFromMs) return false;
  const most = widthMs < (gil.laneResolutions[0] ?? 1) ? fewHoldsDeep : fewHolds;
  return gil.countHolds(fromMs, toMs) <= most;
}

function addPyramid(gil: GilReader, range: BucketRange, toMs: number, lanes: Lanes): void {
  const finest = gil.laneResolutions[0] ?? 1;
  const width = gil.laneResolutions.findLast((resolution) => resolution <= range.widthMs) ?? finest;
  for (const { bucket, thread, heldNs, waitedNs, holds } of gil.lanes(width, range.fromMs, toMs)) {
    const lane = lanes.of(thread);
    const start = bucket * width;
    spread(lane.held, range, start, start + width, heldNs / 1e6);
    spread(lane.waited, range, start, start + width, waitedNs / 1e6);
    tally(lane.holds, range, start + width / 2, holds);
  }
}

class Lanes {
  readonly byThread = new Map<number, LaneSums>();
  readonly #range: BucketRange;

  constructor(range: BucketRange) {
    this.#range = range;
  }

  of(thread: number): LaneSums {
    const known = this.byThread.get(thread);
    if (known) return known;
    const column = () => new Float64Array(this.#range.count);
    const made = { held: column(), waited: column(), holds: column() };
    this.byThread.set(thread, made);
    return made;
  }

  addHolds({ length, thread, flags, released, held, waited }: RawHolds): void {
    const range = this.#range;
    for (let row = 0; row < length; row++) {
      const lane = this.of(thread[row] ?? 0);
      const end = (released[row] ?? 0) / 1e6;
      const heldMs = (held[row] ?? 0) / 1e6;
      spread(lane.held, range, end - heldMs, end, heldMs);
      tally(lane.holds, range, end, 1);
      if (((flags[row] ?? 0) & holdFlags.waited) === 0) continue;
      const waitedMs = (waited[row] ?? 0) / 1e6;
      spread(lane.waited, range, end - heldMs - waitedMs, end - heldMs, waitedMs);
    }
  }
}

function tally(column: Float64Array, { fromMs, widthMs }: BucketRange, atMs: number, count: number): void {
  const bucket = Math.floor((atMs - fromMs) / widthMs);
  if (bucket >= 0 && bucket < column.length) column[bucket] = (column[bucket] ?? 0) + count;
}

/** `amount` evenly over [startMs, endMs]; what lies outside the buckets is left out. */
function spread(
  column: Float64Array,
  { fromMs, widthMs, count }: BucketRange,
  startMs: number,
  endMs: number,
  amount: number,
): void {
  const length = endMs - startMs;
  if (!(length > 0) || amount === 0) return;
  const first = Math.max(0, Math.floor((startMs - fromMs) / widthMs));
  const last = Math.min(count - 1, Math.floor((endMs - fromMs) / widthMs));
  for (let bucket = first; bucket <= last; bucket++) {
    const left = Math.max(startMs, fromMs + bucket * widthMs);
    const right = Math.min(endMs, fromMs + (bucket + 1) * widthMs);
    if (right > left) column[bucket] = (column[bucket] ?? 0) + (amount * (right - left)) / length;
  }
}
