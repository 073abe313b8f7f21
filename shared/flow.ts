// What was allocated and freed over time, and how much of it is still alive, as schemas. Next: rpc-contract.ts.
import * as v from "valibot";

const whole = v.pipe(v.number(), v.integer(), v.minValue(0));

/** Unknown is null: nothing was drained in it. */
export const flowBucket = v.object({
  /** Seconds since the recording began. */
  at: v.number(),
  allocated: v.nullable(whole),
  freed: v.nullable(whole),
  /** Of what was allocated in it at least so much is still alive: if all that a site freed since was of this time. */
  alive: v.nullable(whole),
});
export type FlowBucket = v.InferOutput<typeof flowBucket>;

export const flow = v.object({ bucketSeconds: v.number(), buckets: v.array(flowBucket) });
export type Flow = v.InferOutput<typeof flow>;

export const flowCalls = {
  /** At most `buckets` equal buckets from the first second to the last, fewer where the recording would have to be read finer for them. */
  "recording.flow": {
    params: v.strictObject({
      path: v.pipe(v.string(), v.minLength(1), v.maxLength(4096)),
      buckets: v.pipe(whole, v.minValue(1), v.maxValue(600)),
    }),
    result: flow,
  },
} as const;
