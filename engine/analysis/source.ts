// A reader and a place in; the source around it, where the recording keeps it, out. Next: engine/queries-flame.ts.
import type { SourceAround } from "../../shared/source-lines.ts";
import type { RecordingReader } from "../store/reader.ts";

const around = 3;

export function sourceAround(reader: RecordingReader, file: string, line: number): SourceAround | null {
  const kept = reader.source(file, Math.max(1, line - around), line + around);
  return kept ? { file, line, hash: kept.hash, lines: [...kept.lines] } : null;
}
