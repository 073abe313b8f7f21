// The calls of shared/flame.ts and source-lines.ts in, their answers out; the same for our own recordings and in the process that reads strangers'. Used by engine.ts, evidence/answers.ts.
import { ok, type Result } from "../shared/failures.ts";
import type { RpcParams, RpcResult } from "../shared/rpc-contract.ts";
import { comparedFlame, flameOf, stacksOf } from "./analysis/flame-stacks.ts";
import { sourceAround } from "./analysis/source.ts";
import { reading } from "./queries.ts";
import { queryComparison } from "./queries-compare.ts";
import { comparisonMarkdown } from "./report/comparison.ts";

type Query<N extends "recording.source" | "recording.flame" | "comparison.flame" | "comparison.markdown"> = (
  params: RpcParams<N>,
) => Result<RpcResult<N>>;

export const queryFlame: Query<"recording.flame"> = ({ path, measure }) =>
  reading(path, (reader) => flameOf(reader, measure));

export const querySource: Query<"recording.source"> = ({ path, file, line }) =>
  reading(path, (reader) => sourceAround(reader, file, line));

export const queryComparedFlame: Query<"comparison.flame"> = ({ a, b, measure }) => {
  const first = reading(a, (reader) => stacksOf(reader, measure));
  if (!first.ok) return first;
  const second = reading(b, (reader) => stacksOf(reader, measure));
  return second.ok ? ok(comparedFlame(first.value, second.value, measure)) : second;
};

/** The same text as the verb's. */
export const queryComparisonMarkdown: Query<"comparison.markdown"> = (params) => {
  const told = queryComparison(params);
  return told.ok ? ok(comparisonMarkdown(told.value)) : told;
};
