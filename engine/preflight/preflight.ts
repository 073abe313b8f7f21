// A pid in, every check's answer and the facts of the target out; the target is not touched. Next: engine/session attaches, or nobody.
import type { TargetFacts } from "../../shared/documents.ts";
import { type Failure, failure } from "../../shared/failures.ts";
import type { ToldCheck } from "../../shared/remedy.ts";
import type { VersionHex } from "../../shared/units.ts";
import { type CheckOptions, checkRows } from "./checks.ts";
import { gatherFacts, type ProcessFacts, readSurroundings, type Surroundings } from "./facts.ts";
import { targetOf } from "./target.ts";

export interface Preflight {
  readonly checks: readonly ToldCheck[];
  /** Of the first check that failed. */
  readonly failure: Failure | undefined;
  /** Known as soon as the version is, also when a check says no. */
  readonly target: (TargetFacts & { readonly versionHex: VersionHex }) | undefined;
}

const existence = "exists";

export async function preflight(pid: number, options: CheckOptions = {}): Promise<Preflight> {
  const around = readSurroundings();
  const facts = Number.isSafeInteger(pid) && pid > 0 ? gatherFacts(pid, around) : undefined;
  if (facts === undefined) return missing(pid);
  return judgeAll(facts, around, options);
}

export function judgeAll(facts: ProcessFacts, around: Surroundings, options: CheckOptions = {}): Preflight {
  const checks: ToldCheck[] = [passed(existence, `pid ${facts.pid}, ${facts.name}`)];
  let first: Failure | undefined;
  for (const { name, judge } of checkRows) {
    const verdict = first ?? judge(facts, around, options);
    if (first) checks.push(untried(name));
    else if (typeof verdict === "string") checks.push(passed(name, verdict));
    else {
      first = verdict;
      checks.push(refused(name, verdict));
    }
  }
  return { checks, failure: first, target: targetOf(facts, around.users) };
}

function missing(pid: number): Preflight {
  const first = failure("no-such-process", { pid });
  const rest = checkRows.map(({ name }) => untried(name));
  return { checks: [refused(existence, first), ...rest], failure: first, target: undefined };
}

export const passed = (name: string, detail: string): ToldCheck => ({
  name,
  outcome: "passed",
  detail,
  code: null,
  fix: null,
});
export const refused = (name: string, { cause, code, fix, remedies }: Failure): ToldCheck => ({
  name,
  outcome: "failed",
  detail: cause,
  code,
  fix,
  ...(remedies ? { remedies: [...remedies] } : {}),
});
const untried = (name: string): ToldCheck => ({ name, outcome: "unknown", detail: "not tried", code: null, fix: null });
