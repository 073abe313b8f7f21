// Marks on the time of a recording, and what grew from one to the next, as schemas. Next: rpc-contract.ts, documents.ts.
import * as v from "valibot";
import { codeFrame } from "./frame.ts";
import { domains } from "./records.ts";

const whole = v.pipe(v.number(), v.integer(), v.minValue(0));
/** Since the recording began. */
const seconds = v.pipe(v.number(), v.minValue(0));
const path = v.pipe(v.string(), v.minLength(1), v.maxLength(4096));

export const longestMarkName = 80;
export const markName = v.pipe(v.string(), v.trim(), v.minLength(1), v.maxLength(longestMarkName));
/** More than fit on a time axis are of no use to anybody. */
export const mostMarks = 200;

export const mark = v.object({
  at: seconds,
  name: v.string(),
  /** It was set while the recording went on, not on its picture later. */
  live: v.boolean(),
});
export type Mark = v.InferOutput<typeof mark>;

/** What lies between two marks, as far as the recording can be cut: a tenth of a second, or more of what is older. From the beginning to the first, and from the last to the end, are intervals as well. */
export const interval = v.object({
  from: seconds,
  to: seconds,
  /** Null at the beginning and at the end. */
  fromMark: v.nullable(v.string()),
  toMark: v.nullable(v.string()),
});
export type Interval = v.InferOutput<typeof interval>;

/** One value an interval, in their order; null where the recording does not tell. */
const growth = v.array(v.nullable(v.pipe(v.number(), v.integer())));

export const intervalRow = v.object({
  type: v.nullable(v.string()),
  domain: v.picklist(domains),
  frames: v.array(codeFrame),
  /** Allocated minus freed. */
  objects: growth,
  bytes: growth,
  /** It grew in each interval after the first, which is warm-up: a leak looks like this, and so does a cache that still fills. */
  steady: v.boolean(),
});
export type IntervalRow = v.InferOutput<typeof intervalRow>;

export const intervals = v.object({
  intervals: v.array(interval),
  /** Nobody set a mark: the time is cut into equal parts, and each cut is named by the number of the part that begins there. */
  automatic: v.boolean(),
  /** Of everything, not of the rows alone. */
  total: v.object({ objects: growth, bytes: growth }),
  /** The steady ones first, then by what they grew after the first interval. */
  rows: v.array(intervalRow),
  of: whole,
});
export type Intervals = v.InferOutput<typeof intervals>;

/** A mark that is wished for: at a time, with or without a name. */
export const wishedMark = v.strictObject({ at: seconds, name: v.optional(markName) });
export type WishedMark = v.InferOutput<typeof wishedMark>;
export const wishedMarks = v.pipe(v.array(wishedMark), v.maxLength(mostMarks));

const marks = v.object({ marks: v.array(mark) });

export const markCalls = {
  /** In order of time. */
  "recording.marks": { params: v.strictObject({ path }), result: marks },
  /** Without `at` it is now, which only a recording that goes on has. A mark at the same millisecond is named anew. */
  "recording.mark": {
    params: v.strictObject({ path, at: v.optional(seconds), name: v.optional(markName) }),
    result: marks,
  },
  "recording.move-mark": { params: v.strictObject({ path, at: seconds, to: seconds }), result: marks },
  "recording.unmark": { params: v.strictObject({ path, at: seconds }), result: marks },
  /** `at` asks what other marks would show, and writes none. */
  "recording.intervals": {
    params: v.strictObject({
      path,
      at: v.optional(v.pipe(v.array(seconds), v.maxLength(mostMarks))),
      limit: v.optional(v.pipe(whole, v.maxValue(10_000))),
    }),
    result: intervals,
  },
} as const;
