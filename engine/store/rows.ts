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

export function* allRows(statement: Statement<unknown[]>, ...values: readonly (number | string)[]): Generator<Row> {
  for (const row of statement.raw().iterate(...values)) if (Array.isArray(row)) yield row;
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
