// The engine's commands to the agent and the agent's messages back: one of the two written contracts. Next: agent/main.ts, engine/session.
import * as v from "valibot";
import { auditMessage, auditRequest } from "./audit-protocol.ts";

export const protocolVersion = 2;
/** The agent drains this often; a batch that finds nothing changed is still sent, as a sign of life. */
export const drainEveryMs = 100;
/** More batches than this without an acknowledgement: the agent waits and lets its counters grow, so nothing is lost. */
export const unackedBatches = 8;
/** The engine posts a beat this often; after `silenceMs` without one the agent takes everything out by itself. */
export const beatEveryMs = 250;
export const silenceMs = 5000;
export const deepestStack = 32;
/** As many hardware breakpoints has the processor. */
export const mostWatched = 4;
/** Objects of a sample, one after another. */
export const mostSampled = 64;

const text = v.pipe(v.string(), v.maxLength(4096));
const whole = v.pipe(v.number(), v.integer(), v.minValue(0));
const hex = v.pipe(v.string(), v.regex(/^(?:[0-9a-f]{2})*$/), v.maxLength(1 << 22));
const hexAddress = v.pipe(v.string(), v.regex(/^0x[0-9a-f]{1,16}$/));

/** What the agent found in the process, before anything is changed. */
export const inspection = v.strictObject({
  protocol: whole,
  /** PY_VERSION_HEX as the running interpreter says. */
  versionHex: whole,
  debug: v.boolean(),
  freeThreaded: v.boolean(),
  /** The module that holds _PyRuntime. */
  runtimeModule: text,
  staticBuild: v.boolean(),
  /** A core is in the process already: "none", "dormant" or "armed" (another Refscope records). */
  core: v.picklist(["none", "dormant", "armed"]),
  interpreters: whole,
  /** False while the interpreter is still starting; nothing may be armed then. */
  initialized: v.optional(v.boolean()),
});
export type Inspection = v.InferOutput<typeof inspection>;

/** Which objects are followed from their first reference on: all that is given must fit. */
export const sampleSite = v.strictObject({
  /** tp_name, or its last part. */
  type: v.optional(v.pipe(v.string(), v.minLength(1), v.maxLength(256))),
  /** The end of the path. */
  file: v.optional(v.pipe(v.string(), v.minLength(1), v.maxLength(1024))),
  line: v.optional(v.pipe(whole, v.minValue(1))),
  function: v.optional(v.pipe(v.string(), v.minLength(1), v.maxLength(1024))),
});
export type SampleSite = v.InferOutput<typeof sampleSite>;

export const armRequest = v.strictObject({
  frames: v.pipe(whole, v.maxValue(deepestStack)),
  lifecycle: v.boolean(),
  nativeMemory: v.boolean(),
  gil: v.boolean(),
  /** A hold is sampled once it has lasted half of this. */
  gilThresholdMs: v.pipe(v.number(), v.minValue(1), v.maxValue(3_600_000)),
  errors: v.boolean(),
  /** Also what clears and overwrites the error indicator. */
  errorDetails: v.boolean(),
  /** Privacy `full` alone. */
  errorMessages: v.boolean(),
  /** Addresses of objects whose reference counts are followed. */
  watch: v.optional(v.pipe(v.array(hexAddress), v.maxLength(mostWatched))),
  sample: v.optional(
    v.strictObject({ ...sampleSite.entries, objects: v.pipe(whole, v.minValue(1), v.maxValue(mostSampled)) }),
  ),
  /** An extension module whose calls of the C API are followed. */
  audit: v.optional(auditRequest),
});
export type ArmRequest = v.InferOutput<typeof armRequest>;

/** `arm` answers what it could install, or a refusal by its code in failures.ts with the values for its words. */
export const armReply = v.variant("kind", [
  v.strictObject({
    kind: v.literal("armed"),
    coreReused: v.boolean(),
    creationEvents: v.picklist(["tracer", "new-reference", "inferred"]),
    patchedModules: whole,
    /** How the GIL is followed: pointers that CPython calls the C library through, its own functions, or not at all. */
    gil: v.picklist(["slots", "symbols", "none"]),
    /** Sentences for `recording.notObserved`. */
    notObserved: v.array(text),
  }),
  v.strictObject({
    kind: v.literal("refused"),
    code: text,
    values: v.record(v.string(), v.union([v.string(), v.number()])),
  }),
]);
export type ArmReply = v.InferOutput<typeof armReply>;

const code = v.strictObject({ id: whole, function: text, file: text, firstLine: whole, lineTable: hex });
const type = v.strictObject({ id: whole, name: text });
const thread = v.strictObject({
  id: whole,
  tid: whole,
  name: v.nullable(text),
  kernelName: v.nullable(text),
});
const frames = v.pipe(v.array(v.strictObject({ code: whole, instruction: whole })), v.maxLength(64));
const sample = v.strictObject({
  hold: whole,
  thread: whole,
  at: whole,
  frames,
  native: v.pipe(v.array(hexAddress), v.maxLength(64)),
});
const message = v.strictObject({ key: whole, text });
const call = v.strictObject({ id: whole, function: text, module: text });
const place = v.strictObject({
  id: whole,
  /** 0: no Python code ran. */
  code: whole,
  instruction: whole,
  native: v.pipe(v.array(hexAddress), v.maxLength(64)),
});
const watchedObject = v.strictObject({ id: whole, address: hexAddress, type: text, count: whole });
const module = v.strictObject({ path: text, base: hexAddress, size: whole });

/** Messages of the agent. A batch's bytes travel beside it; definitions come no later than the first batch that uses them. */
export const agentMessage = v.variant("kind", [
  v.strictObject({
    kind: v.literal("batch"),
    codes: v.array(code),
    types: v.array(type),
    modules: v.array(module),
    /** The rest is left out when it is empty. */
    threads: v.optional(v.array(thread), []),
    samples: v.optional(v.array(sample), []),
    messages: v.optional(v.array(message), []),
    calls: v.optional(v.array(call), []),
    audit: v.optional(auditMessage),
    places: v.optional(v.array(place), []),
    watched: v.optional(v.array(watchedObject), []),
    /** Objects made at the site of a sample so far; `missed`: of these, no breakpoint could be set. */
    sampled: v.optional(v.strictObject({ made: whole, missed: whole })),
  }),
  v.strictObject({ kind: v.literal("disarmed"), reason: v.picklist(["asked", "silence", "disposed"]) }),
  v.strictObject({ kind: v.literal("notice"), text }),
]);
export type AgentMessage = v.InferOutput<typeof agentMessage>;
/** As the agent writes it, with what is empty left out. */
export type AgentMessageInput = v.InferInput<typeof agentMessage>;

/** `disarm` answers the events as counted at their source, apart from the counters per key: the recorder's total is checked against it. */
export const disarmReply = v.strictObject({
  allocations: whole,
  frees: whole,
  holds: whole,
  errors: whole,
  milliseconds: v.number(),
});
export type DisarmReply = v.InferOutput<typeof disarmReply>;

/** Posted by the engine: alive, and everything up to this batch is stored. */
export const beat = v.strictObject({ type: v.literal("beat"), acknowledged: v.pipe(v.number(), v.integer()) });
export type Beat = v.InferOutput<typeof beat>;

/** Names of the agent's exports, called with JSON arguments; `arm` takes the core's bytes beside them. */
export const agentCalls = {
  inspect: "inspect",
  arm: "arm",
  disarm: "disarm",
  heapBegin: "heapBegin",
  heapPart: "heapPart",
} as const;
