// A file as a recording names it, and a line, in; the lines around it that the recording keeps out. No file but the recording is opened. Used by engine/analysis/source.ts, reader.ts.
import { hasTable } from "./facts.ts";
import { boundedText, numberAt, readableRow, readableRows, type Source, textAt } from "./rows.ts";

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
