// A recording of format 2 from before some of its tables were thought of in, open for writing; one of today out. Used by engine/marks/closed-marks.ts.
import { allRows, textAt } from "./rows.ts";
import { tables } from "./schema.ts";
import type { Connection } from "./sqlite.ts";

/** In a transaction. What is there stays as it is, and what is added is empty: nobody recorded it. */
export function addTables(connection: Connection): void {
  const rows = allRows(connection.prepare("SELECT type, name FROM sqlite_schema WHERE sql IS NOT NULL"));
  const there = new Set(Array.from(rows, (row) => `${textAt(row, 0).toUpperCase()} ${textAt(row, 1)}`));
  for (const statement of tables) {
    const [, kind, name] = /^CREATE (?:UNIQUE )?(TABLE|INDEX) (\w+)/.exec(statement) ?? [];
    if (!there.has(`${kind} ${name}`)) connection.exec(statement);
  }
}
