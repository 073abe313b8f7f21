// The path of a recording in, what a door shows of it out. Each query opens the file and closes it again: a reader that stays
// would keep a recorder's log growing. Next: engine.ts.
import type { Report, SessionRow } from "../shared/documents.ts";
import { ok, type Result } from "../shared/failures.ts";
import type { RpcParams, RpcResult } from "../shared/rpc-contract.ts";
import { buildReport } from "./analysis/report.ts";
import { seriesOf } from "./analysis/series.ts";
import { rankedSites } from "./analysis/sites.ts";
import { rankedTypes } from "./analysis/types.ts";
import type { RecordingFile } from "./session/library.ts";
import { readFacts, readStatus } from "./store/facts.ts";
import { type OpenedFile, openFile } from "./store/open.ts";
import { openRecording, type RecordingReader } from "./store/reader.ts";

/** What fits on a screen; a door that wants more says so. */
const fewRows = 500;

function reading<T>(path: string, query: (reader: RecordingReader) => T): Result<T> {
  const reader = openRecording(path);
  if (!reader.ok) return reader;
  try {
    return ok(query(reader.value));
  } finally {
    reader.value.close();
  }
}

export const querySeries = ({ path, buckets }: RpcParams<"recording.series">): Result<RpcResult<"recording.series">> =>
  reading(path, (reader) => seriesOf(reader, buckets));

export const queryTypes = ({
  path,
  limit = fewRows,
}: RpcParams<"recording.types">): Result<RpcResult<"recording.types">> =>
  reading(path, (reader) => {
    const rows = rankedTypes(reader);
    return { rows: rows.slice(0, limit), of: rows.length };
  });

export const querySites = ({
  path,
  type,
  limit = fewRows,
}: RpcParams<"recording.sites">): Result<RpcResult<"recording.sites">> =>
  reading(path, (reader) => {
    const { rows, of } = rankedSites(reader);
    const wanted = type === undefined ? rows : rows.filter((row) => row.type === type);
    return { rows: wanted.slice(0, limit), of: type === undefined ? of : wanted.length };
  });

export const queryReport = (path: string): Result<Report> => reading(path, (reader) => buildReport(reader));

/** A recording in the list: also one that cannot be read is named, with why. */
export function sessionRow({ path, name, bytes }: RecordingFile): SessionRow {
  const opened = openFile(path);
  const unknown = { startedAt: null, seconds: null, target: null, python: null, dropped: null };
  if (!opened.ok) return { path, name, bytes, status: "unreadable", ...unknown, problem: opened.failure.cause };
  try {
    return { path, name, bytes, ...told(opened.value), problem: null };
  } catch (error) {
    const problem = error instanceof Error ? error.message : String(error);
    return { path, name, bytes, status: "unreadable", ...unknown, problem };
  } finally {
    opened.value.connection.close();
  }
}

function told({ connection, status }: OpenedFile) {
  const { startedAt, target } = readFacts(connection);
  const { t, dropped } = readStatus(connection);
  const lost = dropped.allocations + dropped.frees;
  return {
    status,
    startedAt,
    seconds: t / 1000,
    target: target.command || target.executable,
    python: target.python,
    dropped: lost,
  };
}
