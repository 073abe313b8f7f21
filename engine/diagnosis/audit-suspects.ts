// What audits found and nothing else showed in; suspects of their own out: a count that grows where no heap graph was taken. Used by verdict.ts.
import { basename } from "node:path";
import type { AuditFinding } from "../../shared/audit-document.ts";
import type { AuditDocument } from "../../shared/audit-result.ts";
import type { Suspect } from "../../shared/diagnosis-document.ts";
import { auditNames } from "./audit-names.ts";
import type { Signs } from "./candidate.ts";
import type { Found } from "./naming.ts";

interface Ranked {
  readonly suspect: Omit<Suspect, "rank">;
  readonly part: boolean;
  readonly weight: number;
}
const leaks: ReadonlySet<string> = new Set(["leaked-reference", "extra-reference"]);
const fewest = 20;

/** Graphs that can show a count that grows: where they did not, an audit alone is no verdict. */
const enoughGraphs = 3;
const contradicted = 0.45;

export function auditSuspects({ candidates, graphs }: Signs, { audits }: Found): readonly Ranked[] {
  return audits.flatMap((audit) => {
    const told = new Set(
      candidates.flatMap((candidate) => auditNames(candidate, audit)).map(({ blame }) => blame.function),
    );
    return audit.references.findings
      .filter((finding) => leaks.has(finding.rule) && finding.count >= fewest && !told.has(finding.function))
      .map((finding) => suspectOf(audit, finding, graphs >= enoughGraphs));
  });
}

function suspectOf(audit: AuditDocument, finding: AuditFinding, looked: boolean): Ranked {
  const { module, function: name, file, line, type, native, count } = finding;
  const row = audit.references.modules
    .flatMap(({ functions }) => functions)
    .find((one) => one.function === name && one.type === type);
  const perSecond = count / Math.max(0.1, audit.seconds);
  return {
    part: false,
    weight: perSecond,
    suspect: {
      kind: "unexplained-references",
      type,
      perSecond: Number(perSecond.toPrecision(4)),
      perCall: row?.keepsPerCall ?? null,
      bytesPerSecond: 0,
      blame: { module, function: name, native: native.at(-1)?.function ?? null, file, line },
      allocationSite: null,
      heldBy: [],
      confidence: Math.min(looked ? contradicted : 0.9, row?.confidence ?? 0.8),
      evidence: [
        `Audited for ${audit.seconds.toFixed(1)} s, ${name} of ${basename(module)} kept ${count} references to ${type ?? "memory"} (${finding.rule}).`,
      ],
      notObserved: [
        looked
          ? "No heap graph shows a count or a number of objects that grows with it."
          : "Nothing else that grew was seen to belong to it.",
      ],
    },
  };
}
