// What a recording that followed the GIL says, as interfaces: stored-gil.ts reads it from a file. Next: engine/analysis.
import type { RawGil, RawHolds, RawSample, RawThread } from "../../shared/records.ts";
import type { Histogram } from "./histogram.ts";

/** Of the finished holds of one thread, and of those its last batch cut off. `thread` is RawThread.id. */
export interface ThreadTotals {
  readonly thread: number;
  readonly holds: number;
  readonly heldNs: number;
  /** Holds that slept for the GIL before; `waitedNs` and `waitHistogram` are of these alone. */
  readonly waits: number;
  readonly waitedNs: number;
  readonly forced: number;
  readonly holdMaxNs: number;
  readonly waitMaxNs: number;
  readonly holdHistogram: Histogram;
  readonly waitHistogram: Histogram;
}
/**
 * One row a pair that occurred. The `ns` of a waiter add up to its `waitedNs` and its wait that is still open, less waits during
 * which nobody is known to have held.
 */
export interface BlameTotals {
  readonly waiter: number;
  readonly holder: number;
  readonly ns: number;
  /** Waits through at least one whole switch interval of which this holder had the most; `convoyNs`: these waits in all. */
  readonly convoyWaits: number;
  readonly convoyNs: number;
}
export interface LongHoldRow {
  /** RawHolds.index */
  readonly index: number;
  readonly thread: number;
  /** Since the recording's start; negative when it began before. */
  readonly acquiredMs: number;
  readonly heldMs: number;
  readonly unfinished: boolean;
  /** Threads that waited while it lasted, in the order they got the GIL afterwards. */
  readonly waiters: readonly number[];
  /** What they waited for this hold, in all. */
  readonly waitedMs: number;
}
export interface LaneRow {
  /** Number of the bucket at the resolution asked for; 0 begins with the recording. */
  readonly bucket: number;
  readonly thread: number;
  readonly heldNs: number;
  readonly waitedNs: number;
  /** That ended in it. */
  readonly holds: number;
}
export interface GilFacts {
  /** Holds after which CPython counted a switch. */
  readonly switches: number;
  /** As CPython's own counter moved; undefined when no batch had it. */
  readonly switchesCounted: number | undefined;
  readonly intervalMicroseconds: number;
  readonly thresholdMs: number;
  /** CLOCK_MONOTONIC nanoseconds of the recording's start: less it, the times of `samples` and `now.gil` count from there. */
  readonly originNs: number;
  /** From here on single holds are kept. */
  readonly detailFromMs: number;
}

export interface GilReader {
  readonly facts: GilFacts;
  readonly threads: ReadonlyMap<number, RawThread>;
  totals(): readonly ThreadTotals[];
  blame(): readonly BlameTotals[];
  /** In their order. */
  longHolds(): readonly LongHoldRow[];
  /** In the order they were taken; `at` is CLOCK_MONOTONIC. */
  samples(): readonly RawSample[];
  /** As the newest batch found it; `since` is CLOCK_MONOTONIC. */
  readonly now: { readonly atMs: number; readonly gil: RawGil } | undefined;
  /** Chunks with a hold or a wait that overlaps the range, in order. `released` counts from the recording's start. A chunk also has holds outside the range. */
  holds(fromMs: number, toMs: number): Generator<RawHolds>;
  /** Holds in the chunks that `holds` would give: at least as many as overlap the range. */
  countHolds(fromMs: number, toMs: number): number;
  /** Milliseconds, ascending. */
  readonly laneResolutions: readonly number[];
  /** Buckets that overlap the range; a thread's bucket may come in several rows, to be added. Holds and waits that are still open are not in them. */
  lanes(resolutionMs: number, fromMs: number, toMs: number): Iterable<LaneRow>;
}
