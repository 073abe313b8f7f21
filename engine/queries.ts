// The path of a recording in, what a door shows of it out. Alone, each query opens the file and closes it again: a reader that stays would keep a
// recorder's log growing. Closed recordings are kept open for the next question by who is given as `read` (desk/). Next: engine.ts.
import type { SessionRow } from "../shared/documents.ts";
import { ok, type Result } from "../shared/failures.ts";
import type { RpcName, RpcParams, RpcResult } from "../shared/rpc-contract.ts";
import { auditReport } from "./analysis/audit.ts";
import { gilContention, gilDistribution } from "./analysis/distribution.ts";
import { errorRates } from "./analysis/error-rates.ts";
import { errorTimes } from "./analysis/error-times.ts";
import { errorsReport } from "./analysis/errors.ts";
import { flowOf } from "./analysis/flow.ts";
import { gilReport } from "./analysis/gil.ts";
import { histories } from "./analysis/history.ts";
import { historySteps } from "./analysis/history-steps.ts";
import { gilChain } from "./analysis/hold-chain.ts";
import { gilHolds } from "./analysis/holds.ts";
import { gilLanes } from "./analysis/lanes.ts";
import { gilNow } from "./analysis/now.ts";
import { buildReport, factsOf } from "./analysis/report.ts";
import { sampleReport } from "./analysis/sample.ts";
import { seriesOf } from "./analysis/series.ts";
import { survivorsOf } from "./analysis/survivors.ts";
import { trendsOf } from "./analysis/trends.ts";
import { Views } from "./analysis/views.ts";
import type { RecordingFile } from "./session/library.ts";
import { readFacts, readStatus } from "./store/facts.ts";
import { type OpenedFile, openFile } from "./store/open.ts";
import { openRecording, type RecordingReader } from "./store/reader.ts";

/** What fits on a screen; a door that wants more says so. */
const fewRows = 500;

/** Opens a recording, or has it open, for one question. */
export type Read = <T>(path: string, query: (reader: RecordingReader, views: Views) => T) => Result<T>;

export function reading<T>(path: string, query: (reader: RecordingReader, views: Views) => T): Result<T> {
  const reader = openRecording(path);
  if (!reader.ok) return reader;
  try {
    return ok(query(reader.value, new Views(reader.value, false)));
  } finally {
    reader.value.close();
  }
}

/** `read`: how a recording is opened, where it stays open. */
export type Query<N extends RpcName> = (params: RpcParams<N>, read?: Read) => Result<RpcResult<N>>;

export const querySeries: Query<"recording.series"> = ({ path, buckets }, read = reading) =>
  read(path, (reader) => seriesOf(reader, buckets));

export const queryFlow: Query<"recording.flow"> = ({ path, buckets }, read = reading) =>
  read(path, (reader) => flowOf(reader, buckets));

export const queryTypes: Query<"recording.types"> = ({ path, limit = fewRows }, read = reading) =>
  read(path, (_, { types: { rows, steadiness } }) => ({
    ...{ rows: rows.slice(0, limit), steadiness: steadiness.slice(0, limit), of: rows.length },
  }));

export const querySites: Query<"recording.sites"> = ({ path, type, limit = fewRows }, read = reading) =>
  read(path, (_, { sites: { rows, of } }) => {
    const wanted = type === undefined ? rows : rows.filter((row) => row.type === type);
    return { rows: wanted.slice(0, limit), of: type === undefined ? of : wanted.length };
  });

export const querySurvivors: Query<"recording.survivors"> = ({ path, limit = fewRows, ...range }, read = reading) =>
  read(path, (reader, views) => survivorsOf(reader, range, limit, views));

export const queryReport: Query<"recording.report"> = ({ path, marks }, read = reading) =>
  read(path, (reader, views) => buildReport(reader, undefined, marks, views));

export const queryTrends: Query<"recording.trends"> = ({ path, of }, read = reading) =>
  read(path, (reader) => trendsOf(reader, of));
export const queryFacts: Query<"recording.facts"> = ({ path }, read = reading) => read(path, factsOf);
export const queryLacks: Query<"recording.lacks"> = ({ path }, read = reading) =>
  read(path, (reader, views) => {
    const { status, notObserved } = buildReport(reader, undefined, undefined, views).recording;
    return { status, notObserved };
  });

export const queryGilNow: Query<"gil.now"> = ({ path }, read = reading) => read(path, gilNow);
export const queryGil: Query<"gil.report"> = ({ path }, read = reading) =>
  read(path, (reader) => gilReport(reader) ?? null);
export const queryLanes: Query<"gil.lanes"> = ({ path, ...range }, read = reading) =>
  read(path, (reader) => gilLanes(reader, range));
export const queryHolds: Query<"gil.holds"> = ({ path, ...range }, read = reading) =>
  read(path, (reader) => gilHolds(reader.gil, range));
export const queryChain: Query<"gil.chain"> = ({ path, ...at }, read = reading) =>
  read(path, (reader) => gilChain(reader.gil, at));
export const queryDistribution: Query<"gil.distribution"> = ({ path, ...range }, read = reading) =>
  read(path, (reader) => gilDistribution(reader, range));
export const queryContention: Query<"gil.contention"> = ({ path, buckets }, read = reading) =>
  read(path, (reader) => gilContention(reader, buckets));
export const queryErrors: Query<"errors.report"> = ({ path }, read = reading) =>
  read(path, (reader) => errorsReport(reader) ?? null);
export const queryErrorTimes: Query<"errors.times"> = ({ path }, read = reading) => read(path, errorTimes);
export const queryErrorRates: Query<"errors.series"> = ({ path, buckets }, read = reading) =>
  read(path, (reader) => errorRates(reader, buckets));

/** More changes than this are told by their sums and their newest ones. */
const mostChanges = 1_000_000;
export const queryHistory: Query<"history.report"> = ({ path, limit = mostChanges }, read = reading) =>
  read(path, (reader) => histories(reader, Math.max(1, limit)) ?? null);
export const querySample: Query<"sample.report"> = ({ path, limit = mostChanges }, read = reading) =>
  read(path, (reader) => sampleReport(reader, Math.max(1, limit)) ?? null);
export const queryHistorySteps: Query<"history.steps"> = ({ path, points }, read = reading) =>
  read(path, (reader) => historySteps(reader, points) ?? null);

export const queryHeap: Query<"heap.list"> = ({ path }, read = reading) =>
  read(path, ({ heap }) =>
    (heap?.snapshots ?? []).map(({ id, t, pause, walk, objects, edges, size }) => ({
      ...{ id, atMs: t / 1000, pauseMs: pause / 1000, seconds: walk / 1e6, objects, edges, bytes: size },
    })),
  );

export const queryAudit: Query<"audit.report"> = ({ path }, read = reading) =>
  read(path, (reader) => {
    const audited = auditReport(reader);
    const { seconds, notObserved } = reader.recording();
    const { target, audit } = reader.facts;
    const facts = { path, target, module: audit.module, seconds, notObserved, ended: null };
    return audited ? { schema: "refscope.audit/1", ...facts, ...audited } : null;
  });

/** A recording in the list: also one that cannot be read is named, with why. */
export function sessionRow({ path, name, bytes }: RecordingFile): Omit<SessionRow, "foreign"> {
  const opened = openFile(path);
  const unknown = unknownSession;
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

export const unknownSession = {
  ...{ startedAt: null, seconds: null, target: null, python: null, build: null },
  ...{ produced: null, dropped: null },
};
export const sumOf = (counts: Readonly<Record<string, number>>): number =>
  Object.values(counts).reduce((sum, count) => sum + count, 0);

function told({ connection, status }: OpenedFile) {
  const { startedAt, target } = readFacts(connection);
  const { t, produced, dropped } = readStatus(connection);
  return {
    status,
    startedAt,
    seconds: t / 1000,
    target: target.command || target.executable,
    python: target.python,
    build: target.build,
    produced: sumOf(produced),
    dropped: sumOf(dropped),
  };
}
