// The holds of a batch in; columns by slot and in the recording's time, over which each part of hold-sums.ts goes by itself, out.
// A loop of its own over columns keeps numbers in registers; a call a hold would make an object of each.
import { holdFlags, type RawHolds } from "../../shared/records.ts";
import type { ThreadSlots } from "./thread-slots.ts";

/** Nanoseconds since the recording began. */
export interface HoldColumns {
  readonly length: number;
  readonly slot: Uint16Array;
  readonly flags: Uint8Array;
  readonly intervals: Uint32Array;
  /** Begin of the wait; of the hold where it did not sleep for the GIL. */
  readonly requested: Float64Array;
  readonly acquired: Float64Array;
  readonly released: Float64Array;
  readonly held: Float64Array;
  readonly waited: Float64Array;
}

export function columnsOf(holds: RawHolds, slots: ThreadSlots, origin: number): HoldColumns {
  const { length, thread, flags, intervals, held, waited } = holds;
  const slot = new Uint16Array(length);
  const [requested, acquired, released] = [
    new Float64Array(length),
    new Float64Array(length),
    new Float64Array(length),
  ];
  for (let row = 0; row < length; row++) {
    slot[row] = slots.of(thread[row] ?? 0);
    const end = (holds.released[row] ?? 0) - origin;
    const begin = end - (held[row] ?? 0);
    released[row] = end;
    acquired[row] = begin;
    requested[row] = (flags[row] ?? 0) & holdFlags.waited ? begin - (waited[row] ?? 0) : begin;
  }
  return { length, slot, flags, intervals, requested, acquired, released, held, waited };
}
