// The view models of the heap screens and the document of `why`, as schemas: types, sets of objects, the tree of dominators, two graphs compared.
// Addresses are texts ("0x7f00…"): they name objects from one call to the next. Next: rpc-contract.ts.
import * as v from "valibot";
import { frame } from "./documents.ts";
import { snapshotDocument } from "./heap-taken.ts";

const whole = v.pipe(v.number(), v.integer());
const natural = v.pipe(whole, v.minValue(0));
const address = v.pipe(v.string(), v.regex(/^0x[0-9a-f]{1,16}$/));
const path = v.pipe(v.string(), v.minLength(1), v.maxLength(4096));

/**
 * Whether a root reaches it. perhaps: only by a word that looks like a reference. held: no root, but references that no object explains, its own or those of
 * what holds it. lost: nothing at all holds it but objects that are lost too.
 */
export const heapStates = ["lost", "held", "perhaps", "reached"] as const;

export const heapObject = v.object({
  address,
  type: v.string(),
  size: whole,
  /** References, as CPython counts; null when it is immortal. */
  count: v.nullable(whole),
  /** Bytes that would be freed with it, its own included. */
  retained: v.number(),
  /** References that nothing in the graph explains; null when it is immortal. */
  unexplained: v.nullable(whole),
  state: v.picklist(heapStates),
  /** Where it was allocated, innermost first; null when it is older than the recording, or the recording did not collect that. */
  site: v.nullable(v.array(frame)),
});
export type HeapObject = v.InferOutput<typeof heapObject>;

/** Which snapshot, and what it is: with every answer, because without `id` the newest one is asked. */
export const heapFacts = v.object({ id: natural, seconds: v.number(), objects: whole, edges: whole });
export type HeapFacts = v.InferOutput<typeof heapFacts>;

export const heapTypeRow = v.object({
  type: v.string(),
  count: whole,
  bytes: v.number(),
  /** Bytes that would be freed with all of them; what they hold of each other counts once. */
  retained: v.number(),
  unexplainedReferences: whole,
  /** Of them: alive though no root reaches them. */
  unreachable: whole,
  unreachableBytes: v.number(),
});
export type HeapTypeRow = v.InferOutput<typeof heapTypeRow>;
export const heapTypes = v.object({ ...heapFacts.entries, bytes: v.number(), rows: v.array(heapTypeRow), of: whole });

/** new, survived, dead: compared with the snapshot `against`; dead ones are described as they were there. */
export const heapSets = ["all", "unexplained", "unreachable", "held", "lost", "new", "survived", "dead"] as const;
export const heapObjects = v.object({ ...heapFacts.entries, rows: v.array(heapObject), of: whole, bytes: v.number() });
export type HeapObjects = v.InferOutput<typeof heapObjects>;

/** `objects`: how many it dominates directly. */
export const heapTreeRow = v.object({ ...heapObject.entries, objects: whole });
export const heapTree = v.object({
  ...heapFacts.entries,
  /** From the outermost dominator to the object that was asked for; empty for the top. */
  chain: v.array(heapObject),
  /** What it dominates directly, the most retained first. */
  rows: v.array(heapTreeRow),
  of: whole,
});
export type HeapTree = v.InferOutput<typeof heapTree>;

const counts = v.object({ objects: whole, bytes: v.number() });
export const heapComparedRow = v.object({
  type: v.string(),
  before: counts,
  after: counts,
  new: counts,
  dead: counts,
  survived: counts,
  delta: counts,
});
export const heapComparison = v.object({
  before: heapFacts,
  after: heapFacts,
  rows: v.array(heapComparedRow),
  of: whole,
});
export type HeapComparison = v.InferOutput<typeof heapComparison>;

/** `edge`: by what the object before it refers to it; of the first one, what keeps it. */
export const heapStep = v.object({ type: v.string(), address, edge: v.string() });
export type HeapStep = v.InferOutput<typeof heapStep>;

export const whyDocument = v.object({
  schema: v.literal("refscope.why/1"),
  path: v.string(),
  snapshot: heapFacts,
  object: heapObject,
  /** The shortest one from a root, and one as different from it as can be. */
  paths: v.array(v.array(heapStep)),
  /** Objects through which all ways to it lead, the outermost first; each retains those after it. */
  dominators: v.array(v.object({ type: v.string(), address, retained: v.number() })),
  /** The shortest one through it: from the object to the object. `breaks` is the place in it of the edge to take away. */
  cycle: v.nullable(v.object({ steps: v.array(heapStep), breaks: whole, say: v.string() })),
  references: v.object({
    count: v.nullable(whole),
    explained: whole,
    /** Of the explained ones: words that look like references, and may be none. */
    words: whole,
    unexplained: v.nullable(whole),
    /** The same in words. */
    say: v.string(),
  }),
  /** Objects that refer to it, the most references first. */
  holders: v.array(v.object({ ...heapStep.entries, references: whole, retained: v.number() })),
  holdersOf: whole,
  notObserved: v.array(v.string()),
});
export type WhyDocument = v.InferOutput<typeof whyDocument>;

/** Without `id`: the newest snapshot. */
const asked = { path, id: v.optional(natural) };
const page = {
  limit: v.optional(v.pipe(natural, v.maxValue(10_000))),
  offset: v.optional(natural),
};
const name = v.pipe(v.string(), v.maxLength(512));

/** The rows of the rpc contract that ask about the graph of a snapshot. */
export const heapCalls = {
  "heap.types": { params: v.strictObject({ ...asked, ...page }), result: heapTypes },
  /** The most retained first; of `unexplained`, the most of them. `against` is needed for new, survived and dead. */
  "heap.objects": {
    params: v.strictObject({
      ...asked,
      ...page,
      type: v.optional(name),
      set: v.optional(v.picklist(heapSets)),
      against: v.optional(natural),
    }),
    result: heapObjects,
  },
  "heap.dominators": { params: v.strictObject({ ...asked, ...page, node: v.optional(address) }), result: heapTree },
  /** `object`: an address, or `type:NAME` for the one of that type that tells the most. */
  "heap.why": { params: v.strictObject({ ...asked, object: name }), result: whyDocument },
  /** The whole of it as the document of `snapshot`. */
  "heap.report": { params: v.strictObject(asked), result: snapshotDocument },
  "heap.compare": {
    params: v.strictObject({ path, a: natural, b: natural, ...page }),
    result: heapComparison,
  },
} as const;
export type HeapCallName = keyof typeof heapCalls;
export type HeapCallParams<N extends HeapCallName> = v.InferInput<(typeof heapCalls)[N]["params"]>;
export type HeapCallResult<N extends HeapCallName> = v.InferOutput<(typeof heapCalls)[N]["result"]>;
