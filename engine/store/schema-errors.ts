// The tables of the error indicator and of calls of the C API, as of format 2. Used by schema.ts; columns by error-writer.ts and stored-errors.ts.

export const errorTables: readonly string[] = [
  "CREATE TABLE error_key (id INTEGER PRIMARY KEY, act INTEGER NOT NULL, type INTEGER NOT NULL, site INTEGER NOT NULL) STRICT",
  `CREATE TABLE error_chunk (t INTEGER PRIMARY KEY, records INTEGER NOT NULL, errors INTEGER NOT NULL, crc INTEGER NOT NULL,
    deltas BLOB NOT NULL) STRICT`,
  "CREATE TABLE error_total (key INTEGER PRIMARY KEY, count INTEGER NOT NULL, chained INTEGER NOT NULL) STRICT",
  "CREATE TABLE message (key INTEGER PRIMARY KEY, text TEXT NOT NULL) STRICT",
  "CREATE TABLE call (id INTEGER PRIMARY KEY, function INTEGER NOT NULL, module INTEGER NOT NULL) STRICT",
  "CREATE TABLE call_total (id INTEGER PRIMARY KEY, calls INTEGER NOT NULL) STRICT",
];
