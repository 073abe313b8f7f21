// The rows of a recording that refer to a name in; what each name is used as, out: the same text may name a file and a thread. Used by redact.ts.

import { allRows, boundedText, numberAt } from "../store/rows.ts";
import type { Connection } from "../store/sqlite.ts";
import type { Table } from "./rebuild.ts";
import type { TextRedactor, TextRole } from "./redact-texts.ts";

/** Columns that hold the id of a name; tables that a format does not have are passed over. */
const columns: readonly (readonly [table: string, column: string, role: TextRole])[] = [
  ["type", "name", "name"],
  ["code", "function", "name"],
  ["code", "file", "path"],
  ["module", "path", "path"],
  ["symbol", "module", "path"],
  ["symbol", "function", "name"],
  ["thread", "name", "thread"],
  ["thread", "kernel_name", "thread"],
  ["call", "function", "name"],
  ["call", "module", "path"],
  ["watched", "type", "name"],
  ["audit_function", "module", "path"],
  ["audit_function", "name", "name"],
  ["audit_keep", "role", "name"],
  ["audit_keep", "api", "name"],
  ["audit_finding", "api", "name"],
  ["audit_missed", "api", "name"],
  ["audit_abi", "module", "path"],
  ["source_line", "function", "name"],
  ["source_line", "file", "path"],
  ["source_file", "file", "path"],
  ["source_text", "file", "path"],
];

export const roleOf = (table: string, column: string): TextRole | undefined =>
  columns.find(([name, of]) => name === table && of === column)?.[2];

export interface NewName {
  readonly id: bigint;
  readonly text: string;
  readonly was: string;
  readonly role: TextRole;
}

/** A name for each text and use: the first keeps its id. A name that nothing refers to does not come along. */
export function redactNames(
  connection: Connection,
  tables: readonly Table[],
  redactor: TextRedactor,
): ReadonlyMap<string, NewName> {
  const texts = new Map(
    Array.from(allRows(connection.prepare(`SELECT id, ${boundedText("text")} FROM name`)), (row) => [
      numberAt(row, 0),
      String(row[1]),
    ]),
  );
  const named = new Map<string, NewName>();
  const taken = new Set<number>();
  let next = Math.max(0, ...texts.keys());
  for (const [table, column, role] of columns) {
    if (!tables.some(({ name, columns }) => name === table && columns.includes(column))) continue;
    for (const row of allRows(connection.prepare(`SELECT DISTINCT ${column} FROM ${table}`))) {
      const id = numberAt(row, 0);
      const was = texts.get(id);
      if (was === undefined || named.has(keyOf(id, role))) continue;
      const text = redactor.redact(was, role);
      const own = taken.has(id) ? ++next : id;
      taken.add(id);
      named.set(keyOf(id, role), { id: BigInt(own), text, was, role });
    }
  }
  return named;
}

export const keyOf = (id: number | bigint, role: TextRole): string => `${role} ${id}`;
