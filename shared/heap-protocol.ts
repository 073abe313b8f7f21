// What a walk of the target's heap is asked for and what the agent answers. Part of agent-protocol.ts; next: engine/session/heap-take.ts.
import * as v from "valibot";

const text = v.pipe(v.string(), v.maxLength(4096));
const whole = v.pipe(v.number(), v.integer(), v.minValue(0));

export const heapRequest = v.strictObject({
  /** Names of attributes and variables, and keys of dicts that are names; without it labels stay empty. */
  names: v.boolean(),
  /** The child that walks is ended when it takes longer. */
  deadlineMs: v.pipe(v.number(), v.minValue(100), v.maxValue(600_000)),
  /** The child that walks is ended when it holds more memory of its own. */
  mostBytes: whole,
});
export type HeapRequest = v.InferOutput<typeof heapRequest>;

/** `heapBegin`: the heap as it stood at `at` is being walked beside the target, or a refusal with nothing changed. */
export const heapBegun = v.variant("kind", [
  v.strictObject({
    kind: v.literal("walking"),
    /** CLOCK_MONOTONIC nanoseconds. */
    at: whole,
    /** Milliseconds that the GIL was held for it. */
    pauseMs: v.number(),
  }),
  v.strictObject({
    kind: v.literal("refused"),
    code: text,
    values: v.record(v.string(), v.union([v.string(), v.number()])),
  }),
]);
export type HeapBegun = v.InferOutput<typeof heapBegun>;

/** `heapPart`, with the next bytes of the walk beside it, if there are any: asked for again until it is no longer "more". */
export const heapPart = v.variant("kind", [
  v.strictObject({ kind: v.literal("more") }),
  v.strictObject({
    kind: v.literal("whole"),
    objects: whole,
    edges: whole,
    /** What the child took. */
    seconds: v.number(),
    /** Most bytes of its own that it was seen to hold. */
    childBytes: whole,
    /** Blocks beyond those that are told. */
    looseLeftOut: whole,
    /** Pools of small blocks that were recognised; none: what nobody refers to was not looked for. */
    pools: whole,
  }),
  v.strictObject({ kind: v.literal("failed"), why: text }),
]);
export type HeapPart = v.InferOutput<typeof heapPart>;

/** Most bytes of one part. */
export const heapPartBytes = 1 << 20;
