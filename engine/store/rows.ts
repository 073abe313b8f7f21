// Rows of a file that anybody may have written in; numbers, texts and bytes of a bounded size out. Used by open.ts, reader.ts.
import type { Damage } from "./intact.ts";
import { type Connection, errorCode, type Statement } from "./sqlite.ts";

export type Row = readonly unknown[];
export const longestText = 512;
/** What one value of the file may take; SQL asks `octet_length` first, so a larger one is never loaded. */
export const longestBlob = 64 * 2 ** 20;
/** Rows read of one table at most. */
export const mostRows = 4_000_000;

/** A column by its name, something short when it is larger than anything a recorder writes; NULL stays NULL. */
export const boundedText = (column: string) => `iif(octet_length(${column}) > 65536, '(too long)', ${column})`;
export const boundedBlob = (column: string) => `iif(octet_length(${column}) <= ${longestBlob}, ${column}, x'')`;

export function oneRow(statement: Statement<unknown[]>): Row | undefined {
  const row = statement.raw().get();
  return Array.isArray(row) ? row : undefined;
}

export function firstRow(statement: Statement<unknown[]>, ...values: readonly (number | string)[]): Row | undefined {
  for (const row of allRows(statement, ...values)) return row;
  return undefined;
}

export function* allRows(statement: Statement<unknown[]>, ...values: readonly (number | string)[]): Generator<Row> {
  for (const row of statement.raw().iterate(...values)) if (Array.isArray(row)) yield row;
}

/** Rows taken at a time where a table may have a million: three times as quick as one after another. */
const rowsAtOnce = 2000;

/** All rows of a table whose first column is its INTEGER PRIMARY KEY, by it. */
export function* pagedRows(connection: Connection, columns: string, table: string): Generator<Row> {
  const [id] = columns.split(",");
  const page = connection.prepare(`SELECT ${columns} FROM ${table} WHERE ${id} > ? ORDER BY ${id} LIMIT ${rowsAtOnce}`);
  page.raw();
  let last = Number.MIN_SAFE_INTEGER;
  for (let left = mostRows; left > 0; left -= rowsAtOnce) {
    const rows = page.all(last).filter((row) => Array.isArray(row));
    yield* rows;
    const end = numberAt(rows.at(-1) ?? [], 0);
    // In a damaged file ids may go round in circles.
    if (rows.length < rowsAtOnce || end <= last) return;
    last = end;
  }
}

/** A connection whose file may be damaged anywhere, and where that is counted. */
export interface Source {
  readonly connection: Connection;
  readonly damage: Damage;
}

/** Rows up to where the file can be read; a page that cannot counts as one damaged part. */
export function* readableRows(
  { connection, damage }: Source,
  query: string,
  ...values: readonly (number | string)[]
): Generator<Row> {
  try {
    yield* allRows(connection.prepare(query), ...values);
  } catch (error) {
    if (errorCode(error) === undefined) throw error;
    damage.add();
  }
}
/** The first of them. */
export function readableRow(source: Source, query: string, ...values: readonly (number | string)[]): Row | undefined {
  for (const row of readableRows(source, query, ...values)) return row;
  return undefined;
}

export function numberAt(row: Row, column: number): number {
  const value = row[column];
  return typeof value === "number" && Number.isSafeInteger(value) ? value : 0;
}

export function textAt(row: Row, column: number): string {
  const value = row[column];
  return typeof value === "string" ? cut(value) : "";
}

export function bytesAt(row: Row, column: number): Uint8Array {
  const value = row[column];
  return value instanceof Uint8Array ? value : new Uint8Array();
}

export function wordsOf(statement: Statement<unknown[]>): ReadonlyMap<string, string> {
  return new Map(Array.from(allRows(statement), (row) => [textAt(row, 0), textAt(row, 1)]));
}

export const cut = (text: string): string => (text.length > longestText ? `${text.slice(0, longestText - 1)}…` : text);
