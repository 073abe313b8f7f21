// A file as a recording names it, and a line, in; the lines around it that the recording keeps out. No file but the recording is opened. And lines that
// another recording kept in, into this one. Used by engine/analysis/source.ts, reader.ts, stored-diagnosis.ts.
import { hasTable } from "./facts.ts";
import { boundedText, firstRow, numberAt, readableRow, readableRows, type Source, textAt } from "./rows.ts";
import type { Connection } from "./sqlite.ts";

export interface StoredLines {
  readonly hash: string;
  readonly lines: readonly { readonly line: number; readonly text: string }[];
}

/** Undefined where it keeps none there. */
export function readSource(source: Source, file: string, from: number, to: number): StoredLines | undefined {
  if (!hasTable(source.connection, "source_text")) return undefined;
  const named = `SELECT file, ${boundedText("hash")} FROM source_file WHERE file IN (SELECT id FROM name WHERE text = ?) LIMIT 1`;
  const head = readableRow(source, named, file);
  if (!head) return undefined;
  const query = `SELECT line, ${boundedText("text")} FROM source_text WHERE file = ? AND line >= ? AND line <= ? ORDER BY line`;
  const lines = Array.from(readableRows(source, query, numberAt(head, 0), from, to), (row) => ({
    line: numberAt(row, 0),
    text: textAt(row, 1),
  }));
  return lines.length === 0 ? undefined : { hash: textAt(head, 1), lines };
}

export interface KeptSource extends StoredLines {
  readonly file: string;
}

/** Of a file that is here with another hash nothing is added: its lines would be of two files. */
export function addSource(connection: Connection, { file, hash, lines }: KeptSource): void {
  if (!hasTable(connection, "source_text")) return;
  const known = firstRow(connection.prepare("SELECT id FROM name WHERE text = ? ORDER BY id LIMIT 1"), file);
  const id = known
    ? numberAt(known, 0)
    : Number(connection.prepare("INSERT INTO name (text) VALUES (?)").run(file).lastInsertRowid);
  connection.prepare("INSERT OR IGNORE INTO source_file VALUES (?, ?)").run(id, hash);
  const kept = firstRow(connection.prepare("SELECT hash FROM source_file WHERE file = ?"), id);
  if (!kept || textAt(kept, 0) !== hash) return;
  const put = connection.prepare("INSERT OR IGNORE INTO source_text VALUES (?, ?, ?)");
  for (const { line, text } of lines) put.run(id, line, text);
}
