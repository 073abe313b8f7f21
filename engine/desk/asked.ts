// Calls that may be asked of a thread about one closed recording of ours, and how: what goes to worker.ts, and what answers there.
import { fail, type Result } from "../../shared/failures.ts";
import type { RpcName, RpcParams, RpcResult } from "../../shared/rpc-contract.ts";
import { queryComparedFlame, queryComparisonMarkdown, queryFlame, querySource } from "../flame-calls.ts";
import * as queries from "../queries.ts";
import { queryComparison } from "../queries-compare.ts";
import { queryIntervals } from "../queries-marks.ts";

type Answering<N extends RpcName> = (params: RpcParams<N>, read: queries.Read) => Result<RpcResult<N>>;

export const deskAnswers = {
  "recording.series": queries.querySeries,
  "recording.types": queries.queryTypes,
  "recording.sites": queries.querySites,
  "recording.survivors": queries.querySurvivors,
  "recording.report": queries.queryReport,
  "recording.intervals": queryIntervals,
  "recording.flame": queryFlame,
  "recording.source": querySource,
  "recording.compare": queryComparison,
  "comparison.flame": queryComparedFlame,
  "comparison.markdown": queryComparisonMarkdown,
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
} as const satisfies { readonly [N in RpcName]?: Answering<N> };

export interface Asked<N extends RpcName = RpcName> {
  readonly name: N;
  readonly params: RpcParams<N>;
}

export const isAsked = (name: RpcName): boolean => Object.hasOwn(deskAnswers, name);

export function answerAsked<N extends RpcName>({ name, params }: Asked<N>, read: queries.Read): Result<RpcResult<N>> {
  const answers: { readonly [M in RpcName]?: Answering<M> } = deskAnswers;
  const answering = answers[name];
  return answering ? answering(params, read) : fail("usage", { what: `\`${name}\` reads no recording` });
}
