// The one table of questions that are answered from recordings alone: whoever has a way to read them, the engine, its thread or the process for
// strangers' files, answers by it. Used by reading.ts, worker.ts, evidence/answers.ts.
import type { Result } from "../../shared/failures.ts";
import type { RpcName, RpcParams, RpcResult } from "../../shared/rpc-contract.ts";
import { queryFindingMarkdown, queryRecordingPage } from "../library/markdown.ts";
import * as queries from "../queries.ts";
import { queryComparison, queryComparisonText } from "../queries-compare.ts";
import { queryComparedFlame, queryFlame, querySource } from "../queries-flame.ts";
import { queryIntervals } from "../queries-marks.ts";

type Answering<N extends RpcName> = (params: RpcParams<N>, read: queries.Read) => Result<RpcResult<N>>;

const answers = {
  "recording.series": queries.querySeries,
  "recording.flow": queries.queryFlow,
  "recording.types": queries.queryTypes,
  "recording.sites": queries.querySites,
  "recording.survivors": queries.querySurvivors,
  "recording.trends": queries.queryTrends,
  "recording.facts": queries.queryFacts,
  "recording.lacks": queries.queryLacks,
  "recording.report": queries.queryReport,
  "recording.intervals": queryIntervals,
  "recording.flame": queryFlame,
  "recording.source": querySource,
  "recording.compare": queryComparison,
  "comparison.flame": queryComparedFlame,
  "comparison.text": queryComparisonText,
  "gil.report": queries.queryGil,
  "gil.lanes": queries.queryLanes,
  "gil.holds": queries.queryHolds,
  "gil.chain": queries.queryChain,
  "gil.distribution": queries.queryDistribution,
  "gil.contention": queries.queryContention,
  "errors.report": queries.queryErrors,
  "errors.times": queries.queryErrorTimes,
  "errors.series": queries.queryErrorRates,
  "history.report": queries.queryHistory,
  "history.steps": queries.queryHistorySteps,
  "sample.report": queries.querySample,
  "audit.report": queries.queryAudit,
  "finding.markdown": queryFindingMarkdown,
  "recording.page": queryRecordingPage,
} as const satisfies { readonly [N in RpcName]?: Answering<N> };

export type AskedName = keyof typeof answers;

export interface Asked<N extends AskedName = AskedName> {
  readonly name: N;
  readonly params: RpcParams<N>;
}

export function answerAsked<N extends AskedName>({ name, params }: Asked<N>, read: queries.Read): Result<RpcResult<N>> {
  const answering: { readonly [M in AskedName]: Answering<M> } = answers;
  return answering[name](params, read);
}
