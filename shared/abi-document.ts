// What extension modules ask of CPython's ABI, as a schema: a part of the audit's document. Next: engine/abi fills it.
import * as v from "valibot";

/** What the file of one extension module asks of CPython's ABI, as far as its symbols tell. Versions are "3.8" to "3.15". */
export const abiModule = v.object({
  module: v.string(),
  /** limited: every symbol is of the stable ABI, and nothing shows that it was built without Py_LIMITED_API. */
  api: v.picklist(["limited", "full"]),
  /** Its name says abi3, and its symbols keep that promise. */
  stableAbi: v.boolean(),
  /** The version in its name; null for abi3 and for names without one. */
  builtFor: v.nullable(v.string()),
  /** The oldest version that exports all it imports; null when none does. */
  needs: v.nullable(v.string()),
  /** PEP 489, told by the functions its init function can call; null when both ways are open. */
  multiPhase: v.nullable(v.boolean()),
  private: v.array(v.string()),
  /** `since`: the first version without it. */
  removed: v.array(v.object({ function: v.string(), since: v.string() })),
  /** Exported before and after, but `since` then with another signature or meaning. */
  changed: v.array(v.object({ function: v.string(), since: v.string(), what: v.string() })),
  /** Versions on which it cannot be imported, or only until such a symbol is first called: one is undefined there. */
  breaksOn: v.array(v.string()),
  /** Named like CPython's and exported by none of the versions. */
  unknown: v.array(v.string()),
});
export type AbiModule = v.InferOutput<typeof abiModule>;
export const abiReport = v.object({ modules: v.array(abiModule) });
export type AbiReport = v.InferOutput<typeof abiReport>;
