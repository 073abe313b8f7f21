// The calls by which memory is told by stacks, and two recordings compared, as schemas: one tree, its nodes in columns. Next: rpc-contract.ts.
import * as v from "valibot";

const whole = v.pipe(v.number(), v.integer(), v.minValue(0));
const path = v.pipe(v.string(), v.minLength(1), v.maxLength(4096));

/** Bytes and objects that are alive, objects that were allocated, bytes by which it grows a second where it does. */
export const flameMeasures = ["bytes", "objects", "allocated", "growth"] as const;
export type FlameMeasure = (typeof flameMeasures)[number];

/** More rectangles than pixels help nobody; what is left out is told. */
export const mostNodes = 100_000;

export const flameFrame = v.object({
  function: v.string(),
  file: v.string(),
});
export type FlameFrame = v.InferOutput<typeof flameFrame>;

const column = v.array(v.number());

/**
 * Node 0 is the root and stands for everything; each other one stands after its parent. Frames are in the order of their names, wherever the
 * recording was made, so that siblings in the order of their frames stand in the same order in every recording.
 */
export const flame = v.object({
  measure: v.picklist(flameMeasures),
  /** How many seconds were recorded. */
  seconds: v.number(),
  /** The most frames that a stack of the recording has: with 1 there are places, and no stacks. */
  deepest: whole,
  frames: v.array(flameFrame),
  parent: v.array(whole),
  /** Index into `frames`; that of the root says nothing. */
  frame: v.array(whole),
  /** The line of its heaviest stack; 0 where none is known. */
  line: v.array(whole),
  /** What the node's own frame allocated. */
  self: column,
  /** The same in the other recording, where two are compared: `self` is B, this is A. Both are by a second then. */
  base: v.nullable(column),
  /** Stacks that weigh least and were left out, and what they weigh in all. */
  left: v.object({ stacks: whole, weight: v.number() }),
});
export type Flame = v.InferOutput<typeof flame>;

const pair = { a: path, b: path };

export const flameCalls = {
  "recording.flame": { params: v.strictObject({ path, measure: v.picklist(flameMeasures) }), result: flame },
  /** One tree of both, so that the same place is the same node. */
  "comparison.flame": { params: v.strictObject({ ...pair, measure: v.picklist(flameMeasures) }), result: flame },
} as const;
