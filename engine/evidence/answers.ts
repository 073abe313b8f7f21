// Calls of the contract that only read a recording in, their answers out, by the same functions for our own recordings and in the process that reads
// strangers'. Used by reader-program.ts.

import { failed, type Result } from "../../shared/failures.ts";
import type { RpcName, RpcParams, RpcResult } from "../../shared/rpc-contract.ts";
import { recordedSnapshots } from "../analysis/heap/recorded-snapshots.ts";
import { answering } from "../analysis/heap/worker/answers.ts";
import { queryDiagnosis, queryMarkdown } from "../diagnosis/query.ts";
import { queryComparedFlame, queryComparisonMarkdown, queryFlame, querySource } from "../flame-calls.ts";
import { queryRecordingMarkdown } from "../library/markdown.ts";
import * as queries from "../queries.ts";
import { queryComparison } from "../queries-compare.ts";
import { queryIntervals, queryMarks } from "../queries-marks.ts";
import { mayReadForeign } from "./foreign.ts";
import { verifyRecording } from "./verify.ts";

export const readingCalls = [
  "recording.series",
  "recording.types",
  "recording.sites",
  "recording.survivors",
  "recording.marks",
  "recording.intervals",
  "recording.report",
  "recording.markdown",
  "recording.compare",
  "recording.flame",
  "recording.source",
  "comparison.flame",
  "comparison.markdown",
  "recording.verify",
  "gil.now",
  "gil.report",
  "gil.lanes",
  "gil.holds",
  "gil.distribution",
  "errors.report",
  "errors.series",
  "history.report",
  "history.steps",
  "sample.report",
  "audit.report",
  "diagnosis.report",
  "diagnosis.markdown",
  "heap.list",
  "heap.report",
  "heap.types",
  "heap.objects",
  "heap.dominators",
  "heap.why",
  "heap.compare",
] as const satisfies readonly RpcName[];
export type ReadingCall = (typeof readingCalls)[number];

export type Answers = {
  readonly [N in ReadingCall]: (params: RpcParams<N>) => Promise<Result<RpcResult<N>>> | Result<RpcResult<N>>;
};

/** `read` may keep them open between questions. */
export function foreignAnswers(read: queries.Read): Answers {
  return {
    "recording.series": (params) => queries.querySeries(params, read),
    "recording.types": (params) => queries.queryTypes(params, read),
    "recording.sites": (params) => queries.querySites(params, read),
    "recording.survivors": (params) => queries.querySurvivors(params, read),
    "recording.marks": queryMarks,
    "recording.intervals": queryIntervals,
    "recording.report": (params) => queries.queryReport(params, read),
    "recording.compare": withOther((params) => queryComparison(params, read)),
    "recording.flame": queryFlame,
    "recording.source": querySource,
    "comparison.flame": withOther(queryComparedFlame),
    "comparison.markdown": withOther(queryComparisonMarkdown),
    "recording.markdown": queryRecordingMarkdown,
    "recording.verify": ({ path }) => verifyRecording(path),
    "gil.now": (params) => queries.queryGilNow(params, read),
    "gil.report": (params) => queries.queryGil(params, read),
    "gil.lanes": (params) => queries.queryLanes(params, read),
    "gil.holds": (params) => queries.queryHolds(params, read),
    "gil.distribution": (params) => queries.queryDistribution(params, read),
    "errors.report": (params) => queries.queryErrors(params, read),
    "errors.series": (params) => queries.queryErrorRates(params, read),
    "history.report": (params) => queries.queryHistory(params, read),
    "history.steps": (params) => queries.queryHistorySteps(params, read),
    "sample.report": (params) => queries.querySample(params, read),
    "audit.report": (params) => queries.queryAudit(params, read),
    "diagnosis.report": ({ path }) => queryDiagnosis(path),
    "diagnosis.markdown": ({ path }) => queryMarkdown(path),
    "heap.list": (params) => queries.queryHeap(params, read),
    ...answering(recordedSnapshots),
  };
}

/** The first was looked at before anything was asked of it. */
const withOther =
  <P extends { readonly b: string }, T>(query: (params: P) => Result<T>) =>
  (params: P): Result<T> => {
    const other = mayReadForeign(params.b);
    return other.ok ? query(params) : failed(other.failure);
  };
