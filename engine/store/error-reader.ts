// What a recording that followed the error indicator says, as interfaces: stored-errors.ts reads it from a file. Next: engine/analysis.
import type { RawErrorDeltas, RawErrorKey } from "../../shared/records.ts";

export interface ErrorTotals {
  readonly key: number;
  readonly count: number;
  readonly chained: number;
}
export interface ErrorReader {
  readonly keys: ReadonlyMap<number, RawErrorKey>;
  totals(): readonly ErrorTotals[];
  /** By key; none below privacy `full`. */
  readonly messages: ReadonlyMap<number, string>;
  /** What each batch brought, in order; `t` is its end in milliseconds. What was taken out to keep the file small is in `totals` alone. */
  chunks(): Generator<{ readonly t: number; readonly errors: RawErrorDeltas }>;
}

/** Calls of one function of the C API by one module. */
export interface CallTotals {
  readonly function: string;
  /** Path of the module that calls. */
  readonly module: string;
  readonly calls: number;
}
