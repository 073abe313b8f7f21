// A connection in; every statement that writes a recording, prepared once, out. Used by writer.ts; columns are those of schema.ts.
import { chunkTableName, type Resolution } from "./schema.ts";
import type { Connection, Statement } from "./sqlite.ts";

/** A definition that is sent again (after a re-arm) replaces the one before. */
const sql = {
  begin: "BEGIN IMMEDIATE",
  commit: "COMMIT",
  rollback: "ROLLBACK",
  name: "INSERT INTO name (text) VALUES (?)",
  code: "INSERT OR REPLACE INTO code VALUES (?, ?, ?, ?, ?)",
  type: "INSERT OR REPLACE INTO type VALUES (?, ?)",
  module: "INSERT OR REPLACE INTO module VALUES (?, ?, ?)",
  site: "INSERT OR REPLACE INTO site VALUES (?, ?, ?)",
  symbol: "INSERT OR REPLACE INTO symbol VALUES (?, ?, ?, ?)",
  key: "INSERT OR REPLACE INTO key VALUES (?, ?, ?, ?)",
  note: "INSERT INTO note (text) VALUES (?)",
  sourceFile: "INSERT OR REPLACE INTO source_file VALUES (?, ?)",
  sourceText: "INSERT OR REPLACE INTO source_text VALUES (?, ?, ?)",
  total: "INSERT OR REPLACE INTO total VALUES (?, ?, ?, ?, ?)",
  totalsTime: "UPDATE status SET totals_t = ?",
  status: `UPDATE status SET heartbeat = ?, t = ?, sequence = ?, produced_allocations = ?, produced_frees = ?, dropped_allocations = ?,
    dropped_frees = ?, stored_allocations = ?, stored_frees = ?`,
  counted: "INSERT OR REPLACE INTO counted VALUES (?, ?, ?, ?)",
  kept: "INSERT OR REPLACE INTO kept VALUES (?, ?)",
  close: "UPDATE status SET state = 'closed', manifest = ?",
} as const satisfies Record<string, string>;

export type WriteStatements = Readonly<Record<keyof typeof sql, Statement<unknown[]>>>;

export function writeStatements(connection: Connection): WriteStatements {
  const prepare = (name: keyof typeof sql) => connection.prepare(sql[name]);
  return {
    begin: prepare("begin"),
    commit: prepare("commit"),
    rollback: prepare("rollback"),
    name: prepare("name"),
    code: prepare("code"),
    type: prepare("type"),
    module: prepare("module"),
    site: prepare("site"),
    symbol: prepare("symbol"),
    key: prepare("key"),
    note: prepare("note"),
    sourceFile: prepare("sourceFile"),
    sourceText: prepare("sourceText"),
    total: prepare("total"),
    totalsTime: prepare("totalsTime"),
    status: prepare("status"),
    counted: prepare("counted"),
    kept: prepare("kept"),
    close: prepare("close"),
  };
}

export interface ChunkStatements {
  readonly put: Statement<unknown[]>;
  readonly forget: Statement<unknown[]>;
  readonly oldest: Statement<unknown[]>;
}

export function chunkStatements(connection: Connection, resolution: Resolution): ChunkStatements {
  const table = chunkTableName(resolution);
  return {
    put: connection.prepare(`INSERT INTO ${table} VALUES (?, ?, ?, ?, ?, ?, ?, ?)`),
    forget: connection.prepare(`DELETE FROM ${table} WHERE t <= ?`),
    oldest: connection.prepare(`SELECT min(t) FROM ${table}`).pluck(),
  };
}
