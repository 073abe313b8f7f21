// The tables of who holds the GIL, as of format 2. Used by schema.ts; columns by gil-writer.ts and stored-gil.ts.

/** Threads have smaller ids. What is past the threads that are told apart is summed up under this one. */
export const otherThreads = 1 << 22;
/** Milliseconds of a bucket; each is four of the one before. */
export const laneResolutions = [1, 4, 16, 64, 256, 1024, 4096] as const;
export const laneFactor = 4;

/** Name under which `trimmed` remembers from when chunks of holds are kept; it is their table. */
export const holdChunks = "hold_chunk";
/** And for lanes, of which each level is cut by itself. */
export const trimmedLane = (level: number): string => `lane ${level}`;

/** Times are nanoseconds since the recording's start, but `t`, which is as in the chunk tables, and what says CLOCK_MONOTONIC. */
export const gilTables: readonly string[] = [
  "CREATE TABLE thread (id INTEGER PRIMARY KEY, tid INTEGER NOT NULL, name INTEGER, kernel_name INTEGER) STRICT",
  `CREATE TABLE hold_chunk (t INTEGER PRIMARY KEY, records INTEGER NOT NULL, first INTEGER NOT NULL, from_ns INTEGER NOT NULL,
    to_ns INTEGER NOT NULL, size INTEGER NOT NULL, crc INTEGER NOT NULL, holds BLOB NOT NULL) STRICT`,
  // Found by time without a look at the chunks' bytes.
  "CREATE INDEX hold_span ON hold_chunk (t, from_ns, to_ns, records)",
  `CREATE TABLE lane (id INTEGER PRIMARY KEY, level INTEGER NOT NULL, t INTEGER NOT NULL, from_bucket INTEGER NOT NULL,
    to_bucket INTEGER NOT NULL, records INTEGER NOT NULL, crc INTEGER NOT NULL, cells BLOB NOT NULL) STRICT`,
  "CREATE UNIQUE INDEX lane_span ON lane (level, t, from_bucket, to_bucket)",
  `CREATE TABLE gil_total (thread INTEGER PRIMARY KEY, holds INTEGER NOT NULL, held INTEGER NOT NULL, waits INTEGER NOT NULL,
    waited INTEGER NOT NULL, forced INTEGER NOT NULL, switched INTEGER NOT NULL, hold_max INTEGER NOT NULL,
    wait_max INTEGER NOT NULL) STRICT`,
  `CREATE TABLE gil_spread (thread INTEGER PRIMARY KEY, holds BLOB NOT NULL, waits BLOB NOT NULL, blame BLOB NOT NULL) STRICT`,
  `CREATE TABLE long_hold (id INTEGER PRIMARY KEY, thread INTEGER NOT NULL, acquired INTEGER NOT NULL, held INTEGER NOT NULL,
    waited INTEGER NOT NULL, unfinished INTEGER NOT NULL, waiters BLOB NOT NULL) STRICT`,
  // `at` is CLOCK_MONOTONIC.
  `CREATE TABLE sample (id INTEGER PRIMARY KEY, hold INTEGER NOT NULL, thread INTEGER NOT NULL, at INTEGER NOT NULL,
    frames BLOB NOT NULL, native BLOB NOT NULL) STRICT`,
  "CREATE INDEX sample_hold ON sample (hold)",
  // The one row is as the newest batch found it; `origin` and what is in `open` are CLOCK_MONOTONIC.
  `CREATE TABLE gil_state (id INTEGER PRIMARY KEY, t INTEGER NOT NULL, origin INTEGER NOT NULL, switches INTEGER,
    interval INTEGER NOT NULL, open BLOB NOT NULL, blame BLOB NOT NULL) STRICT`,
];
