// Calls of the contract that only read a recording in, their answers out, by the same functions for our own recordings and in the process that reads
// strangers'. Used by reader-program.ts.

import { failed, type Result } from "../../shared/failures.ts";
import type { RpcName, RpcParams, RpcResult } from "../../shared/rpc-contract.ts";
import { recordedSnapshots } from "../analysis/heap/recorded-snapshots.ts";
import { answering } from "../analysis/heap/worker/answers.ts";
import { type AskedName, answerAsked } from "../desk/asked.ts";
import { queryDiagnosis } from "../diagnosis/query.ts";
import { queryRecordingMarkdown } from "../library/markdown.ts";
import { queryGilNow, queryHeap, type Read } from "../queries.ts";
import { queryMarks } from "../queries-marks.ts";
import { mayReadForeign } from "./foreign.ts";
import { verifyRecording } from "./verify.ts";

export const readingCalls = [
  "recording.series",
  "recording.flow",
  "recording.types",
  "recording.sites",
  "recording.survivors",
  "recording.trends",
  "recording.marks",
  "recording.intervals",
  "recording.facts",
  "recording.lacks",
  "recording.report",
  "recording.markdown",
  "recording.page",
  "recording.compare",
  "recording.flame",
  "recording.source",
  "comparison.flame",
  "comparison.text",
  "recording.verify",
  "gil.now",
  "gil.report",
  "gil.lanes",
  "gil.holds",
  "gil.chain",
  "gil.distribution",
  "gil.contention",
  "errors.report",
  "errors.times",
  "errors.series",
  "history.report",
  "history.steps",
  "sample.report",
  "audit.report",
  "diagnosis.report",
  "finding.markdown",
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
export function foreignAnswers(read: Read): Answers {
  const asked =
    <N extends AskedName>(name: N) =>
    (params: RpcParams<N>) =>
      answerAsked({ name, params }, read);
  return {
    "recording.series": asked("recording.series"),
    "recording.flow": asked("recording.flow"),
    "recording.types": asked("recording.types"),
    "recording.sites": asked("recording.sites"),
    "recording.survivors": asked("recording.survivors"),
    "recording.trends": asked("recording.trends"),
    "recording.marks": queryMarks,
    "recording.intervals": asked("recording.intervals"),
    "recording.facts": asked("recording.facts"),
    "recording.lacks": asked("recording.lacks"),
    "recording.report": asked("recording.report"),
    "recording.compare": withOther(asked("recording.compare")),
    "recording.flame": asked("recording.flame"),
    "recording.source": asked("recording.source"),
    "comparison.flame": withOther(asked("comparison.flame")),
    "comparison.text": withOther(asked("comparison.text")),
    "recording.markdown": queryRecordingMarkdown,
    "recording.page": asked("recording.page"),
    "recording.verify": ({ path }) => verifyRecording(path),
    "gil.now": (params) => queryGilNow(params, read),
    "gil.report": asked("gil.report"),
    "gil.lanes": asked("gil.lanes"),
    "gil.holds": asked("gil.holds"),
    "gil.chain": asked("gil.chain"),
    "gil.distribution": asked("gil.distribution"),
    "gil.contention": asked("gil.contention"),
    "errors.report": asked("errors.report"),
    "errors.times": asked("errors.times"),
    "errors.series": asked("errors.series"),
    "history.report": asked("history.report"),
    "history.steps": asked("history.steps"),
    "sample.report": asked("sample.report"),
    "audit.report": asked("audit.report"),
    "diagnosis.report": ({ path }) => queryDiagnosis(path),
    "finding.markdown": asked("finding.markdown"),
    "heap.list": (params) => queryHeap(params, read),
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
