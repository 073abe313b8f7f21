// Deltas in, their sums per key out, in typed arrays that grow with the highest key. Used by engine/recorder/levels.ts and totals.ts.
import type { RawDeltas } from "../../shared/records.ts";

const smallest = 1024;

export class Accumulator {
  #touched = new Uint8Array(smallest);
  #columns = columnsOf(smallest);
  #highest = -1;

  add(deltas: RawDeltas): void {
    this.#reach(deltas.key[deltas.length - 1] ?? 0);
    const { key, allocations, frees, allocatedBytes, freedBytes } = deltas;
    const into = this.#columns;
    for (let row = 0; row < deltas.length; row++) {
      const at = key[row] ?? 0;
      this.#touched[at] = 1;
      into.allocations[at] = (into.allocations[at] ?? 0) + (allocations[row] ?? 0);
      into.frees[at] = (into.frees[at] ?? 0) + (frees[row] ?? 0);
      into.allocatedBytes[at] = (into.allocatedBytes[at] ?? 0) + (allocatedBytes[row] ?? 0);
      into.freedBytes[at] = (into.freedBytes[at] ?? 0) + (freedBytes[row] ?? 0);
    }
  }

  /** Sums of the keys touched since `clear` or `settle`, keys ascending. */
  rows(): RawDeltas {
    const key = new Uint32Array(this.#highest + 1);
    let length = 0;
    for (let at = 0; at <= this.#highest; at++) if (this.#touched[at] === 1) key[length++] = at;
    const { allocations, frees, allocatedBytes, freedBytes } = this.#columns;
    const keys = key.slice(0, length);
    return {
      length,
      key: keys,
      allocations: picked(allocations, keys),
      frees: picked(frees, keys),
      allocatedBytes: picked(allocatedBytes, keys),
      freedBytes: picked(freedBytes, keys),
    };
  }

  /** Keys by what of them is live in bytes, the most first. */
  heaviest(most: number): readonly number[] {
    const { allocatedBytes, freedBytes } = this.#columns;
    const live = (at: number) => (allocatedBytes[at] ?? 0) - (freedBytes[at] ?? 0);
    const heavy: number[] = [];
    for (let at = 0; at <= this.#highest; at++) {
      const weight = live(at);
      if (weight <= 0 || (heavy.length >= most && weight <= live(heavy.at(-1) ?? 0))) continue;
      const place = heavy.findIndex((other) => live(other) < weight);
      heavy.splice(place < 0 ? heavy.length : place, 0, at);
      if (heavy.length > most) heavy.pop();
    }
    return heavy;
  }

  /** Sums go on from zero. */
  clear(): void {
    this.settle();
    for (const column of Object.values(this.#columns)) column.fill(0, 0, this.#highest + 1);
    this.#highest = -1;
  }

  /** Sums stay; the next `rows` are those of keys touched from here on. */
  settle(): void {
    this.#touched.fill(0, 0, this.#highest + 1);
  }

  #reach(key: number): void {
    this.#highest = Math.max(this.#highest, key);
    if (key < this.#touched.length) return;
    const size = 2 ** Math.ceil(Math.log2(key + 1));
    const before = this.#columns;
    const touched = new Uint8Array(size);
    touched.set(this.#touched);
    this.#touched = touched;
    this.#columns = columnsOf(size);
    this.#columns.allocations.set(before.allocations);
    this.#columns.frees.set(before.frees);
    this.#columns.allocatedBytes.set(before.allocatedBytes);
    this.#columns.freedBytes.set(before.freedBytes);
  }
}

function columnsOf(size: number) {
  const column = () => new Float64Array(size);
  return { allocations: column(), frees: column(), allocatedBytes: column(), freedBytes: column() };
}

function picked(column: Float64Array, keys: Uint32Array): Float64Array {
  const values = new Float64Array(keys.length);
  for (let row = 0; row < keys.length; row++) values[row] = column[keys[row] ?? 0] ?? 0;
  return values;
}
