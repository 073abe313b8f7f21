// Marks in, rows of a recording out, and the other way round. Used by writer.ts, reader.ts, keep-marks.ts.
import { mostMarks } from "../../shared/marks.ts";
import { type Milliseconds, milliseconds } from "../../shared/units.ts";
import { hasTable } from "./facts.ts";
import { boundedText, numberAt, readableRows, type Source, textAt } from "./rows.ts";
import type { Connection } from "./sqlite.ts";

export interface StoredMark {
  /** Since the recording began, whole; no two of a recording have the same. */
  readonly t: Milliseconds;
  readonly name: string;
  readonly live: boolean;
}

/** In order of time; none where the recording is from before there were marks. */
export function readMarks(source: Source): readonly StoredMark[] {
  if (!hasTable(source.connection, "mark")) return [];
  const query = `SELECT t, ${boundedText("name")}, live FROM mark WHERE t >= 0 ORDER BY t LIMIT ${mostMarks}`;
  return Array.from(readableRows(source, query), (row) => ({
    t: milliseconds(numberAt(row, 0)),
    name: textAt(row, 1),
    live: numberAt(row, 2) === 1,
  }));
}

/** These instead of those that are there; inside a transaction. */
export function writeMarks(connection: Connection, marks: readonly StoredMark[]): void {
  connection.exec("DELETE FROM mark");
  const put = connection.prepare("INSERT INTO mark VALUES (?, ?, ?)");
  for (const { t, name, live } of marks) put.run(t, name, live ? 1 : 0);
}
