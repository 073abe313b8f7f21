// A recording's connection in; every chunk looked at against its CRC, and what of each table cannot be read, out. Used by verify.ts.
import { crc32 } from "node:zlib";
import { unpack } from "./packed.ts";
import { allRows, boundedBlob, bytesAt, longestBlob, numberAt, type Row, textAt } from "./rows.ts";
import { type Connection, errorCode } from "./sqlite.ts";

export interface TableChecked {
  readonly table: string;
  readonly chunks: number;
  readonly damaged: number;
  /** Its rows can be read to the last one. */
  readonly readable: boolean;
}

/** Tables whose rows have a CRC: the bytes are their one BLOB, compressed where there is a `size`. Of a file whose schema was compared. */
export function chunkTables(connection: Connection): readonly { readonly table: string; readonly query: string }[] {
  const columns = Array.from(
    allRows(
      connection.prepare(`SELECT s.name, i.name, i.type FROM sqlite_schema s, pragma_table_info(s.name) i
        WHERE s.type = 'table' ORDER BY s.name, i.cid`),
    ),
    (row) => ({ table: textAt(row, 0), name: textAt(row, 1), type: textAt(row, 2) }),
  );
  const withCrc = columns.filter(({ name }) => name === "crc").map(({ table }) => table);
  return withCrc.map((table) => {
    const own = columns.filter((column) => column.table === table);
    const bytes = own.find(({ type }) => type === "BLOB")?.name ?? "NULL";
    const size = own.some(({ name }) => name === "size") ? "size" : "NULL";
    return { table, query: `SELECT crc, ${size}, ${boundedBlob(bytes)} FROM ${table}` };
  });
}

/** `tick` after each chunk, so that who waits knows that something moves. */
export function checkChunks(connection: Connection, mostChunks: number, tick: () => void): readonly TableChecked[] {
  return chunkTables(connection).map(({ table, query }) => {
    let [chunks, damaged] = [0, 0];
    try {
      for (const row of allRows(connection.prepare(query))) {
        if (++chunks > mostChunks) return { table, chunks, damaged, readable: false };
        if (!isIntact(row)) damaged++;
        tick();
      }
      return { table, chunks, damaged, readable: true };
    } catch (error) {
      if (errorCode(error) === undefined) throw error;
      return { table, chunks, damaged, readable: false };
    }
  });
}

function isIntact(row: Row): boolean {
  const bytes = bytesAt(row, 2);
  if (row[1] === null) return crc32(bytes) === numberAt(row, 0);
  try {
    return crc32(unpack(bytes, Math.min(longestBlob, numberAt(row, 1)))) === numberAt(row, 0);
  } catch (error) {
    if (error instanceof RangeError) return false;
    throw error;
  }
}
