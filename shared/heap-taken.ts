// The calls of the rpc contract that take a heap snapshot and list those there are, and the document of `snapshot`, as schemas. Next: rpc-contract.ts.
import * as v from "valibot";
import { frame } from "./documents.ts";

const whole = v.pipe(v.number(), v.integer(), v.minValue(0));
const path = v.pipe(v.string(), v.minLength(1), v.maxLength(4096));

export const heapTaken = v.object({
  /** Its number in the recording. */
  id: whole,
  /** Since the recording began. */
  atMs: v.number(),
  /** How long the target waited for it. */
  pauseMs: v.number(),
  /** How long the walk took, beside the target. */
  seconds: v.number(),
  /** Nodes of the graph: objects, and the frames, threads and static data that hold some. */
  objects: whole,
  edges: whole,
  /** Of the walk, before it is compressed. */
  bytes: whole,
});
export type HeapTaken = v.InferOutput<typeof heapTaken>;

export const heapTakeRequest = v.strictObject({
  path,
  /** What the walk may take; 30 without it. */
  deadlineSeconds: v.optional(v.pipe(v.number(), v.minValue(0.1), v.maxValue(600))),
  /** Memory of its own that the walking child may hold; without it half of what is free. */
  mostBytes: v.optional(whole),
});
export type HeapTakeRequest = v.InferOutput<typeof heapTakeRequest>;

export const snapshotDocument = v.object({
  schema: v.literal("refscope.snapshot/1"),
  path: v.string(),
  objects: whole,
  edges: whole,
  seconds: v.number(),
  pauseMs: v.number(),
  /** Of all objects, with their headers and the tables they own. */
  bytes: v.number(),
  types: v.array(
    v.object({
      type: v.string(),
      count: whole,
      bytes: v.number(),
      /** References to objects of the type that nothing in the graph explains. */
      unexplainedReferences: whole,
    }),
  ),
  unreachableButAlive: v.array(
    v.object({
      type: v.string(),
      count: whole,
      bytes: v.number(),
      /** Where they were allocated; null when the recording does not know. */
      site: v.nullable(v.array(frame)),
    }),
  ),
  notObserved: v.array(v.string()),
});
export type SnapshotDocument = v.InferOutput<typeof snapshotDocument>;

/** Of a recording that goes on, and of any. */
export const heapTakes = {
  "heap.take": { params: heapTakeRequest, result: heapTaken },
  "heap.list": { params: v.strictObject({ path }), result: v.array(heapTaken) },
} as const;
