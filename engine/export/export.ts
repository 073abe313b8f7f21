// A recording, a format and what of it is wanted in; a file for another tool out, whole or not at all. Next: engine.ts.
import { basename, resolve } from "node:path";
import type { ExportContent, ExportFormat } from "../../shared/export-formats.ts";
import { fail, ok, type Result } from "../../shared/failures.ts";
import type { RecordingReader } from "../store/reader.ts";
import { collapsed } from "./collapsed.ts";
import { csv } from "./csv.ts";
import { originOf, type Place, partPath } from "./fleet.ts";
import { jsonl } from "./jsonl.ts";
import { parquet } from "./parquet.ts";
import { pprof } from "./pprof.ts";
import { speedscope } from "./speedscope.ts";
import { contentOf, stacksOf } from "./stacks.ts";
import { tableOf } from "./table.ts";
import { tracePieces } from "./traces.ts";
import { type Exported, writeFile } from "./write-file.ts";

export interface ExportRequest extends Place {
  readonly format: ExportFormat;
  /** A file; a folder for Parquet when its name does not end in `.parquet`. */
  readonly out: string;
  readonly what?: ExportContent;
  /** Of a trace: what overlaps this part of the recording; all of it without them. */
  readonly fromMs?: number;
  readonly toMs?: number;
}
type Pieces = Iterable<Uint8Array>;
type Writer = (reader: RecordingReader, request: ExportRequest) => Result<Pieces>;

export function exportRecording(reader: RecordingReader, request: ExportRequest): Result<Exported> {
  if (resolve(request.out) === resolve(reader.path)) return fail("usage", { what: "--out is the recording itself" });
  const pieces = writers[request.format](reader, request);
  if (!pieces.ok) return pieces;
  if (!inFolders(request)) return writeFile(request.out, pieces.value);
  const path = partPath(request.out, originOf(reader.facts.startedAt, request), partName(reader));
  return writeFile(path, pieces.value, true);
}

const trace =
  (format: "chrome" | "perfetto"): Writer =>
  (reader, { fromMs = 0, toMs = Number.POSITIVE_INFINITY }) => {
    const counted = reader.facts.collected.includes("lifecycle") ? reader : undefined;
    const { path, facts } = reader;
    return tracePieces({ path, recorded: reader, target: facts.target, counted }, format, { fromMs, toMs });
  };

const stacks =
  (write: (found: ReturnType<typeof stacksOf>, reader: RecordingReader) => Uint8Array): Writer =>
  (reader, { what }) => {
    const content = contentOf(reader, what);
    return content.ok ? ok([write(stacksOf(reader, content.value), reader)]) : content;
  };

const table =
  (write: (found: ReturnType<typeof tableOf>, request: ExportRequest) => Uint8Array): Writer =>
  (reader, request) => {
    const content = contentOf(reader, request.what);
    if (!content.ok) return content;
    return ok([write(tableOf(reader, content.value, originOf(reader.facts.startedAt, request)), request)]);
  };

const writers: Readonly<Record<ExportFormat, Writer>> = {
  chrome: trace("chrome"),
  perfetto: trace("perfetto"),
  speedscope: stacks((found, reader) => speedscope(found, titleOf(reader))),
  collapsed: stacks((found) => collapsed(found)),
  pprof: stacks((found, reader) => {
    const { startedAt, seconds } = reader.recording();
    return pprof(found, { startedAt, seconds, comment: `${titleOf(reader)}, Python ${reader.facts.target.python}` });
  }),
  csv: table((found) => csv(found)),
  jsonl: table((found) => jsonl(found)),
  parquet: table((found, request) => parquet(found, inFolders(request))),
};

const inFolders = ({ format, out }: ExportRequest): boolean => format === "parquet" && !out.endsWith(".parquet");

const titleOf = (reader: RecordingReader): string => basename(reader.path, ".refscope");

/** The same for the same recording, another for any other of that day and host. */
const partName = ({ facts }: RecordingReader): string =>
  `${facts.startedAt.replace(/[^0-9TZ]/g, "")}-${facts.target.pid}`;
