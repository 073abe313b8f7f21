// Holds in; what each thread's add up to, and how long they were, out. Used by hold-sums.ts.
import { holdFlags } from "../../shared/records.ts";
import type { TotalRow } from "../store/gil-writer.ts";
import { Histograms } from "../store/histogram.ts";
import type { HoldColumns } from "./hold-columns.ts";
import { grown } from "./thread-slots.ts";

/** Numbers kept of each thread, side by side in one row. */
const column = { holds: 0, held: 1, waits: 2, waited: 3, forced: 4, switched: 5, holdMax: 6, waitMax: 7 } as const;
const width = 8;

export class ThreadSums {
  readonly holdLengths = new Histograms();
  readonly waitLengths = new Histograms();
  #sums = new Float64Array(0);
  #changed = new Uint8Array(0);

  reach(capacity: number): void {
    this.#sums = grown(this.#sums, new Float64Array(capacity * width));
    this.#changed = grown(this.#changed, new Uint8Array(capacity));
    this.holdLengths.reach(capacity);
    this.waitLengths.reach(capacity);
  }

  add({ length, slot: slots, flags, held: lengths, waited: waits }: HoldColumns): void {
    const sums = this.#sums;
    for (let row = 0; row < length; row++) {
      const slot = slots[row] ?? 0;
      const at = slot * width;
      const bits = flags[row] ?? 0;
      const held = lengths[row] ?? 0;
      this.#changed[slot] = 1;
      sums[at + column.holds] = (sums[at + column.holds] ?? 0) + 1;
      sums[at + column.held] = (sums[at + column.held] ?? 0) + held;
      if (held > (sums[at + column.holdMax] ?? 0)) sums[at + column.holdMax] = held;
      if (bits & holdFlags.forced) sums[at + column.forced] = (sums[at + column.forced] ?? 0) + 1;
      if (bits & holdFlags.switched) sums[at + column.switched] = (sums[at + column.switched] ?? 0) + 1;
      if (!(bits & holdFlags.waited)) continue;
      const waited = waits[row] ?? 0;
      sums[at + column.waits] = (sums[at + column.waits] ?? 0) + 1;
      sums[at + column.waited] = (sums[at + column.waited] ?? 0) + waited;
      if (waited > (sums[at + column.waitMax] ?? 0)) sums[at + column.waitMax] = waited;
    }
    this.holdLengths.add(slots, lengths, flags, 0);
    this.waitLengths.add(slots, waits, flags, holdFlags.waited);
  }

  /** Slots below `count` that had holds since the last time. */
  takeChanged(count: number): readonly number[] {
    const slots: number[] = [];
    for (let slot = 0; slot < count; slot++) if (this.#changed[slot] === 1) slots.push(slot);
    this.#changed.fill(0);
    return slots;
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
