// The small tables of a recording in; who was recorded, how, and the counts out. Used by reader.ts.
import type { RecordingFacts, TargetFacts } from "../../shared/documents.ts";
import { count } from "../../shared/units.ts";
import type { Counts } from "./balance.ts";
import { allRows, boundedText, numberAt, oneRow, type Row, textAt, wordsOf } from "./rows.ts";
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
  const counts = (at: number) => ({ allocations: count(numberAt(row, at)), frees: count(numberAt(row, at + 1)) });
  const manifest = textAt(row, 8);
  return {
    t: Math.max(0, numberAt(row, 0)),
    totalsT: numberAt(row, 1),
    produced: counts(2),
    dropped: counts(4),
    stored: counts(6),
    manifest: manifest === "" ? undefined : manifest,
  };
}

export interface Facts {
  readonly target: TargetFacts;
  readonly startedAt: string;
  readonly collected: RecordingFacts["collected"];
  readonly privacy: string;
}

export function readFacts(connection: Connection): Facts {
  const words = wordsOf(connection.prepare(`SELECT name, ${boundedText("value")} FROM meta LIMIT ${mostWords}`));
  const word = (name: string) => words.get(name) ?? "";
  const pid = Number(word("target.pid"));
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
  };
}

export const readNotes = (connection: Connection): string[] =>
  Array.from(
    allRows(connection.prepare(`SELECT ${boundedText("text")} FROM note ORDER BY id LIMIT ${mostNotes}`)),
    (row) => textAt(row, 0),
  );

/** From when each resolution is kept, in milliseconds. */
export function readKept(connection: Connection): (resolution: Resolution) => number {
  const rows = allRows(connection.prepare(`SELECT resolution, t FROM kept LIMIT ${resolutions.length}`));
  const kept = new Map(Array.from(rows, (row) => [numberAt(row, 0), numberAt(row, 1)]));
  return (resolution) => kept.get(resolution) ?? 0;
}

function listOf(text: string): string[] {
  try {
    const list: unknown = JSON.parse(text);
    return Array.isArray(list) ? list.filter((word) => typeof word === "string").slice(0, mostWords) : [];
  } catch {
    return [];
  }
}
