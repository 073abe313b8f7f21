// What an audit found in; the worst of it as a sentence, the ground it stands on, and all findings worst first out. Next: views/extensions.
import type { AbiModule } from "../../shared/abi-document.ts";
import type { AuditedFunction, AuditedModule, AuditFinding } from "../../shared/audit-document.ts";
import type { AuditDocument } from "../../shared/audit-result.ts";
import { ruleWords, severity } from "../../shared/rules.ts";
import { code, type Sentence, words } from "./finding.ts";
import { count, counted, rough } from "./format.ts";
import { fileName } from "./recording.ts";

type Found = Pick<AuditDocument, "module" | "references" | "errors">;

export function findingsOf({ references, errors }: Found): readonly AuditFinding[] {
  return [...references.findings, ...errors.findings].toSorted(
    (a, b) => severity(a.rule) - severity(b.rule) || b.count - a.count,
  );
}

/** "ujson.cpython-312-x86_64-linux-gnu.so" is the module ujson. */
export const moduleName = (module: string): string => fileName(module).split(".")[0] || module;

/** Colours say how bad: what can end the process or grows without end, then what hides an error. */
export const meaningOf = ({ rule }: Pick<AuditFinding, "rule">): "leak" | "held" =>
  severity(rule) <= severity("extra-reference") ? "leak" : "held";

export const isImported = ({ references: { modules } }: Found): boolean =>
  modules.some(({ entryPoints }) => entryPoints !== null);

export function auditHeadline(found: Found, live: boolean): Sentence {
  const [worst] = findingsOf(found);
  if (worst) return said(worst, keptBy(found, worst));
  const name = code(moduleName(found.module));
  if (!isImported(found))
    return [name, words(live ? " is not imported yet" : " was not imported while it was waited for")];
  if (callsOf(found) === 0) return [words("No function of "), name, words(live ? " was called yet" : " was called")];
  return [name, words(live ? " has broken no rule so far" : " broke no rule and keeps no reference")];
}

function said(worst: AuditFinding, kept: AuditedFunction | undefined): Sentence {
  const { rule, function: name, module, type } = worst;
  const who = [code(name), words(" of "), code(moduleName(module))];
  if ((rule === "leaked-reference" || rule === "extra-reference") && kept && kept.keepsPerCall > 0)
    return [...who, words(" keeps "), ...references(kept), words(often(kept.keepsPerCall))];
  const of = type === null ? [] : [words(" ("), code(type), words(")")];
  return [...who, words(` ${ruleWords[rule].broke}`), ...of, words(`, ${counted(worst.count, "time", "times")}`)];
}

function references({ keepsPerCall, type }: AuditedFunction): Sentence {
  const some = keepsPerCall < 1.5 ? "a reference" : `${rough(keepsPerCall)} references`;
  return type === null ? [words(some)] : [words(`${some} to a `), code(type)];
}

/** What is kept at nearly every call is kept at every call: a few calls are still going on, or failed. */
const often = (perCall: number): string =>
  perCall >= 0.95 ? " at every call" : ` at one in ${rough(1 / perCall)} calls`;

const keptBy = ({ references: { modules } }: Found, finding: AuditFinding): AuditedFunction | undefined =>
  modules
    .flatMap(({ functions }) => functions)
    .find((row) => row.function === finding.function && row.type === finding.type && row.keepsPerCall !== 0);

export const callsOf = ({ references: { modules } }: Found): number =>
  modules.reduce((sum, module) => sum + callsIn(module).calls, 0);

/** A function has a row for each type that it keeps. */
export function callsIn({ functions }: Pick<AuditedModule, "functions">) {
  const called = new Map(functions.map((row) => [row.function, row.calls]));
  return { functions: called.size, calls: [...called.values()].reduce((sum, calls) => sum + calls, 0) };
}

export function groundOf(module: AuditedModule): string {
  if (module.entryPoints === null) return "Not imported while it was waited for.";
  const { functions, calls } = callsIn(module);
  return `${count(functions)} of ${counted(module.entryPoints, "function", "functions")} called, ${counted(calls, "call", "calls")} in all.`;
}

/** How often code that could not be followed called the C API; none is said of it either way. */
export const missedCalls = ({ missed }: Pick<AuditedModule, "missed">): number =>
  missed.reduce((sum, row) => sum + row.calls, 0);

export function abiWords({ api, stableAbi, builtFor }: AbiModule): string {
  if (stableAbi) return "The stable ABI: one file for many versions.";
  const functions = api === "full" ? "The full C API" : "Functions of the limited API alone";
  return builtFor === null ? `${functions}.` : `${functions}, built for CPython ${builtFor}.`;
}
