// The call by which the growth of a few things is asked for as small lines, as schemas. Next: rpc-contract.ts.
import * as v from "valibot";
import { frame } from "./documents.ts";

const mostAsked = 20;

/** Of one type, of what stands at one innermost frame, or of both; memory that is no object has no type, and is told in bytes. */
export const trendOf = v.strictObject({ type: v.nullable(v.string()), frame: v.nullable(frame) });
export type TrendOf = v.InferOutput<typeof trendOf>;

export const trends = v.object({
  /** Seconds since the recording began, up to 60 of them. */
  seconds: v.array(v.number()),
  /** In the order they were asked; null where nothing of it was recorded. */
  live: v.array(v.nullable(v.array(v.number()))),
});
export type Trends = v.InferOutput<typeof trends>;

export const trendCalls = {
  "recording.trends": {
    params: v.strictObject({
      path: v.pipe(v.string(), v.minLength(1), v.maxLength(4096)),
      of: v.pipe(v.array(trendOf), v.maxLength(mostAsked)),
    }),
    result: trends,
  },
} as const;
