// Holds in the order of their release in; who held the GIL at a moment, out. Keeps the newest ones only. Used by holds.ts and the export.
import type { RawHolds } from "../../shared/records.ts";

/** Holds of one GIL do not overlap, so that one binary search finds the holder. */
export class HolderLog {
  readonly #capacity: number;
  readonly #thread: Uint32Array;
  readonly #acquired: Float64Array;
  readonly #released: Float64Array;
  #added = 0;

  constructor(capacity: number) {
    this.#capacity = Math.max(1, capacity);
    this.#thread = new Uint32Array(this.#capacity);
    this.#acquired = new Float64Array(this.#capacity);
    this.#released = new Float64Array(this.#capacity);
  }

  add({ thread, released, held }: Pick<RawHolds, "thread" | "released" | "held">, row: number): void {
    const slot = this.#added++ % this.#capacity;
    const end = released[row] ?? 0;
    this.#thread[slot] = thread[row] ?? 0;
    this.#released[slot] = end;
    this.#acquired[slot] = end - (held[row] ?? 0);
  }

  /** Undefined when nobody held it then, or when it is too long ago. */
  at(time: number): number | undefined {
    let [low, high] = [Math.max(0, this.#added - this.#capacity), this.#added];
    while (low < high) {
      const middle = Math.floor((low + high) / 2);
      if ((this.#released[middle % this.#capacity] ?? 0) <= time) low = middle + 1;
      else high = middle;
    }
    const slot = low % this.#capacity;
    return low < this.#added && (this.#acquired[slot] ?? 0) <= time ? this.#thread[slot] : undefined;
  }
}
