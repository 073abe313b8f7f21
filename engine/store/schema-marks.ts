// The table of marks on the time of a recording, which recordings of format 2 have since there are marks. Used by schema.ts.

/** `t`: milliseconds since the recording began. `live`: 1 when it was set while the recording went on. */
export const markTables: readonly string[] = [
  "CREATE TABLE mark (t INTEGER PRIMARY KEY, name TEXT NOT NULL, live INTEGER NOT NULL) STRICT",
];
