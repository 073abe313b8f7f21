// A way around a refusal: what it takes, the command for it in a terminal, and what it weakens. Next: engine/preflight/remedies.ts has them,
// failures and checks carry them to every door.
import * as v from "valibot";
import { check, doctorDocument } from "./documents.ts";

export const remedy = v.object({
  /** Begins a sentence that the command ends. */
  does: v.string(),
  /** For a terminal; null where there is no command for it. */
  command: v.nullable(v.string()),
  weakens: v.string(),
});
export type Remedy = v.InferOutput<typeof remedy>;

/** The least weakening one first. */
export const remedies = v.array(remedy);

/** A check as the engine tells of it to its doors: that of `doctor --json`, and the ways around it. */
export const toldCheck = v.object({ ...check.entries, remedies: v.optional(remedies) });
export type ToldCheck = v.InferOutput<typeof toldCheck>;
export const toldDoctor = v.object({ ...v.omit(doctorDocument, ["checks"]).entries, checks: v.array(toldCheck) });
export type ToldDoctor = v.InferOutput<typeof toldDoctor>;

/** The same in one line, where there is no room for more. */
export function adviceOf(ways: readonly Remedy[]): string {
  const said = ways.map(({ does, command }) => (command === null ? does : `${does}: \`${command}\``));
  return `${said.map((way, at) => (at === 0 ? way : way.charAt(0).toLowerCase() + way.slice(1))).join("; or ")}.`;
}
