// The tables of a recording, beside their document docs/recording-format.md. Used by create.ts, open.ts; columns by the writers and readers of this room.
import { auditTables } from "./schema-audit.ts";
import { diagnosisTables } from "./schema-diagnosis.ts";
import { errorTables } from "./schema-errors.ts";
import { gilTables } from "./schema-gil.ts";
import { heapTables } from "./schema-heap.ts";
import { historyTables } from "./schema-history.ts";
import { markTables } from "./schema-marks.ts";
import { sourceTables } from "./schema-source.ts";

/** "RSCP" at byte 68 of the file: what file(1) and we know a recording by. */
export const applicationId = 0x52534350;
export const formatVersion = 2;
/** Milliseconds a chunk covers. The first is what the target sends; each other one is made of the one before. */
export const resolutions = [100, 1000, 10_000, 60_000] as const;
export type Resolution = (typeof resolutions)[number];
export const pageBytes = 4096;

/** A table for each resolution, so that its rows are appended and found by their time without an index. */
export const chunkTableName = (resolution: Resolution): string => `chunk_${resolution}`;
const chunkTable = (
  resolution: Resolution,
): string => `CREATE TABLE ${chunkTableName(resolution)} (t INTEGER PRIMARY KEY, records INTEGER NOT NULL,
    allocations INTEGER NOT NULL, frees INTEGER NOT NULL, allocated_bytes INTEGER NOT NULL, freed_bytes INTEGER NOT NULL,
    crc INTEGER NOT NULL, deltas BLOB NOT NULL) STRICT`;

const statusTable = `CREATE TABLE status (id INTEGER PRIMARY KEY, state TEXT NOT NULL, heartbeat INTEGER NOT NULL, t INTEGER NOT NULL,
    sequence INTEGER NOT NULL, produced_allocations INTEGER NOT NULL, produced_frees INTEGER NOT NULL,
    dropped_allocations INTEGER NOT NULL, dropped_frees INTEGER NOT NULL, stored_allocations INTEGER NOT NULL,
    stored_frees INTEGER NOT NULL, totals_t INTEGER NOT NULL, manifest TEXT) STRICT`;

const lifecycleTables: readonly string[] = [
  "CREATE TABLE meta (name TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT, WITHOUT ROWID",
  statusTable,
  "CREATE TABLE kept (resolution INTEGER PRIMARY KEY, t INTEGER NOT NULL) STRICT",
  "CREATE TABLE name (id INTEGER PRIMARY KEY, text TEXT NOT NULL) STRICT",
  "CREATE TABLE type (id INTEGER PRIMARY KEY, name INTEGER NOT NULL) STRICT",
  `CREATE TABLE code (id INTEGER PRIMARY KEY, function INTEGER NOT NULL, file INTEGER NOT NULL, first_line INTEGER NOT NULL,
    line_table BLOB NOT NULL) STRICT`,
  "CREATE TABLE module (base TEXT PRIMARY KEY, size INTEGER NOT NULL, path INTEGER NOT NULL) STRICT, WITHOUT ROWID",
  "CREATE TABLE site (id INTEGER PRIMARY KEY, native TEXT NOT NULL, frames BLOB NOT NULL) STRICT",
  "CREATE TABLE symbol (address TEXT PRIMARY KEY, module INTEGER NOT NULL, function INTEGER, offset INTEGER NOT NULL) STRICT, WITHOUT ROWID",
  "CREATE TABLE key (id INTEGER PRIMARY KEY, type INTEGER NOT NULL, site INTEGER NOT NULL, domain INTEGER NOT NULL) STRICT",
  `CREATE TABLE total (key INTEGER PRIMARY KEY, allocations INTEGER NOT NULL, frees INTEGER NOT NULL,
    allocated_bytes INTEGER NOT NULL, freed_bytes INTEGER NOT NULL) STRICT`,
  ...resolutions.map(chunkTable),
  "CREATE TABLE note (id INTEGER PRIMARY KEY, text TEXT NOT NULL) STRICT",
];

/** Kinds of events that format 1 did not know: counted beside `status`, so that its tables stay as they were. */
const countTable = `CREATE TABLE counted (kind TEXT PRIMARY KEY, produced INTEGER NOT NULL, dropped INTEGER NOT NULL,
    stored INTEGER NOT NULL) STRICT, WITHOUT ROWID`;
/** From when the rows of a table are kept; as `kept`, which is of the `chunk_*` tables. */
const trimmedTable = "CREATE TABLE trimmed (name TEXT PRIMARY KEY, t INTEGER NOT NULL) STRICT, WITHOUT ROWID";

const eventTables: readonly string[] = [
  ...lifecycleTables,
  countTable,
  trimmedTable,
  ...gilTables,
  ...errorTables,
  ...historyTables,
  ...auditTables,
];

/** One statement an entry, as a new recording has them. */
export const tables: readonly string[] = [
  ...eventTables,
  ...heapTables,
  ...diagnosisTables,
  ...markTables,
  ...sourceTables,
];
/** Recordings of format 2 gained tables one group after the other: snapshots, the verdict, marks, the source. */
const grown: readonly (readonly string[])[] = [
  tables,
  [...eventTables, ...heapTables, ...diagnosisTables, ...markTables],
  [...eventTables, ...heapTables, ...diagnosisTables],
  [...eventTables, ...heapTables],
  eventTables,
];
/** A file whose tables differ from each of these by one letter is not read. */
export const tablesOf = (format: number): readonly (readonly string[])[] => (format === 1 ? [lifecycleTables] : grown);
