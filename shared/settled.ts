// What of an engine is decided outside of the page, and by what, as a schema. Part of rpc-contract.ts; engine/settled.ts fills it.
import * as v from "valibot";

export const settled = v.object({
  /** Where recordings are kept, how Frida is reached, what reads debug information, where processes are looked at. */
  what: v.picklist(["recordings", "frida", "symbols", "processes"]),
  /** Null: there is none. */
  value: v.nullable(v.string()),
  /** The variable of its environment that says so; null where it is as at first. */
  by: v.nullable(v.string()),
  /** The variable that would. */
  variable: v.string(),
});
export type Settled = v.InferOutput<typeof settled>;
