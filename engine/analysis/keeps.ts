// What a function kept over its calls in; whether that is a leak, and how sure that is, out. Next: audit.ts.
import type { FindingRule } from "../../shared/records.ts";
import type { StoredKeep } from "../store/audit-reader.ts";

/** The first calls fill caches: this part of the calls, at most so many, need not be like the others. */
const firstPart = 0.1;
const mostFirst = 3;
/** A count that others change meanwhile hides a few: this part, and at most as many. */
const strayPart = 0.15;
/** Fewer calls than this say nothing. */
const fewestCalls = 5;
/** Part of the calls that keep the same, part of that which is still there, and part that stays once it was the most. */
const consistentFrom = 0.9;
/** A method may keep an argument in its object for good reason: by itself that is no finding. */
const kept = 0.6;

export interface Judged {
  readonly perCall: number;
  readonly confidence: number;
  /** Undefined: no finding. */
  readonly rule: FindingRule | undefined;
}

/** `method`: of a type, and not of the module itself. */
export function judge(keep: StoredKeep, method: boolean): Judged {
  const { references, calls, consistent, most } = keep;
  const perCall = calls > 0 ? references / calls : 0;
  const later = calls - Math.min(mostFirst, Math.floor(calls * firstPart));
  const alike = part(consistent, later);
  const there = part(Math.abs(references) + Math.min(mostFirst, Math.floor(consistent * strayPart)), consistent);
  const stays = references > 0 ? part(references, most) : 1;
  const owner = method && references > 0 && (ownable(keep.role) || keep.role === "memory") ? kept : 1;
  const confidence = alike * there * stays * owner * part(calls, fewestCalls);
  const sure = calls >= fewestCalls && owner === 1 && [alike, there, stays].every((of) => of >= consistentFrom);
  return { perCall, confidence: Math.round(confidence * 100) / 100, rule: sure ? ruleOf(keep) : undefined };
}

const part = (of: number, whole: number): number => (whole > 0 ? Math.min(1, of / whole) : 0);

const ownable = (role: string): boolean => role === "self" || role.startsWith("argument");

function ruleOf({ references, role }: StoredKeep): FindingRule | undefined {
  if (references === 0) return undefined;
  if (references < 0) return "over-release";
  return ownable(role) || role === "returned" || role === "global" ? "extra-reference" : "leaked-reference";
}
