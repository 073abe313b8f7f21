// Decoded holds in, in the order of their release; what they add up to out: sums and lengths for each thread, blame, long holds and
// lanes. No object is made for a hold. Next: gil-recorder.ts has it stored.
import { holdFlags, type RawGil, type RawHolds } from "../../shared/records.ts";
import type { LaneChunk, LongHoldEntry, Spread, TotalRow } from "../store/gil-writer.ts";
import { runKinds } from "../store/lane-records.ts";
import { VarintWriter } from "../store/varints.ts";
import { Blame } from "./blame.ts";
import { Lanes } from "./lanes.ts";
import { LongHolds } from "./long-holds.ts";
import { grown, ThreadSlots } from "./thread-slots.ts";
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
  /** Slots with holds since their sums were written, and since their histograms were: the longest first. */
  #isChanged = new Uint8Array(0);
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
    const { length, thread, flags, intervals, released, held: lengths, waited: waits } = holds;
    for (let row = 0; row < length; row++) {
      const slot = this.#slotOf(thread[row] ?? 0);
      const [end, held, waited, bits] = [
        (released[row] ?? 0) - origin,
        lengths[row] ?? 0,
        waits[row] ?? 0,
        flags[row] ?? 0,
      ];
      const acquired = end - held;
      if (bits & holdFlags.waited) this.#wait(slot, acquired - waited, acquired, (intervals[row] ?? 0) > 0);
      this.#sums.add(slot, bits, held, waited);
      this.#lanes.span(slot, acquired, end, runKinds.held, 1);
      this.#blame.held(slot, end, held);
      this.#isChanged[slot] = 1;
      if (held >= this.#thresholdNs) this.#longHold(holds, row, acquired);
    }
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
    for (let slot = 0; slot < this.#slots.count; slot++) {
      if (this.#isChanged[slot] !== 1) continue;
      this.#isChanged[slot] = 0;
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

  #wait(slot: number, from: number, to: number, convoy: boolean): void {
    this.#lanes.span(slot, from, to, runKinds.waited, 0);
    this.#blame.waited(slot, from, to, convoy);
    if (from < this.#long.newest) this.#long.waited(this.#slots.idOf(slot), from);
  }

  #longHold(holds: RawHolds, row: number, acquired: number): void {
    const unfinished = ((holds.flags[row] ?? 0) & holdFlags.unfinished) !== 0;
    const [index, thread, held] = [holds.index[row] ?? 0, holds.thread[row] ?? 0, holds.held[row] ?? 0];
    this.#long.add({ index, thread, acquired, held, waited: 0, unfinished, waiters: [] });
  }

  #slotOf(thread: number): number {
    const slot = this.#slots.of(thread);
    if (slot >= this.#capacity) this.#reach();
    return slot;
  }
  #reach(): void {
    this.#capacity = this.#slots.capacity;
    this.#isChanged = grown(this.#isChanged, new Uint8Array(this.#capacity));
    for (const part of [this.#sums, this.#blame, this.#lanes]) part.reach(this.#capacity);
  }
  #encoded(write: (out: VarintWriter) => void): Uint8Array {
    this.#varints.clear();
    write(this.#varints);
    return this.#varints.bytes();
  }
}
