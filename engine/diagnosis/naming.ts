// A candidate and all that was found out about it in; the function to blame, and who else was named, out. Used by verdict.ts, run.ts.
import type { AuditDocument } from "../../shared/audit-result.ts";
import type { History } from "../../shared/documents.ts";
import type { SampleDocument } from "../../shared/sample-document.ts";
import { auditNames } from "./audit-names.ts";
import type { Candidate, Named } from "./candidate.ts";
import { sampleNames } from "./sample-names.ts";
import { siteNames } from "./site-names.ts";
import { watchNames } from "./watch-names.ts";

export interface Found {
  readonly audits: readonly AuditDocument[];
  readonly histories: readonly History[];
  readonly samples: readonly SampleDocument[];
}

/** The surest first. Two kinds of evidence on the same function make it surer. */
export function namesOf(candidate: Candidate, { audits, histories, samples }: Found): readonly Named[] {
  const followed = histories.filter(({ object }) => candidate.objects.includes(object.address));
  const all = [
    ...audits.flatMap((audit) => auditNames(candidate, audit)),
    ...followed.flatMap((history) => watchNames(candidate, history)),
    ...samples.flatMap((sample) => sampleNames(candidate, sample)),
    ...siteNames(candidate),
  ];
  return all.map((named) => confirmed(named, all)).sort((a, b) => b.sure - a.sure);
}

function confirmed(named: Named, all: readonly Named[]): Named {
  const also = all.filter(
    (other) => other !== named && other.blame.module === named.blame.module && agrees(named, other),
  );
  const sure = also.reduce((sum, other) => sum + (1 - sum) * other.sure * 0.5, named.sure);
  return { ...named, sure, perCall: named.perCall ?? also.find(({ perCall }) => perCall !== undefined)?.perCall };
}

function agrees({ blame: one }: Named, { blame: other }: Named): boolean {
  const names = [one.function, one.native].filter((name) => name !== null);
  return names.some((name) => name === other.function || name === other.native);
}

/** Sure enough that nothing more need be run for it. */
export const isNamed = (candidate: Candidate, found: Found): boolean =>
  (namesOf(candidate, found)[0]?.sure ?? 0) >= 0.8;
