// Keys and their totals in; groups of keys that a reader would call the same, with their sums, out. Used by sites.ts and types.ts.
import type { RawDeltas } from "../../shared/records.ts";

export interface Sums {
  live: number;
  liveBytes: number;
  allocated: number;
  freed: number;
}
export interface Groups<T> {
  readonly rows: readonly { readonly what: T; readonly sums: Readonly<Sums> }[];
  /** Group of a key; -1: none. */
  readonly groupOf: Int32Array;
}

/** `nameOf` gives a key's group by a text or a number that only its equals have, or undefined to leave it out. */
export function groupKeys<T>(
  totals: RawDeltas,
  nameOf: (key: number) => { readonly id: string | number; readonly what: T } | undefined,
): Groups<T> {
  const rows: { what: T; sums: Sums }[] = [];
  const known = new Map<string | number, number>();
  const groupOf = new Int32Array((totals.key[totals.length - 1] ?? 0) + 1).fill(-1);
  for (let row = 0; row < totals.length; row++) {
    const key = totals.key[row] ?? 0;
    const named = nameOf(key);
    if (!named) continue;
    const group =
      known.get(named.id) ??
      rows.push({ what: named.what, sums: { live: 0, liveBytes: 0, allocated: 0, freed: 0 } }) - 1;
    known.set(named.id, group);
    groupOf[key] = group;
    const into = rows[group];
    if (into) addTotals(into.sums, totals, row);
  }
  return { rows, groupOf };
}

function addTotals(sums: Sums, totals: RawDeltas, row: number): void {
  const [allocated, freed] = [totals.allocations[row] ?? 0, totals.frees[row] ?? 0];
  sums.allocated += allocated;
  sums.freed += freed;
  sums.live += allocated - freed;
  sums.liveBytes += (totals.allocatedBytes[row] ?? 0) - (totals.freedBytes[row] ?? 0);
}
