// A recording and what of it is wanted in; one flat table out, whose first columns say which recording a row is of. Next: csv.ts,
// jsonl.ts, parquet.ts.
import { basename } from "node:path";
import type { Frame } from "../../shared/documents.ts";
import type { ExportContent } from "../../shared/export-formats.ts";
import { errorsReport } from "../analysis/errors.ts";
import { gilReport } from "../analysis/gil.ts";
import { rankedSites } from "../analysis/sites.ts";
import { visible } from "../report/words.ts";
import type { RecordingReader } from "../store/reader.ts";

/** `whole` numbers are 64 bits wide in Parquet. */
export type ColumnKind = "text" | "whole" | "number";
export type Cell = string | number | null;
export interface Column {
  readonly name: string;
  readonly kind: ColumnKind;
  /** The folder says it where a file lies in one. */
  readonly partition?: true;
}
export interface Table {
  readonly columns: readonly Column[];
  /** A cell a column. */
  readonly rows: readonly (readonly Cell[])[];
}
export interface Origin {
  readonly build: string;
  readonly host: string;
  /** UTC, 2026-01-31. */
  readonly day: string;
}

export const dayOf = (startedAt: string): string => /^\d{4}-\d{2}-\d{2}/.exec(startedAt)?.[0] ?? "unknown";

export function tableOf(reader: RecordingReader, content: ExportContent, origin: Origin): Table {
  const { columns, rows } = contentTables[content === "allocated" ? "alive" : content](reader);
  const [originColumns, origins] = originOf(reader, origin);
  return {
    columns: [...originColumns, ...columns],
    rows: rows.map((row) => [...origins, ...row].map((cell) => (typeof cell === "string" ? visible(cell) : cell))),
  };
}

function originOf(reader: RecordingReader, { build, host, day }: Origin): [readonly Column[], readonly Cell[]] {
  const { startedAt, seconds, dropped } = reader.recording();
  const { pid, python, platform } = reader.facts.target;
  const lost = Object.values(dropped).reduce((sum, count) => sum + count, 0);
  const columns: readonly Column[] = [
    { name: "build", kind: "text", partition: true },
    { name: "host", kind: "text", partition: true },
    { name: "day", kind: "text", partition: true },
    { name: "recording", kind: "text" },
    { name: "started_at", kind: "text" },
    { name: "seconds", kind: "number" },
    { name: "pid", kind: "whole" },
    { name: "python", kind: "text" },
    { name: "platform", kind: "text" },
    { name: "dropped", kind: "whole" },
  ];
  return [columns, [build, host, day, basename(reader.path), startedAt, seconds, pid, python, platform, lost]];
}

/** Of the innermost frame; all of them stand in `stack`, the outermost first, as in the collapsed format. */
const placeColumns: readonly Column[] = [
  { name: "function", kind: "text" },
  { name: "file", kind: "text" },
  { name: "line", kind: "whole" },
  { name: "stack", kind: "text" },
];
function placeCells(frames: readonly Frame[]): readonly Cell[] {
  const [first] = frames;
  const names = frames.toReversed().map(({ function: name, file, line }) => `${name} (${file}:${line ?? "?"})`);
  return [first?.function ?? null, first?.file ?? null, first?.line ?? null, names.join("; ")];
}

const contentTables = {
  alive: (reader) => ({
    columns: [
      { name: "type", kind: "text" },
      { name: "domain", kind: "text" },
      ...placeColumns,
      ...wholes("live", "live_bytes", "allocated", "freed"),
      ...numbers("growth_per_second", "bytes_per_second", "steadiness"),
    ],
    rows: rankedSites(reader).rows.map((row) => [
      ...[row.type, row.domain, ...placeCells(row.frames), row.live, row.liveBytes, row.allocated, row.freed],
      ...[row.growthPerSecond, row.bytesPerSecond, row.steadiness],
    ]),
  }),
  gil: (reader) => ({
    columns: [
      { name: "thread_id", kind: "whole" },
      { name: "thread", kind: "text" },
      ...numbers("hold_fraction", "wait_fraction"),
      ...wholes("holds", "waits", "forced"),
      ...numbers("wait_p50_ms", "wait_p99_ms", "wait_max_ms", "hold_max_ms"),
    ],
    rows: (gilReport(reader)?.threads ?? []).map((row) => [
      ...[row.threadId, row.name ?? row.kernelName, row.holdFraction, row.waitFraction],
      ...[row.holds, row.waits, row.forced, row.waitP50Ms, row.waitP99Ms, row.waitMaxMs, row.holdMaxMs],
    ]),
  }),
  errors: (reader) => ({
    columns: [
      { name: "type", kind: "text" },
      ...placeColumns,
      ...wholes("count", "chained"),
      ...numbers("per_second"),
      { name: "message", kind: "text" },
    ],
    rows: (errorsReport(reader)?.raised ?? []).map((row) => [
      ...[row.type, ...placeCells(row.frames), row.count, row.chained, row.perSecond, row.message],
    ]),
  }),
} as const satisfies Record<Exclude<ExportContent, "allocated">, (reader: RecordingReader) => Table>;

function wholes(...names: readonly string[]): readonly Column[] {
  return names.map((name) => ({ name, kind: "whole" }));
}
function numbers(...names: readonly string[]): readonly Column[] {
  return names.map((name) => ({ name, kind: "number" }));
}
