// Who waited for whom and how long, one wait at a time, in; what it adds up to for each pair of threads out. Used by blame.ts.
import type { VarintWriter } from "../store/varints.ts";
import { whole } from "../store/whole.ts";
import type { Shares } from "./shares.ts";
import { grown } from "./thread-slots.ts";

const fewest = 1 << 8;
/** Of more pairs than this the later ones are not kept; a thousand threads that all wait for each other have as many. */
const most = 1 << 20;
/** Knuth's multiplier: spreads neighbouring keys over the table. */
const spread = 0x9e3779b1;

/** Open addressing in typed arrays: a pair is looked up for each hold of each wait. */
export class Pairs {
  /** Keys plus one, 0 for an empty place, and the number of the pair beside it. */
  #keys = new Uint32Array(2 * fewest);
  #numbers = new Uint32Array(2 * fewest);
  #holders = new Uint32Array(fewest);
  #ns = new Float64Array(fewest);
  #convoyWaits = new Float64Array(fewest);
  #convoyNs = new Float64Array(fewest);
  #count = 0;
  #lost = 0;
  readonly #ofWaiter: number[][] = [];

  /** Nanoseconds blamed on pairs that were one too many. */
  get lost(): number {
    return this.#lost;
  }

  add(waiter: number, holder: number, ns: number): void {
    const pair = this.#find(waiter, holder);
    if (pair < 0) this.#lost += ns;
    else this.#ns[pair] = (this.#ns[pair] ?? 0) + ns;
  }
  /** Gives the holders their parts of a wait; the one with the largest comes back, -1 when there is none. */
  addShares(waiter: number, { count, slots, ns }: Shares, scale: Float64Array): number {
    const by = scale[0] ?? 0;
    let most = -1;
    let largest = 0;
    for (let at = 0; at < count; at++) {
      const holder = slots[at] ?? 0;
      if (holder === waiter) continue;
      const share = ns[holder] ?? 0;
      const pair = this.#find(waiter, holder);
      if (pair < 0) this.#lost += share * by;
      else this.#ns[pair] = (this.#ns[pair] ?? 0) + share * by;
      if (share <= largest) continue;
      most = holder;
      largest = share;
    }
    return most;
  }
  convoy(waiter: number, holder: number, ns: number): void {
    const pair = this.#find(waiter, holder);
    if (pair < 0) return;
    this.#convoyWaits[pair] = (this.#convoyWaits[pair] ?? 0) + 1;
    this.#convoyNs[pair] = (this.#convoyNs[pair] ?? 0) + ns;
  }

  /** For each pair of a waiter: holder, nanoseconds, waits of a whole interval, nanoseconds of these. */
  encode(waiter: number, idOf: (slot: number) => number, into: VarintWriter): void {
    for (const pair of this.#ofWaiter[waiter] ?? []) {
      into.unsigned(idOf(this.#holders[pair] ?? 0));
      into.unsigned(whole(this.#ns[pair] ?? 0));
      into.unsigned(this.#convoyWaits[pair] ?? 0);
      into.unsigned(whole(this.#convoyNs[pair] ?? 0));
    }
  }

  /** Slots have 15 bits, so a pair of them is a small integer. */
  #find(waiter: number, holder: number): number {
    const key = ((waiter << 15) | holder) + 1;
    const mask = this.#keys.length - 1;
    for (let at = (Math.imul(key, spread) >>> 7) & mask; ; at = (at + 1) & mask) {
      const there = this.#keys[at] ?? 0;
      if (there === key) return this.#numbers[at] ?? 0;
      if (there === 0) return this.#insert(key, waiter, holder);
    }
  }

  #insert(key: number, waiter: number, holder: number): number {
    if (this.#count >= most) return -1;
    if (this.#count === this.#holders.length) this.#grow();
    const pair = this.#count++;
    this.#place(key, pair);
    this.#holders[pair] = holder;
    for (let next = this.#ofWaiter.length; next <= waiter; next++) this.#ofWaiter.push([]);
    this.#ofWaiter[waiter]?.push(pair);
    return pair;
  }

  #place(key: number, pair: number): void {
    const mask = this.#keys.length - 1;
    let at = (Math.imul(key, spread) >>> 7) & mask;
    while ((this.#keys[at] ?? 0) !== 0) at = (at + 1) & mask;
    this.#keys[at] = key;
    this.#numbers[at] = pair;
  }

  #grow(): void {
    const size = this.#holders.length * 2;
    this.#holders = grown(this.#holders, new Uint32Array(size));
    this.#ns = grown(this.#ns, new Float64Array(size));
    this.#convoyWaits = grown(this.#convoyWaits, new Float64Array(size));
    this.#convoyNs = grown(this.#convoyNs, new Float64Array(size));
    const [keys, numbers] = [this.#keys, this.#numbers];
    this.#keys = new Uint32Array(2 * size);
    this.#numbers = new Uint32Array(2 * size);
    for (let at = 0; at < keys.length; at++) if ((keys[at] ?? 0) !== 0) this.#place(keys[at] ?? 0, numbers[at] ?? 0);
  }
}
