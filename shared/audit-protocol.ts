// What an audited extension module is asked for and what the agent tells of it. Part of agent-protocol.ts; next: engine/session/inbox.ts.
import * as v from "valibot";
import { findingRules } from "./records.ts";

const text = v.pipe(v.string(), v.maxLength(4096));
const whole = v.pipe(v.number(), v.integer(), v.minValue(0));
const signed = v.pipe(v.number(), v.integer());
const hexAddress = v.pipe(v.string(), v.regex(/^0x[0-9a-f]{1,16}$/));

export const auditRequest = v.strictObject({
  /** Python name of a module (`numpy.core._multiarray_umath`), or name or path of its file. One that is not loaded yet is waited for. */
  module: v.pipe(text, v.minLength(1)),
  /** An over-release that would free a borrowed object is stopped. */
  guard: v.boolean(),
});
export type AuditRequest = v.InferOutput<typeof auditRequest>;

/** A function of the module that Python can call. `name` is as Python has it: `loads`, `Parser.feed`; a slot by its name, `Parser.tp_dealloc`. */
const auditedFunction = v.strictObject({
  id: whole,
  /** Path of the module's file. */
  module: text,
  name: text,
  /** Its first instruction. */
  address: hexAddress,
  calls: whole,
});

/**
 * What a function kept, by what the object was to it: counted and not judged, engine/analysis says what is a leak. One row for each
 * (function, role, api, type).
 */
const keep = v.strictObject({
  function: whole,
  /**
   * "self", "argument 1" and so on, "result": what the call of `api` returned; "created": put into self by an earlier call; "returned": None;
   * "type", "made", "refused", "memory", "orphan", "global", "cycle": docs/audit.md.
   */
  role: text,
  api: v.nullable(text),
  type: whole,
  /** References it took and did not give back (negative: gave back and had not taken), less those of objects that were freed since. */
  references: signed,
  /** Calls of the function in which an object had this role and type. */
  calls: whole,
  /** Of these: with the most frequent balance other than 0; 0 when none had one. */
  consistent: whole,
  /** Return address of the call of `api` that brought it. */
  address: v.nullable(hexAddress),
});

/**
 * `error-cleared` is told only of what was cleared without a look at what it was (PyErr_ExceptionMatches, PyErr_Fetch and their like).
 * What `keeps` says is not said again here; rows of `leaked-reference`, `extra-reference` and `over-release` are taken as they are.
 */
const auditFinding = v.strictObject({
  rule: v.picklist(findingRules),
  function: whole,
  /** The function of the C API it happened in. */
  api: v.nullable(text),
  /** 0: none. */
  type: whole,
  /** Return address within the module. */
  address: v.nullable(hexAddress),
  count: whole,
  /** Of these: stopped by the guard. */
  guarded: v.optional(whole, 0),
});

/** A call of the C API by the module with none of its known functions open: an entry point that was not found. */
const missed = v.strictObject({ api: text, calls: whole, address: hexAddress });

/** Counts are since arming; only rows that changed are sent. */
export const auditMessage = v.strictObject({
  functions: v.optional(v.array(auditedFunction), []),
  keeps: v.optional(v.array(keep), []),
  findings: v.optional(v.array(auditFinding), []),
  missed: v.optional(v.array(missed), []),
  entryPoints: whole,
});
export type AuditMessage = v.InferOutput<typeof auditMessage>;
