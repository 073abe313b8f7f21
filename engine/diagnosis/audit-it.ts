// A module in; what an audit of it finds, ended as soon as that is enough or nobody calls it, out. Used by name-them.ts.
import { basename } from "node:path";
import type { AuditDocument } from "../../shared/audit-result.ts";
import type { Means, Runner } from "./means.ts";

/** A module that nobody calls for so long is left. */
const uncalledSeconds = 1;
/** Calls after which a finding will not go away. */
const enoughCalls = 100;
const lookEvery = 0.5;

export async function auditIt(
  runner: Runner,
  means: Means,
  module: string,
  enough: (audit: AuditDocument) => boolean,
): Promise<AuditDocument | undefined> {
  const { request, plan, left } = runner;
  const asked = request.module === module;
  const seconds = Math.max(1, Math.min(plan.auditSeconds, asked ? plan.auditSeconds : left));
  let looked = 0;
  const recording = { pid: request.pid, audit: { module, guard: false } };
  const ended = await runner.session(recording, seconds, `audited ${basename(module)}`, async (state) => {
    if (state.seconds < looked + lookEvery) return false;
    looked = state.seconds;
    const told = means.evidence.audit(state.path);
    if (!told.ok || !told.value) return false;
    const calls = callsOf(told.value);
    if (calls === 0) return !asked && state.seconds >= uncalledSeconds;
    return calls >= enoughCalls && enough(told.value);
  });
  if (!ended.ok) {
    runner.lacks(`${basename(module)} could not be audited: ${ended.failure.cause}.`);
    return undefined;
  }
  const told = means.evidence.audit(ended.value.path);
  return told.ok && told.value && callsOf(told.value) > 0 ? told.value : undefined;
}

const callsOf = ({ references }: AuditDocument): number =>
  Math.max(0, ...references.modules.flatMap(({ functions }) => functions.map(({ calls }) => calls)));
