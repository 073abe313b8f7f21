// The document of `watch --sample`, as a schema: one typical object's history as `watch` tells it, and what all followed ones have in
// common. Next: engine/analysis/sample.ts fills it, doors print it.
import * as v from "valibot";
import { frame, history } from "./documents.ts";

const whole = v.pipe(v.number(), v.integer());

/** Whose changes are meant: a function of an extension, or the interpreter, which runs the Python function in `python`. */
const by = {
  module: v.string(),
  function: v.string(),
  file: v.nullable(v.string()),
  line: v.nullable(whole),
  /** Of the interpreter's own changes; null for an extension's. */
  python: v.nullable(frame),
};
export const sampleSum = v.object({
  ...by,
  /** Over all followed objects; then over those that are alive and those that were freed. */
  delta: whole,
  alive: whole,
  freed: whole,
  /** So many objects it changed. */
  objects: whole,
});
export type SampleSum = v.InferOutput<typeof sampleSum>;

export const unmatched = v.object({
  ...by,
  /** References an object that is alive has more of it than one that was freed. */
  perObject: v.number(),
});
export type Unmatched = v.InferOutput<typeof unmatched>;

export const sampledObject = v.object({
  address: v.string(),
  type: v.string(),
  freed: v.boolean(),
  complete: v.boolean(),
  dropped: whole,
  changes: whole,
  /** The last one that was seen. */
  refcount: whole,
});

const { schema: _, object, ...told } = history.entries;
export const sampleDocument = v.object({
  schema: v.literal("refscope.sample/1"),
  /** As it was asked for. */
  site: v.string(),
  /** `missed`: of those made, no breakpoint could be set. Freed ones were freed while they were followed, or since. */
  counts: v.object({ made: whole, missed: whole, followed: whole, alive: whole, freed: whole }),
  /** Up to `freed`, as refscope.history/1: of the typical object, the first that is alive, else the first; null when none was made. */
  object: v.nullable(object),
  ...told,
  objects: v.array(sampledObject),
  /** Each starts with its first reference, so that the changes of a freed one add up to 0, and those of one that is alive to its count. */
  sums: v.array(sampleSum),
  unmatched: v.array(unmatched),
});
export type SampleDocument = v.InferOutput<typeof sampleDocument>;
