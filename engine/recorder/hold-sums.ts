// Decoded holds in, in the order of their release; what they add up to out: sums and lengths for each thread, blame, long holds and
// lanes. Next: gil-recorder.ts has it stored.
import { holdFlags, type RawGil, type RawHolds } from "../../shared/records.ts";
import type { LaneChunk, LongHoldEntry, Spread, TotalRow } from "../store/gil-writer.ts";
import { VarintWriter } from "../store/varints.ts";
import { Blame } from "./blame.ts";
import { columnsOf, type HoldColumns } from "./hold-columns.ts";
import { Lanes } from "./lanes.ts";
import { LongHolds } from "./long-holds.ts";
import { ThreadSlots } from "./thread-slots.ts";
import { ThreadSums } from "./thread-sums.ts";

/** Histograms and blame of so many threads are written with a batch, at most; their sums always are. */
const spreadsAtOnce = 128;

export class HoldSums {
  readonly #slots = new ThreadSlots();
  readonly #sums = new ThreadSums();
  readonly #blame = new Blame();
  readonly #lanes = new Lanes(this.#slots);
  readonly #long = new LongHolds();
  readonly #thresholdNs: number;
  readonly #varints = new VarintWriter();
  #capacity = 0;
  /** Slots with holds since their histograms were written, the longest first. */
  readonly #spread = new Set<number>();

  constructor(thresholdNs: number) {
    this.#thresholdNs = thresholdNs;
    this.#reach();
  }

  /** Long holds that are not listed. */
  get longHoldsLeft(): number {
    return this.#long.left;
  }
  get blameLost(): number {
    return this.#blame.pairs.lost;
  }

  add(holds: RawHolds, origin: number): void {
    const columns = columnsOf(holds, this.#slots, origin);
    if (this.#slots.capacity !== this.#capacity) this.#reach();
    this.#sums.add(columns);
    this.#lanes.add(columns);
    this.#blame.add(columns);
    this.#addLong(holds, columns);
  }

  /** What the waits that have not ended are blamed on, for `GilWriter.state`. */
  openBlame(gil: RawGil, origin: number, now: number): readonly number[] {
    for (const { thread } of gil.open) this.#slotOf(thread);
    return this.#blame.open(gil, this.#slots, origin, now);
  }

  /** No more holds will come: who still waits waited for what ended last. */
  finish(gil: RawGil | undefined, origin: number): void {
    for (const { thread, state, since } of gil?.open ?? [])
      if (state === "waiting") this.#long.waited(thread, since - origin);
    this.#long.finish();
  }

  takeTotals(): readonly TotalRow[] {
    const rows: TotalRow[] = [];
    for (const slot of this.#sums.takeChanged(this.#slots.count)) {
      this.#spread.add(slot);
      rows.push(this.#sums.row(slot, this.#slots.idOf(slot)));
    }
    return rows;
  }
  /** After `takeTotals`. `all`: however many there are. */
  takeSpreads(all: boolean): readonly Spread[] {
    const slots = [...this.#spread].slice(0, all ? undefined : spreadsAtOnce);
    for (const slot of slots) this.#spread.delete(slot);
    return slots.map((slot) => ({
      thread: this.#slots.idOf(slot),
      holds: this.#encoded((out) => this.#sums.holdLengths.encode(slot, out)),
      waits: this.#encoded((out) => this.#sums.waitLengths.encode(slot, out)),
      blame: this.#encoded((out) => this.#blame.pairs.encode(slot, (of) => this.#slots.idOf(of), out)),
    }));
  }
  takeLongHolds(): { readonly changed: readonly LongHoldEntry[]; readonly gone: readonly number[] } {
    return this.#long.take();
  }
  takeLanes(t: number, last: boolean): readonly LaneChunk[] {
    return this.#lanes.take(t, last);
  }

  #addLong(holds: RawHolds, { length, slot, flags, requested, acquired, held }: HoldColumns): void {
    for (let row = 0; row < length; row++) {
      const from = requested[row] ?? 0;
      const begin = acquired[row] ?? 0;
      if (from < begin && from < this.#long.newest) this.#long.waited(this.#slots.idOf(slot[row] ?? 0), from);
      if ((held[row] ?? 0) < this.#thresholdNs) continue;
      const unfinished = ((flags[row] ?? 0) & holdFlags.unfinished) !== 0;
      const [index, thread] = [holds.index[row] ?? 0, holds.thread[row] ?? 0];
      this.#long.add({ index, thread, acquired: begin, held: held[row] ?? 0, waited: 0, unfinished, waiters: [] });
    }
  }

  #slotOf(thread: number): number {
    const slot = this.#slots.of(thread);
    if (slot >= this.#capacity) this.#reach();
    return slot;
  }
  #reach(): void {
    this.#capacity = this.#slots.capacity;
    for (const part of [this.#sums, this.#blame, this.#lanes]) part.reach(this.#capacity);
  }
  #encoded(write: (out: VarintWriter) => void): Uint8Array {
    this.#varints.clear();
    write(this.#varints);
    return this.#varints.bytes();
  }
}
