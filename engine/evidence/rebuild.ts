// An open recording and what becomes of its rows in; a new file with them, closed and sealed, out: what was in the old file's free pages is not in it. Used by
// salvage.ts, redact.ts.
import { chmodSync, closeSync, openSync, renameSync, rmSync, statSync } from "node:fs";
import { resolve } from "node:path";
import { fail, ok, type Result } from "../../shared/failures.ts";
import { formatOf } from "../store/facts.ts";
import { readHeader } from "../store/header.ts";
import { manifestOf } from "../store/manifest.ts";
import { boundedBlob, boundedText, type Row, textAt } from "../store/rows.ts";
import { applicationId, pageBytes } from "../store/schema.ts";
import { sealBytes, unsealed } from "../store/seal.ts";
import { type Connection, connectForWriting, errorCode, writeFailure } from "../store/sqlite.ts";

export interface Table {
  readonly name: string;
  readonly columns: readonly string[];
  /** Columns that order its rows; `rowid` where it has one. */
  readonly order: readonly string[];
  /** Its columns for a SELECT, no value larger than a recorder writes. */
  readonly selected: string;
}
/** What of a table is written into the new file: its rows, or others. */
export type RowsOf = (table: Table) => Iterable<Row>;

const ownerOnly = 0o600;

/** Of a file whose schema was compared with ours. */
export function tablesIn(connection: Connection): readonly Table[] {
  const names = connection
    .prepare("SELECT name, sql FROM sqlite_schema WHERE type = 'table' ORDER BY rowid")
    .raw()
    .all();
  return names.filter(Array.isArray).map((row: Row) => tableOf(connection, textAt(row, 0)));
}

function tableOf(connection: Connection, name: string): Table {
  const rows = connection.prepare("SELECT name, type, pk FROM pragma_table_info(?) ORDER BY cid").raw().all(name);
  const columns = rows
    .filter(Array.isArray)
    .map((row: Row) => ({ name: textAt(row, 0), type: row[1], pk: Number(row[2]) }));
  const keys = columns.filter(({ pk }) => pk > 0).toSorted((a, b) => a.pk - b.pk);
  const isRowid = keys.length === 1 && keys[0]?.type === "INTEGER";
  const bounded = { TEXT: boundedText, BLOB: boundedBlob };
  return {
    name,
    columns: columns.map((column) => column.name),
    order: isRowid ? ["rowid"] : keys.map((key) => key.name),
    selected: columns
      .map((column) =>
        column.type === "TEXT" || column.type === "BLOB" ? bounded[column.type](column.name) : column.name,
      )
      .join(", "),
  };
}

export interface RebuildHears {
  /** Of each row that no recording holds. */
  refused?(table: Table): void;
  /** Now and then. */
  moving?(): void;
}
const movingEvery = 1024;

/** Nothing stands at `out` before all of it does. */
export function rebuild(source: Connection, out: string, rowsOf: RowsOf, hears: RebuildHears = {}): Result<number> {
  const free = mayWrite(out);
  if (!free.ok) return free;
  const draft = `${out}.new-${process.pid}`;
  try {
    rmSync(draft, { force: true });
    closeSync(openSync(draft, "wx", ownerOnly));
    chmodSync(draft, ownerOnly);
    sealBytes(draft, writeRows(source, draft, rowsOf, hears));
    renameSync(draft, out);
    return ok(statSync(out).size);
  } catch (error) {
    rmSync(draft, { force: true });
    return writeFailure(error, out);
  }
}

/** What is no recording is not replaced. */
export function mayWrite(out: string): Result<void> {
  const there = statSync(out, { throwIfNoEntry: false });
  if (there === undefined || (there.isFile() && there.size === 0)) return ok(undefined);
  const header = readHeader(out);
  return header.ok ? ok(undefined) : fail("cannot-write", { path: out, why: "something else is there" });
}

export const isSameFile = (a: string, b: string): boolean => {
  if (resolve(a) === resolve(b)) return true;
  const [one, other] = [a, b].map((path) => statSync(path, { throwIfNoEntry: false }));
  return one !== undefined && other !== undefined && one.dev === other.dev && one.ino === other.ino;
};

function writeRows(source: Connection, draft: string, rowsOf: RowsOf, hears: RebuildHears): string {
  const connection = connectForWriting(draft);
  try {
    for (const pragma of [`page_size = ${pageBytes}`, "auto_vacuum = NONE", "journal_mode = OFF", "synchronous = OFF"])
      connection.pragma(pragma);
    connection.exec("BEGIN");
    connection.pragma(`application_id = ${applicationId}`);
    connection.pragma(`user_version = ${formatOf(source)}`);
    for (const statement of schemaOf(source)) connection.exec(statement);
    for (const table of notesLast(tablesIn(source))) writeTable(connection, table, rowsOf(table), hears);
    const rows = manifestOf(connection);
    connection.prepare("UPDATE status SET state = 'closed', manifest = ?").run(rows + unsealed);
    connection.exec("COMMIT");
    return rows;
  } finally {
    connection.close();
  }
}

/** They say something of the others. */
export const notesLast = (tables: readonly Table[]): readonly Table[] =>
  tables.toSorted((a, b) => Number(a.name === "note") - Number(b.name === "note"));

/** Its tables and indexes, in the order in which they were made. */
function schemaOf(source: Connection): readonly string[] {
  const rows = source.prepare("SELECT sql FROM sqlite_schema WHERE sql IS NOT NULL ORDER BY rowid").raw().all();
  return rows.filter(Array.isArray).map((row: Row) => String(row[0]));
}

function writeTable(connection: Connection, table: Table, rows: Iterable<Row>, hears: RebuildHears): void {
  const places = table.columns.map(() => "?").join(", ");
  const put = connection.prepare(`INSERT OR IGNORE INTO ${table.name} VALUES (${places})`);
  let written = 0;
  for (const row of rows) {
    if (++written % movingEvery === 0) hears.moving?.();
    try {
      put.run(...row);
    } catch (error) {
      if (!/^SQLITE_(?:CONSTRAINT|MISMATCH)/.test(errorCode(error) ?? "")) throw error;
      hears.refused?.(table);
    }
  }
}
