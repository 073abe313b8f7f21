// The small tables of a recording in; who was recorded, how, and the counts out. Used by reader.ts.
import type { RecordingFacts, TargetFacts } from "../../shared/documents.ts";
import type { EventCounts, EventKind } from "../../shared/records.ts";
import { count } from "../../shared/units.ts";
import type { Counts } from "./balance.ts";
import {
  allRows,
  boundedText,
  numberAt,
  oneRow,
  type Row,
  readableRows,
  type Source,
  textAt,
  wordsOf,
} from "./rows.ts";
import { type Resolution, resolutions } from "./schema.ts";
import type { Connection } from "./sqlite.ts";

const mostNotes = 200;
const mostWords = 100;

export interface StatusRow extends Counts {
  /** Milliseconds from the start to the last batch. */
  readonly t: number;
  readonly totalsT: number;
  readonly manifest: string | undefined;
}

export function readStatus(connection: Connection): StatusRow {
  const row: Row =
    oneRow(
      connection.prepare(`SELECT t, totals_t, produced_allocations, produced_frees, dropped_allocations, dropped_frees,
      stored_allocations, stored_frees, ${boundedText("manifest")} FROM status WHERE id = 1`),
    ) ?? [];
  const later = readCounted(connection);
  const counts = (at: number, column: number): EventCounts => ({
    allocations: count(numberAt(row, at)),
    frees: count(numberAt(row, at + 1)),
    holds: count(numberAt(later("holds"), column)),
    errors: count(numberAt(later("errors"), column)),
  });
  const manifest = textAt(row, 8);
  return {
    t: Math.max(0, numberAt(row, 0)),
    totalsT: numberAt(row, 1),
    produced: counts(2, 1),
    dropped: counts(4, 2),
    stored: counts(6, 3),
    manifest: manifest === "" ? undefined : manifest,
  };
}

/** Objects made at the site of a sample; `missed`: of these, no breakpoint could be set. */
export function readSampled(connection: Connection): { readonly made: number; readonly missed: number } {
  const row = readCounted(connection)("sampled");
  return { made: numberAt(row, 1), missed: numberAt(row, 2) };
}

/** Kinds of events that format 1 did not know. */
function readCounted(connection: Connection): (kind: EventKind | "sampled") => Row {
  if (formatOf(connection) < 2) return () => [];
  const rows = allRows(connection.prepare("SELECT kind, produced, dropped, stored FROM counted LIMIT 10"));
  const counted = new Map(Array.from(rows, (row) => [textAt(row, 0), row]));
  return (kind) => counted.get(kind) ?? [];
}

/** Of a file that was opened, and so has the tables of its format. */
export const formatOf = (connection: Connection): number => Number(connection.pragma("user_version", { simple: true }));

type Later = "heap_snapshot" | "diagnosis" | "mark" | "source_text";
/** Of such a file as well. */
export const hasTable = (connection: Connection, name: Later): boolean =>
  oneRow(connection.prepare(`SELECT 1 FROM sqlite_schema WHERE name = '${name}'`)) !== undefined;
export const hasHeap = (connection: Connection): boolean => hasTable(connection, "heap_snapshot");

export interface Facts {
  readonly target: TargetFacts;
  readonly startedAt: string;
  readonly collected: RecordingFacts["collected"];
  readonly privacy: string;
  /** Made of a damaged file. */
  readonly salvaged: boolean;
  /** Undefined where the GIL was not followed. */
  readonly gilThresholdMs: number | undefined;
  /** Undefined where errors were not followed, and in recordings that do not say. */
  readonly errorDetails: boolean | undefined;
  /** What was asked for, where a module was audited. */
  readonly audit: { readonly module: string; readonly guard: boolean };
  /** What was asked for, where objects made at a site were followed. */
  readonly sample: { readonly site: string; readonly objects: number } | undefined;
}

export function readFacts(connection: Connection): Facts {
  const words = wordsOf(connection.prepare(`SELECT name, ${boundedText("value")} FROM meta LIMIT ${mostWords}`));
  const word = (name: string) => words.get(name) ?? "";
  const pid = Number(word("target.pid"));
  const threshold = Number(word("gil.thresholdMs"));
  return {
    target: {
      pid: Number.isSafeInteger(pid) ? pid : 0,
      executable: word("target.executable"),
      command: word("target.command"),
      python: word("target.python"),
      build: listOf(word("target.build")),
      platform: word("target.platform"),
    },
    startedAt: word("startedAt"),
    collected: listOf(word("collected")),
    privacy: word("privacy"),
    salvaged: words.has("salvaged"),
    sample: words.has("sample.site")
      ? { site: word("sample.site"), objects: Number(word("sample.objects")) || 0 }
      : undefined,
    audit: { module: word("audit.module"), guard: word("audit.guard") === "true" },
    errorDetails: words.has("errors.details") ? word("errors.details") === "true" : undefined,
    gilThresholdMs: threshold > 0 && Number.isFinite(threshold) ? threshold : undefined,
  };
}

export const readNotes = (source: Source): string[] =>
  Array.from(readableRows(source, `SELECT ${boundedText("text")} FROM note ORDER BY id LIMIT ${mostNotes}`), (row) =>
    textAt(row, 0),
  );

/** From when each resolution is kept, in milliseconds. */
export function readKept(connection: Connection): (resolution: Resolution) => number {
  const rows = allRows(connection.prepare(`SELECT resolution, t FROM kept LIMIT ${resolutions.length}`));
  const kept = new Map(Array.from(rows, (row) => [numberAt(row, 0), numberAt(row, 1)]));
  return (resolution) => kept.get(resolution) ?? 0;
}

/** As `readKept`, for what `trimmed` names. */
export function readTrimmed(connection: Connection): (name: string) => number {
  if (formatOf(connection) < 2) return () => 0;
  const rows = allRows(connection.prepare(`SELECT ${boundedText("name")}, t FROM trimmed LIMIT ${mostWords}`));
  const trimmed = new Map(Array.from(rows, (row) => [textAt(row, 0), numberAt(row, 1)]));
  return (name) => trimmed.get(name) ?? 0;
}

function listOf(text: string): string[] {
  try {
    const list: unknown = JSON.parse(text);
    return Array.isArray(list) ? list.filter((word) => typeof word === "string").slice(0, mostWords) : [];
  } catch {
    return [];
  }
}
