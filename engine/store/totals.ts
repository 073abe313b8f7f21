// Total rows and the chunks after them in; what each key adds up to, out. Used by reader.ts.

import type { RawDeltas } from "../../shared/records.ts";
import { type Count, count } from "../../shared/units.ts";
import { Accumulator } from "./accumulator.ts";
import { numberAt, pagedRows } from "./rows.ts";
import type { Connection } from "./sqlite.ts";

export const mostKeys = 1 << 22;

/** `after`: what was recorded since the totals were written. */
export function readTotals(connection: Connection, after: Iterable<{ readonly deltas: RawDeltas }>): RawDeltas {
  const totals = new Accumulator();
  totals.add(totalRows(connection));
  for (const { deltas } of after) totals.add(deltas);
  return totals.rows();
}

function totalRows(connection: Connection): RawDeltas {
  const columns = "key, allocations, frees, allocated_bytes, freed_bytes";
  const rows = Array.from(pagedRows(connection, columns, "total")).filter((row) => isOurs(numberAt(row, 0)));
  const column = (at: number) => Float64Array.from(rows, (row) => numberAt(row, at));
  return {
    length: rows.length,
    key: Uint32Array.from(rows, (row) => numberAt(row, 0)),
    allocations: column(1),
    frees: column(2),
    allocatedBytes: column(3),
    freedBytes: column(4),
  };
}

export function eventsIn(totals: RawDeltas): { readonly allocations: Count; readonly frees: Count } {
  const sum = (column: Float64Array) => count(column.reduce((total, value) => total + value, 0));
  return { allocations: sum(totals.allocations), frees: sum(totals.frees) };
}

/** True when the highest key is one that a recorder writes; `Accumulator` makes room up to it. */
export const keysAreOurs = (deltas: RawDeltas): boolean => (deltas.key[deltas.length - 1] ?? 0) < mostKeys;
const isOurs = (key: number): boolean => key >= 0 && key < mostKeys;
