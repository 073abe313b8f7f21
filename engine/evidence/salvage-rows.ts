// A table of a damaged file in; the rows that can be read, from both ends and from in between, out. Used by salvage.ts.

import type { Row } from "../store/rows.ts";
import { type Connection, errorCode } from "../store/sqlite.ts";
import type { Table } from "./rebuild.ts";

/** How often a gap is halved: 2 ** 16 rows are told apart in one of a whole table. */
const mostHalvings = 16;
const mostTries = 4096;

export interface Salvaging {
  readonly connection: Connection;
  /** No more rows than this fit into the file. */
  readonly mostRows: number;
  /** Something of this table is missing. */
  lost(table: Table): void;
}

/** Rows may come twice. The key stands before the columns of each. */
export function* salvageRows(salvaging: Salvaging, table: Table): Generator<Row> {
  const [key] = table.order;
  if (table.order.length !== 1 || key !== "rowid") return yield* fromBothEnds(salvaging, table);
  yield* between({ ...salvaging, tries: { left: mostTries } }, table, least, greatest, 0);
}

const [least, greatest] = [-(2n ** 63n), 2n ** 63n - 1n];

function* fromBothEnds(salvaging: Salvaging, table: Table): Generator<Row> {
  const query = (way: string) =>
    `SELECT ${table.selected} FROM ${table.name} ORDER BY ${table.order.map((name) => `${name} ${way}`).join(", ")}`;
  const forward = yield* untilDamage(salvaging, query("ASC"), []);
  if (forward.whole) return;
  salvaging.lost(table);
  yield* untilDamage(salvaging, query("DESC"), []);
}

interface Trying extends Salvaging {
  readonly tries: { left: number };
}

/** Rows from `from` to `to`: up from its lower end and down from its upper one; what is between is halved. */
function* between(trying: Trying, table: Table, from: bigint, to: bigint, depth: number): Generator<Row> {
  if (from > to || trying.tries.left-- <= 0) return;
  const query = (way: string) =>
    `SELECT rowid, ${table.selected} FROM ${table.name} NOT INDEXED WHERE rowid BETWEEN ? AND ? ORDER BY rowid ${way}`;
  const low = yield* withoutKey(untilDamage(trying, query("ASC"), [from, to]));
  if (low.whole) return;
  trying.lost(table);
  const high = yield* withoutKey(
    untilDamage(trying, query("DESC"), [low.last === undefined ? from : low.last + 1n, to]),
  );
  if (high.whole || depth >= mostHalvings) return;
  const [bottom, top] = [(low.last ?? from - 1n) + 1n, (high.last ?? to + 1n) - 1n];
  const middle = (bottom + top) / 2n;
  if (middle <= bottom || middle >= top) return;
  yield* between(trying, table, bottom + 1n, middle, depth + 1);
  yield* between(trying, table, middle + 1n, top - 1n, depth + 1);
}

interface Reached {
  readonly whole: boolean;
  readonly last: bigint | undefined;
}

/** Rows up to where the file can be read. */
function* untilDamage(
  { connection, mostRows }: Salvaging,
  query: string,
  values: readonly bigint[],
): Generator<Row, Reached> {
  let last: bigint | undefined;
  let count = 0;
  try {
    for (const row of connection
      .prepare(query)
      .safeIntegers()
      .raw()
      .iterate(...values)) {
      if (!Array.isArray(row)) continue;
      if (++count > mostRows) return { whole: false, last };
      last = typeof row[0] === "bigint" ? row[0] : undefined;
      yield row;
    }
    return { whole: true, last };
  } catch (error) {
    if (errorCode(error) === undefined) throw error;
    return { whole: false, last };
  }
}

function* withoutKey(rows: Generator<Row, Reached>): Generator<Row, Reached> {
  for (;;) {
    const next = rows.next();
    if (next.done === true) return next.value;
    yield next.value.slice(1);
  }
}
