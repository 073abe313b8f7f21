// Findings, and what the functions of an audited extension module keep: the parts of the JSON documents on them. Used by documents.ts;
// engine/analysis/audit.ts fills them.
import * as v from "valibot";
import { abiModule } from "./abi-document.ts";
import { findingRules } from "./records.ts";

const whole = v.pipe(v.number(), v.integer());

export const finding = v.object({
  rule: v.picklist(findingRules),
  /** The extension module whose code did it; `file` and `line` are of the Python code that called it until its own are known. */
  module: v.string(),
  function: v.string(),
  file: v.nullable(v.string()),
  line: v.nullable(whole),
  count: whole,
  type: v.nullable(v.string()),
});

/** A finding of an audit. `file` and `line` are of the extension's own source: where it happened, else where the function begins. */
export const auditFinding = v.object({
  ...finding.entries,
  /** The function of the C API it happened in, or that brought the object. */
  api: v.nullable(v.string()),
  /** The innermost first, with what was inlined; `+0x…` of a function that has no name. */
  native: v.array(v.object({ function: v.string(), file: v.nullable(v.string()), line: v.nullable(whole) })),
  /** Stopped by the guard. */
  guarded: whole,
  sentence: v.string(),
  fix: v.string(),
  /** The section of CPython's documentation that states the rule. */
  documentation: v.object({ title: v.string(), url: v.string() }),
});
export type AuditFinding = v.InferOutput<typeof auditFinding>;

/** What a function keeps of one type and role; a function that keeps nothing has one row without a type. */
export const auditedFunction = v.object({
  function: v.string(),
  calls: whole,
  /** References a call that were taken, not given back and not freed since; negative: given back without having been taken. */
  keepsPerCall: v.number(),
  type: v.nullable(v.string()),
  /** That it leaks, 0 to 1; of a function that keeps nothing, that it does not. */
  confidence: v.number(),
  /** "self", "argument 1", "result" of `api`, "created", "returned", and those of docs/audit.md; null when nothing is kept. */
  role: v.nullable(v.string()),
  api: v.nullable(v.string()),
  file: v.nullable(v.string()),
  line: v.nullable(whole),
});
export type AuditedFunction = v.InferOutput<typeof auditedFunction>;
export const auditedModule = v.object({
  module: v.string(),
  /** Functions that could be followed; null when it is not loaded yet. */
  entryPoints: v.nullable(whole),
  /** Calls of the C API from outside all of these: an entry point that was not found. */
  missed: v.array(
    v.object({
      api: v.string(),
      calls: whole,
      function: v.nullable(v.string()),
      file: v.nullable(v.string()),
      line: v.nullable(whole),
    }),
  ),
  functions: v.array(auditedFunction),
  /** What its file asks of CPython's ABI; null when the file could not be read. */
  abi: v.nullable(abiModule),
});
export type AuditedModule = v.InferOutput<typeof auditedModule>;
export const referencesReport = v.object({ modules: v.array(auditedModule), findings: v.array(auditFinding) });
export type ReferencesReport = v.InferOutput<typeof referencesReport>;
