// The tables of the source around what a recording names, which recordings of format 2 have since it is kept. Used by schema.ts.

/** `hash`: SHA-256 of the file as it was, in hexadecimal. A line is as privacy let it in. */
export const sourceTables: readonly string[] = [
  "CREATE TABLE source_file (file INTEGER PRIMARY KEY, hash TEXT NOT NULL) STRICT",
  `CREATE TABLE source_text (file INTEGER NOT NULL, line INTEGER NOT NULL, text TEXT NOT NULL,
    PRIMARY KEY (file, line)) STRICT, WITHOUT ROWID`,
];
