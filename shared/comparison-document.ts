// What `compare` says of two recordings, as a schema. engine/compare fills it. Next: scripts/schemas.ts, rpc-contract.ts.
import * as v from "valibot";
import { frame } from "./documents.ts";

const whole = v.pipe(v.number(), v.integer());

/** fixed: grew before, does not any more. improved, worse: grows in both, at another rate. */
export const rowVerdicts = ["fixed", "improved", "same", "worse", "new-leak"] as const;
export type RowVerdict = (typeof rowVerdicts)[number];
export const comparisonVerdicts = [...rowVerdicts, "incomparable"] as const;
export type ComparisonVerdict = (typeof comparisonVerdicts)[number];

/** What rates are told by: a second of the recording, a call of the audited functions, the time between two marks. */
export const comparisonUnits = ["second", "call", "mark"] as const;
export type ComparisonUnit = (typeof comparisonUnits)[number];

export const comparedSide = v.object({
  path: v.string(),
  startedAt: v.string(),
  python: v.string(),
  /** Of all runs. */
  seconds: v.number(),
  runs: whole,
  dropped: whole,
  /** Its state at this mark was compared; `seconds` are those up to it then. */
  mark: v.optional(v.string()),
});
export const comparisonRow = v.object({
  verdict: v.picklist(rowVerdicts),
  /** Null for memory that is no Python object, and for references whose type is not known. */
  type: v.nullable(v.string()),
  /** Innermost first; of the recording in which it grows faster. */
  site: v.array(frame),
  a: v.number(),
  b: v.number(),
  delta: v.number(),
  /**
   * Of `a`, `b` and `delta`: "objects/second", "bytes/mark", "references/call" and the like; "suspects/second" of what
   * both were diagnosed for; "objects" and "bytes" of states at marks.
   */
  unit: v.string(),
  /** More than three times the noise and a tenth of the larger one; it is what the verdict rests on. */
  significant: v.boolean(),
  /** Median absolute deviation, the larger of the two: over parts of the recording, or over runs. */
  noise: v.number(),
  /** Of two marks of one recording: what was made and what was freed between them. */
  between: v.optional(v.object({ made: whole, freed: whole })),
});
export type ComparisonRow = v.InferOutput<typeof comparisonRow>;

export const comparison = v.object({
  schema: v.literal("refscope.comparison/1"),
  verdict: v.picklist(comparisonVerdicts),
  /** Why it is incomparable, or what to know before it is believed. */
  reasons: v.array(v.string()),
  a: comparedSide,
  b: comparedSide,
  /** What neither recording, or one of them, could see. */
  notObserved: v.array(v.string()),
  rows: v.array(comparisonRow),
  /** How many rows there are; more than `rows` when the least were left out. */
  of: whole,
});
export type Comparison = v.InferOutput<typeof comparison>;
