// The view model of the object screen, as a schema: the whole history in a few points. Next: rpc-contract.ts.
import * as v from "valibot";
import { watchStates } from "./records.ts";

const whole = v.pipe(v.number(), v.integer());

/** One object and its count over time; what is sampled goes through the least and the most of each part of the time. */
export const objectSteps = v.object({
  address: v.string(),
  type: v.string(),
  state: v.picklist(watchStates),
  /** No change is missing from the first to the last; while it is followed, so far. */
  complete: v.boolean(),
  dropped: whole,
  /** How many changes there were, whatever number of points shows them. */
  changes: whole,
  first: whole,
  last: whole,
  /** `t`: milliseconds since the recording began. */
  points: v.array(v.object({ t: v.number(), refcount: whole })),
});
export type ObjectSteps = v.InferOutput<typeof objectSteps>;
export const historySteps = v.object({ objects: v.array(objectSteps) });
export type HistorySteps = v.InferOutput<typeof historySteps>;
