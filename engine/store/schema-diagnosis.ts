// The table of the verdict that a diagnosis of the recording came to, which recordings of format 2 have since there are diagnoses. Used by schema.ts.

/** `document` is the document refscope.diagnosis/1; one row, written when the recording is closed. */
export const diagnosisTables: readonly string[] = [
  "CREATE TABLE diagnosis (id INTEGER PRIMARY KEY, size INTEGER NOT NULL, crc INTEGER NOT NULL, document BLOB NOT NULL) STRICT",
];
