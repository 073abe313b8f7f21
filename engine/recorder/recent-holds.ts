// Holds in their order in; who held during a span of time out, at a cost that is bounded however many holds that was. Used by blame.ts.
import type { Shares } from "./shares.ts";
import { grown } from "./thread-slots.ts";

const fewest = 1 << 12;
/** A wait through more holds than this, the oldest of them are forgotten, is shared by those that are kept. */
const most = 1 << 20;
/** What each thread held in all is remembered once a block, so that a span of whole blocks is one subtraction a thread. */
const block = 64;
/** There are more holds than 32 bits count in an hour. */
const blockOf = (sequence: number): number => Math.floor(sequence / block);
/** Doubles kept for the blocks of many threads. */
const mostSums = 1 << 22;

/** From when to when; an array, because a number that is passed on is boxed, and there are millions of waits. */
export type Wait = Float64Array;

export class RecentHolds {
  #released = new Float64Array(fewest);
  #held = new Float64Array(fewest);
  #slot = new Uint16Array(fewest);
  #mask = fewest - 1;
  #count = 0;
  /** What each slot held in all, now and at the start of each kept block. */
  #sums = new Float64Array(0);
  #blocks: Float64Array[] = [];

  reach(capacity: number): void {
    this.#sums = grown(this.#sums, new Float64Array(capacity));
  }

  /** The hold in this row of the columns. */
  push(slot: number, released: Float64Array, held: Float64Array, row: number): void {
    if (this.#count > this.#mask) this.#grow();
    if ((this.#count & (block - 1)) === 0) this.#startBlock();
    const at = this.#count++ & this.#mask;
    const length = held[row] ?? 0;
    this.#released[at] = released[row] ?? 0;
    this.#held[at] = length;
    this.#slot[at] = slot;
    this.#sums[slot] = (this.#sums[slot] ?? 0) + length;
  }

  /** Slot of the newest hold when it alone lay in the wait; -1 when there were several, or none. */
  only(wait: Wait): number {
    if (this.#count === 0) return -1;
    const at = (this.#count - 1) & this.#mask;
    const from = wait[0] ?? 0;
    const released = this.#released[at] ?? 0;
    return released > from && released - (this.#held[at] ?? 0) <= from ? (this.#slot[at] ?? 0) : -1;
  }

  /** Gives each thread what it held during the wait, which ended no earlier than the newest hold. */
  share(wait: Wait, into: Shares): void {
    const oldest = Math.max(0, this.#count - this.#mask - 1);
    const edge = Math.max(oldest, blockOf(this.#count - 1) * block);
    if (this.#back(this.#count - 1, edge, wait, into) || edge === oldest) return;
    const first = this.#firstAfter(wait, oldest, edge);
    const start = Math.min(edge, (blockOf(first) + 1) * block);
    this.#back(start - 1, first, wait, into);
    if (start < edge) this.#whole(start, edge, into);
  }

  /** Hold by hold from a newer to an older one; true when one ended before the wait began, and so did all before it. */
  #back(newest: number, oldest: number, wait: Wait, into: Shares): boolean {
    const releases = this.#released;
    const lengths = this.#held;
    const holders = this.#slot;
    const mask = this.#mask;
    const { ns, slots } = into;
    const from = wait[0] ?? 0;
    const to = wait[1] ?? 0;
    let count = into.count;
    let over = false;
    for (let sequence = newest; sequence >= oldest; sequence--) {
      const at = sequence & mask;
      const released = releases[at] ?? 0;
      over = released <= from;
      if (over) break;
      const acquired = released - (lengths[at] ?? 0);
      const share = (released < to ? released : to) - (acquired > from ? acquired : from);
      if (share <= 0) continue;
      const slot = holders[at] ?? 0;
      const there = ns[slot] ?? 0;
      if (there === 0) slots[count++] = slot;
      ns[slot] = there + share;
    }
    into.count = count;
    return over;
  }

  /** Holds from one start of a block to another. */
  #whole(start: number, end: number, into: Shares): void {
    const before = this.#blockAt(start);
    const after = this.#blockAt(end);
    if (!before || !after) return;
    for (let slot = 0; slot < after.length; slot++) into.add(slot, (after[slot] ?? 0) - (before[slot] ?? 0));
  }

  /** The first kept hold that was released after the wait began; `end` when none before it was. */
  #firstAfter(wait: Wait, start: number, end: number): number {
    const time = wait[0] ?? 0;
    let [low, high] = [start, end];
    while (low < high) {
      const middle = Math.floor((low + high) / 2);
      if ((this.#released[middle & this.#mask] ?? 0) > time) high = middle;
      else low = middle + 1;
    }
    return low;
  }

  #blockAt(sequence: number): Float64Array | undefined {
    return this.#blocks[blockOf(sequence) % this.#blockCount()];
  }
  /** One more than the holds fill: the oldest block is begun while the newest is. */
  #blockCount(): number {
    return (this.#mask + 1) / block + 1;
  }

  #startBlock(): void {
    const at = blockOf(this.#count) % this.#blockCount();
    const there = this.#blocks[at];
    if (there?.length === this.#sums.length) there.set(this.#sums);
    else this.#blocks[at] = this.#sums.slice();
  }

  /** Room for twice as many, while that is not too much. */
  #grow(): void {
    const size = (this.#mask + 1) * 2;
    if (size > most || (size / block) * this.#sums.length > mostSums || this.#count > this.#mask + 1) return;
    this.#released = grown(this.#released, new Float64Array(size));
    this.#held = grown(this.#held, new Float64Array(size));
    this.#slot = grown(this.#slot, new Uint16Array(size));
    this.#mask = size - 1;
    this.#blocks = this.#blocks.slice(0, blockOf(this.#count));
  }
}
