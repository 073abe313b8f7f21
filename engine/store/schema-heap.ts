// The tables of heap snapshots, which recordings of format 2 have since snapshots are taken. Used by schema.ts; columns by heap-writer.ts and stored-heap.ts.

/** Chunks of snapshot n have ids from n times this on. */
export const chunksEach = 2 ** 24;

export const heapTables: readonly string[] = [
  // Times are microseconds; `t` is since the recording began. A row is written when the walk is whole.
  `CREATE TABLE heap_snapshot (id INTEGER PRIMARY KEY, t INTEGER NOT NULL, pause INTEGER NOT NULL, walk INTEGER NOT NULL,
    objects INTEGER NOT NULL, edges INTEGER NOT NULL, size INTEGER NOT NULL, chunks INTEGER NOT NULL) STRICT`,
  `CREATE TABLE heap_chunk (id INTEGER PRIMARY KEY, size INTEGER NOT NULL, crc INTEGER NOT NULL, walk BLOB NOT NULL) STRICT`,
];
