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

export function foreignAnswers(): Answers {
  return {
    "recording.series": queries.querySeries,
    "recording.types": queries.queryTypes,
    "recording.sites": queries.querySites,
    "recording.survivors": queries.querySurvivors,
    "recording.marks": queryMarks,
    "recording.intervals": queryIntervals,
    "recording.report": queries.queryReport,
    "recording.compare": withOther(queryComparison),
    "recording.flame": queryFlame,
    "recording.source": querySource,
    "comparison.flame": withOther(queryComparedFlame),
    "comparison.markdown": withOther(queryComparisonMarkdown),
    "recording.markdown": queryRecordingMarkdown,
    "recording.verify": ({ path }) => verifyRecording(path),
    "gil.now": queries.queryGilNow,
    "gil.report": queries.queryGil,
    "gil.lanes": queries.queryLanes,
    "gil.holds": queries.queryHolds,
    "gil.distribution": queries.queryDistribution,
    "errors.report": queries.queryErrors,
    "errors.series": queries.queryErrorRates,
    "history.report": queries.queryHistory,
    "history.steps": queries.queryHistorySteps,
    "sample.report": queries.querySample,
    "audit.report": queries.queryAudit,
    "diagnosis.report": ({ path }) => queryDiagnosis(path),
    "diagnosis.markdown": ({ path }) => queryMarkdown(path),
    "heap.list": queries.queryHeap,
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
