// What of a time range is still alive, by the site that allocated it, as schemas. Next: rpc-contract.ts.
import * as v from "valibot";
import { siteRow } from "./documents.ts";

const whole = v.pipe(v.number(), v.integer(), v.minValue(0));
const seconds = v.pipe(v.number(), v.minValue(0));
const between = v.object({ atLeast: whole, atMost: whole });

/**
 * Only sums are kept of a site, not which object was freed. At least: if everything it freed since was of the range. At most: if what it freed was older
 * or newer wherever that is possible.
 */
export const survivorRow = v.object({
  type: siteRow.entries.type,
  domain: siteRow.entries.domain,
  frames: siteRow.entries.frames,
  allocated: whole,
  alive: between,
  aliveBytes: between,
});
export type SurvivorRow = v.InferOutput<typeof survivorRow>;

export const survivors = v.object({
  /** As far as the recording can be cut: its detail is a second, or less of what is older. */
  from: seconds,
  to: seconds,
  /** Until when it is known what was freed: the end of the recording so far. */
  until: seconds,
  allocated: whole,
  alive: between,
  aliveBytes: between,
  rows: v.array(survivorRow),
  of: whole,
});
export type Survivors = v.InferOutput<typeof survivors>;

export const survivorCalls = {
  /** Seconds since the recording began. The sites with the most bytes that are surely alive first. */
  "recording.survivors": {
    params: v.strictObject({
      path: v.pipe(v.string(), v.minLength(1), v.maxLength(4096)),
      from: seconds,
      to: seconds,
      limit: v.optional(v.pipe(whole, v.maxValue(10_000))),
    }),
    result: survivors,
  },
} as const;
