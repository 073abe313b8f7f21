// The heaviest keys of a recording, the C that it names, and a way to read files in; the lines around them, as far as privacy lets them, out into the
// recording. Used by recorder.ts.

import { originOf } from "../../shared/origin.ts";
import type { RawCode } from "../../shared/records.ts";
import { lineAt, lineRanges, minorOf } from "../analysis/lines.ts";
import { numbersOf } from "../store/numbers.ts";
import { bytesAt, firstRow, numberAt, textAt } from "../store/rows.ts";
import type { Connection } from "../store/sqlite.ts";
import type { RecordingWriter } from "../store/writer.ts";
import type { Levels } from "./levels.ts";
import { nativeLinesWanted } from "./native-wanted.ts";
import { type Privacy, privateSource } from "./privacy.ts";

export interface SourceFile {
  /** SHA-256 in hexadecimal. */
  readonly hash: string;
  readonly text: string;
}
/** Undefined where it is not there, not to be read, or newer than the module that was built of it. */
export type ReadSource = (file: string, module?: string) => SourceFile | undefined;

/** Lines on each side of one that is named. */
const around = 3;
const mostKeys = 400;
const [mostFiles, mostLines, mostFrames, longestLine] = [100, 6000, 32, 240];

interface Given {
  readonly target: { readonly python: string };
  readonly privacy: Privacy;
  readonly readSource?: ReadSource;
}

/** Inside a transaction, when all levels are closed. `minimal` keeps no source. */
export function keepSources(writer: RecordingWriter, levels: Levels, { target, privacy, readSource }: Given): void {
  if (!readSource || privacy === "minimal") return;
  const { connection } = writer;
  const files = wantedLines(connection, levels.heaviest(mostKeys), minorOf(target.python));
  for (const [file, { lines, module }] of [...nativeLinesWanted(connection)].slice(0, mostFiles))
    files.set(file, { lines: new Set([...lines, ...(files.get(file)?.lines ?? [])]), module });
  let left = mostLines;
  for (const [file, { lines: wanted, module }] of files) {
    const source = left > 0 ? readSource(file, module) : undefined;
    if (!source) continue;
    const lines = privateSource(source.text, privacy, file).split(/\r\n|\r|\n/);
    const kept = linesAround(wanted, lines.length).slice(0, left);
    left -= kept.length;
    writer.source(
      file,
      source.hash,
      kept.map((line) => ({ line, text: (lines[line - 1] ?? "").slice(0, longestLine) })),
    );
  }
}

function linesAround(wanted: ReadonlySet<number>, length: number): readonly number[] {
  const lines = new Set<number>();
  for (const line of wanted)
    for (let at = Math.max(1, line - around); at <= Math.min(length, line + around); at++) lines.add(at);
  return [...lines].sort((a, b) => a - b);
}

interface Wanted {
  readonly lines: ReadonlySet<number>;
  /** Of what is compiled: into what. */
  readonly module?: string;
}

/** Lines by file, those of the heaviest first. Of Python's own files only where something was allocated itself. */
function wantedLines(connection: Connection, keys: readonly number[], minor: number | undefined): Map<string, Wanted> {
  const files = new Map<string, Wanted>();
  if (minor === undefined) return files;
  const codes = codesOf(connection);
  for (const frames of framesOf(connection, keys)) {
    for (const [depth, { code, instruction }] of frames.entries()) {
      const known = codes(code);
      if (!known || (depth > 0 && originOf(known.file) === "standard")) continue;
      const line = lineAt(lineRanges(minor, known.lineTable, known.firstLine), instruction);
      if (line === undefined || (!files.has(known.file) && files.size >= mostFiles)) continue;
      files.set(known.file, { lines: new Set(files.get(known.file)?.lines).add(line) });
    }
  }
  return files;
}

function* framesOf(connection: Connection, keys: readonly number[]) {
  const find = connection.prepare("SELECT site.frames FROM key JOIN site ON site.id = key.site WHERE key.id = ?");
  for (const key of keys) {
    const row = firstRow(find, key);
    const numbers = row ? numbersOf(bytesAt(row, 0), 2 * mostFrames) : [];
    yield Array.from({ length: Math.floor(numbers.length / 2) }, (_, at) => ({
      code: numbers[2 * at] ?? 0,
      instruction: numbers[2 * at + 1] ?? 0,
    }));
  }
}

type KnownCode = Pick<RawCode, "file" | "firstLine" | "lineTable">;

function codesOf(connection: Connection): (id: number) => KnownCode | undefined {
  const find = connection.prepare(
    "SELECT name.text, code.first_line, code.line_table FROM code JOIN name ON name.id = code.file WHERE code.id = ?",
  );
  const known = new Map<number, KnownCode | undefined>();
  return (id) => {
    if (known.has(id)) return known.get(id);
    const row = firstRow(find, id);
    const code = row && { file: textAt(row, 0), firstLine: numberAt(row, 1), lineTable: bytesAt(row, 2) };
    known.set(id, code);
    return code;
  };
}
