// Holds one by one in; what each thread's add up to, and how long they were, out. Used by hold-sums.ts.
import { holdFlags } from "../../shared/records.ts";
import type { TotalRow } from "../store/gil-writer.ts";
import { Histograms } from "../store/histogram.ts";
import { grown } from "./thread-slots.ts";

/** Numbers kept of each thread, side by side in one row. */
const column = { holds: 0, held: 1, waits: 2, waited: 3, forced: 4, switched: 5, holdMax: 6, waitMax: 7 } as const;
const width = 8;

export class ThreadSums {
  readonly holdLengths = new Histograms();
  readonly waitLengths = new Histograms();
  #sums = new Float64Array(0);

  reach(capacity: number): void {
    this.#sums = grown(this.#sums, new Float64Array(capacity * width));
    this.holdLengths.reach(capacity);
    this.waitLengths.reach(capacity);
  }

  add(slot: number, flags: number, held: number, waited: number): void {
    const sums = this.#sums;
    const row = slot * width;
    sums[row + column.holds] = (sums[row + column.holds] ?? 0) + 1;
    sums[row + column.held] = (sums[row + column.held] ?? 0) + held;
    if (held > (sums[row + column.holdMax] ?? 0)) sums[row + column.holdMax] = held;
    if (flags & holdFlags.forced) sums[row + column.forced] = (sums[row + column.forced] ?? 0) + 1;
    if (flags & holdFlags.switched) sums[row + column.switched] = (sums[row + column.switched] ?? 0) + 1;
    this.holdLengths.add(slot, held);
    if (!(flags & holdFlags.waited)) return;
    sums[row + column.waits] = (sums[row + column.waits] ?? 0) + 1;
    sums[row + column.waited] = (sums[row + column.waited] ?? 0) + waited;
    if (waited > (sums[row + column.waitMax] ?? 0)) sums[row + column.waitMax] = waited;
    this.waitLengths.add(slot, waited);
  }

  row(slot: number, thread: number): TotalRow {
    const at = (of: number) => this.#sums[slot * width + of] ?? 0;
    return {
      thread,
      holds: at(column.holds),
      held: at(column.held),
      waits: at(column.waits),
      waited: at(column.waited),
      forced: at(column.forced),
      switched: at(column.switched),
      holdMax: at(column.holdMax),
      waitMax: at(column.waitMax),
    };
  }
}
