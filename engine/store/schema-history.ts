// The tables of objects whose reference counts were followed, as of format 2. Used by schema.ts; columns by history-writer.ts and stored-history.ts.

export const historyTables: readonly string[] = [
  // `origin` is CLOCK_MONOTONIC of the recording's start, in nanoseconds.
  `CREATE TABLE watched (id INTEGER PRIMARY KEY, address TEXT NOT NULL, type INTEGER NOT NULL, first INTEGER NOT NULL, last INTEGER NOT NULL,
    state INTEGER NOT NULL, produced INTEGER NOT NULL, dropped INTEGER NOT NULL, stored INTEGER NOT NULL, origin INTEGER NOT NULL) STRICT`,
  "CREATE TABLE place (id INTEGER PRIMARY KEY, code INTEGER NOT NULL, instruction INTEGER NOT NULL, native BLOB NOT NULL) STRICT",
  `CREATE TABLE history_chunk (t INTEGER PRIMARY KEY, records INTEGER NOT NULL, size INTEGER NOT NULL, crc INTEGER NOT NULL,
    changes BLOB NOT NULL) STRICT`,
];
