// The view models of the GIL and the error screens, as schemas. Times are milliseconds from the recording's start. Next: rpc-contract.ts.
import * as v from "valibot";
import { codeFrame } from "./frame.ts";
import { nativeFrame } from "./gil-document.ts";
import { errorActs } from "./records.ts";

const whole = v.pipe(v.number(), v.integer());
const numbers = v.array(v.number());

/** Parallel arrays, one entry a bucket: how much of it the thread held or waited, 0 to 1, and how many holds ended in it. */
export const gilLane = v.object({
  threadId: whole,
  name: v.nullable(v.string()),
  kernelName: v.nullable(v.string()),
  held: numbers,
  waited: numbers,
  holds: v.array(whole),
});
export type GilLane = v.InferOutput<typeof gilLane>;

/** Lanes in the order the threads first appeared; a bucket before or after the recording is empty. */
export const gilLanes = v.object({
  fromMs: v.number(),
  toMs: v.number(),
  bucketMs: v.number(),
  /** Of the whole recording. */
  recordingMs: v.number(),
  lanes: v.array(gilLane),
  /** How many threads there are; more than lanes when there are so many that the least busy ones are left out. */
  threads: v.optional(whole),
  /** From here on the detail is kept; what came before is coarser or gone. */
  detailFromMs: v.number(),
});
export type GilLanes = v.InferOutput<typeof gilLanes>;

export const gilHold = v.object({
  /** Number of the hold in the recording. */
  hold: whole,
  threadId: whole,
  requestMs: v.number(),
  acquiredMs: v.number(),
  releasedMs: v.number(),
  /** It slept for the GIL; else the wait is only that of an uncontended lock. */
  waited: v.boolean(),
  forced: v.boolean(),
  /** Who held the GIL when this one began to wait. */
  waitedFor: v.nullable(whole),
});
export type GilHold = v.InferOutput<typeof gilHold>;
/** `of` is exact up to a million; of more, those that were not looked at are counted with a few at the ends too many. */
export const gilHolds = v.object({ rows: v.array(gilHold), of: whole });
export type GilHolds = v.InferOutput<typeof gilHolds>;

/**
 * A hold that waited, the hold it waited for, the one that had waited for, and so on. The last waited for nobody, or it is not known
 * for whom, or the chain is cut because it goes on.
 */
export const gilChain = v.object({ steps: v.array(gilHold), end: v.picklist(["nobody", "unknown", "cut"]) });
export type GilChain = v.InferOutput<typeof gilChain>;

/** Bars of a histogram with limits that double: from `fromMs` up to, not with, `toMs`. */
export const histogramBar = v.object({ fromMs: v.number(), toMs: v.number(), count: whole });
export type HistogramBar = v.InferOutput<typeof histogramBar>;

/** `waiting`: threads that waited, on average; `held`: part of the time that anybody held it. */
export const gilContention = v.array(v.object({ atMs: v.number(), waiting: v.number(), held: v.number() }));
export type GilContention = v.InferOutput<typeof gilContention>;

export const gilDistribution = v.object({
  holds: v.array(histogramBar),
  /** Of waits that slept for the GIL. */
  waits: v.array(histogramBar),
  /** Part of the holds of the range that were looked through for the bars, 0 to 1. */
  part: v.optional(v.number()),
  /** At most 600 points. */
  contention: gilContention,
});
export type GilDistribution = v.InferOutput<typeof gilDistribution>;

/** The GIL as the newest batch found it, and shares of the last second. */
export const gilNow = v.object({
  atMs: v.number(),
  holder: v.nullable(whole),
  holdsPerSecond: v.number(),
  threads: v.array(
    v.object({
      threadId: whole,
      name: v.nullable(v.string()),
      kernelName: v.nullable(v.string()),
      state: v.picklist(["holding", "waiting", "released"]),
      /** How long it has been so; null while released. */
      sinceMs: v.nullable(v.number()),
      holdFraction: v.number(),
      waitFraction: v.number(),
      /** Since the recording began. */
      holds: whole,
    }),
  ),
});
export type GilNow = v.InferOutput<typeof gilNow>;

/** Errors a second over time, `lost` those that an extension cleared or overwrote: in all, and for each of the most frequent types. */
export const errorRates = v.object({
  bucketSeconds: v.number(),
  buckets: v.array(v.object({ at: v.number(), raised: v.nullable(v.number()), lost: v.nullable(v.number()) })),
  types: v.array(v.object({ type: v.string(), count: whole, raised: v.array(v.number()) })),
});
export type ErrorRates = v.InferOutput<typeof errorRates>;

/** What one batch brought of one kind at one place; `at` is its end, in seconds, and batches are a tenth of a second apart. */
export const latestError = v.object({
  at: v.number(),
  act: v.picklist(errorActs),
  type: v.nullable(v.string()),
  count: whole,
  frames: v.array(codeFrame),
  /** The extension that did it, where it was one. */
  native: v.nullable(nativeFrame),
});
export type LatestError = v.InferOutput<typeof latestError>;

/** `groups` are the rows of the report; the first time is null where the beginning was taken out, to keep the file small. */
export const errorTimes = v.object({
  groups: v.array(
    v.object({
      type: v.string(),
      frames: v.array(codeFrame),
      first: v.nullable(v.number()),
      last: v.nullable(v.number()),
    }),
  ),
  /** The newest first, a hundred at most. */
  latest: v.array(latestError),
  /** Whether everything that clears or overwrites an error was asked for; null in a recording that does not say. */
  details: v.nullable(v.boolean()),
});
export type ErrorTimes = v.InferOutput<typeof errorTimes>;
