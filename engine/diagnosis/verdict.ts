// Signs and what was found out about them in; the document out. Next: the doors print it, engine/store keeps it.
import type { DiagnosisDocument, DiagnosisStep, Suspect } from "../../shared/diagnosis-document.ts";
import type { TargetFacts } from "../../shared/documents.ts";
import { rate } from "../report/words.ts";
import { auditSuspects } from "./audit-suspects.ts";
import type { Candidate, Named, Signs } from "./candidate.ts";
import { type Found, namesOf } from "./naming.ts";

export interface Told {
  readonly path: string;
  readonly target: TargetFacts | null;
  readonly seconds: number;
  readonly steps: readonly DiagnosisStep[];
  /** Why it ended early. */
  readonly ended: string | undefined;
  readonly notObserved: readonly string[];
}

/** In less nothing can be told from what always happens. */
const fewestSeconds = 4;
const fewestEvents = 50;
const mostSuspects = 20;
/** Below this it is told of, but it is no verdict. */
const leakFrom = 0.5;

export function verdictOf(signs: Signs, found: Found, told: Told): DiagnosisDocument {
  const suspects = [
    ...signs.candidates.map((candidate, at) => suspectOf(candidate, namesOf(candidate, found), partsOf(signs, at))),
    ...auditSuspects(signs, found),
  ]
    .sort(
      (a, b) => Number(a.part) - Number(b.part) || b.suspect.confidence - a.suspect.confidence || b.weight - a.weight,
    )
    .slice(0, mostSuspects)
    .map(({ suspect }, at): Suspect => ({ ...suspect, rank: at + 1 }));
  const leak = suspects.some(({ confidence }) => confidence >= leakFrom);
  const why = leak ? undefined : tooLittle(signs, told);
  return {
    schema: "refscope.diagnosis/1",
    verdict: leak ? "leak" : why === undefined ? "clean" : "insufficient",
    why: why ?? null,
    path: told.path,
    target: told.target,
    seconds: told.seconds,
    suspects,
    notes: [...signs.notes],
    steps: [...told.steps],
    notObserved: [...new Set([...signs.notObserved, ...told.notObserved])],
  };
}

function tooLittle({ seconds, events, graphs, candidates }: Signs, { ended }: Told): string | undefined {
  if (graphs === 0 && candidates.length > 0)
    return "Something grows, and no heap graph could be taken to tell a leak from what is still needed.";
  if (ended !== undefined) return `It ended before there was a verdict: ${ended}.`;
  if (seconds < fewestSeconds) return `${seconds.toFixed(1)} s are too short: give it at least ${fewestSeconds * 2} s.`;
  if (events < fewestEvents)
    return `The process did next to nothing meanwhile (${events} objects made): try again while it works.`;
  return undefined;
}

interface Ranked {
  readonly suspect: Omit<Suspect, "rank">;
  readonly part: boolean;
  readonly weight: number;
}

/** What else grows because it does. */
const partsOf = ({ candidates }: Signs, at: number): readonly Candidate[] =>
  candidates.filter(({ partOf }) => partOf === at);

function suspectOf(candidate: Candidate, names: readonly Named[], parts: readonly Candidate[]): Ranked {
  const [first, ...others] = names;
  const proven = first && first.sure >= 0.7 ? (1 - candidate.confidence) * first.sure : 0;
  const also = others.slice(0, 3).map(({ sentence }) => sentence);
  const { kind, type, perSecond, bytesPerSecond, heldBy, evidence, notObserved, allocationSite } = candidate;
  return {
    part: candidate.partOf !== undefined,
    weight: [candidate, ...parts].reduce((sum, of) => sum + of.bytesPerSecond + of.perSecond, 0),
    suspect: {
      kind,
      type,
      perSecond: three(perSecond),
      perCall: first?.perCall === undefined ? null : three(first.perCall),
      bytesPerSecond: three(bytesPerSecond),
      blame: first?.blame ?? null,
      allocationSite: allocationSite.length === 0 ? null : [...allocationSite],
      heldBy: heldBy.map((path) => [...path]),
      confidence: Math.round(Math.min(0.99, candidate.confidence + proven) * 100) / 100,
      evidence: [...evidence, ...partSentences(parts), ...(first ? [first.sentence] : []), ...also],
      notObserved: [...notObserved, ...(first ? [] : ["No function could be named."])],
    },
  };
}

function partSentences(parts: readonly Candidate[]): readonly string[] {
  if (parts.length === 0) return [];
  const rows = parts.slice(0, 3).map(({ type, perSecond }) => `${rate(perSecond)} ${type ?? "blocks of memory"}`);
  const more = parts.length > rows.length ? ` and ${parts.length - rows.length} more kinds` : "";
  return [`Each second it holds on to ${rows.join(", ")}${more} as well.`];
}

/** As many digits as it was measured with. */
const three = (value: number): number => Number(value.toPrecision(4));
