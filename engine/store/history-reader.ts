// What a recording that followed objects says, as interfaces: stored-history.ts reads it from a file. Next: engine/analysis.
import type { RawChanges, RawPlace, WatchState } from "../../shared/records.ts";

export interface WatchedObject {
  readonly id: number;
  readonly address: bigint;
  readonly type: string;
  /** Its count when it began to be followed, and the newest one. */
  readonly first: number;
  readonly last: number;
  readonly state: WatchState;
  /** produced = stored + dropped */
  readonly produced: number;
  readonly stored: number;
  readonly dropped: number;
}
export interface HistoryReader {
  readonly objects: readonly WatchedObject[];
  readonly places: ReadonlyMap<number, RawPlace>;
  /** CLOCK_MONOTONIC nanoseconds of the recording's start. */
  readonly originNs: number;
  /** In order. */
  chunks(): Generator<RawChanges>;
}
