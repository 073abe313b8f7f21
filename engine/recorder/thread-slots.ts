// Ids of threads in, small numbers without gaps out, by which the tables of this room are indexed. Used by hold-sums.ts and what it feeds.
import { otherThreads } from "../store/schema-gil.ts";

/** More threads than this in one recording are summed up as one: what each takes here and in the file is bounded. */
const mostSlots = 1 << 15;
const fewest = 64;

/** Slot 0 is of the threads that are not told apart. */
export class ThreadSlots {
  #slots = new Uint16Array(fewest);
  #ids = Uint32Array.of(otherThreads, ...new Uint32Array(fewest - 1));
  #count = 1;

  get count(): number {
    return this.#count;
  }
  /** Rises by doubling; what is indexed by slot has room for so many. */
  get capacity(): number {
    return this.#ids.length;
  }
  idOf(slot: number): number {
    return this.#ids[slot] ?? otherThreads;
  }

  of(id: number): number {
    const slot = this.#slots[id];
    return slot === undefined || slot === 0 ? this.#assign(id) : slot;
  }

  #assign(id: number): number {
    if (this.#count >= mostSlots || id >= otherThreads) return 0;
    if (id >= this.#slots.length) this.#slots = grown(this.#slots, new Uint16Array(2 ** Math.ceil(Math.log2(id + 1))));
    const slot = this.#count++;
    if (slot >= this.#ids.length) this.#ids = grown(this.#ids, new Uint32Array(this.#ids.length * 2));
    this.#slots[id] = slot;
    this.#ids[slot] = id;
    return slot;
  }
}

/** What `from` has, in the larger array. */
export function grown<T extends Uint8Array | Uint16Array | Uint32Array | Float64Array>(from: T, into: T): T {
  into.set(from);
  return into;
}
