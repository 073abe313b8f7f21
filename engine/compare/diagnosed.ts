// The verdicts that two recordings keep in; a row a suspect that one of them has, out. Used by comparison.ts.
import type { ComparisonRow } from "../../shared/comparison-document.ts";
import type { DiagnosisDocument, Suspect } from "../../shared/diagnosis-document.ts";
import { baseName, portableFile } from "./identity.ts";
import { judgeRates } from "./judge.ts";

export interface ComparedDiagnoses {
  readonly rows: readonly ComparisonRow[];
  readonly reasons: readonly string[];
}
const nothing: ComparedDiagnoses = { rows: [], reasons: [] };
/** A suspect has one rate and no noise: of what both have, a difference of three times this part counts. */
const noisePart = 0.1;

/** Only where both were diagnosed and came to a verdict: one that nobody looked for is not gone. */
export function compareDiagnoses(
  a: DiagnosisDocument | undefined,
  b: DiagnosisDocument | undefined,
): ComparedDiagnoses {
  if (!a || !b) return nothing;
  const unclear = [a, b].flatMap(({ verdict }, at) =>
    verdict === "insufficient" ? [`The diagnosis of ${at === 0 ? "A" : "B"} came to no verdict.`] : [],
  );
  if (unclear.length > 0) return { rows: [], reasons: unclear };
  const rows = pairSuspects(a.suspects, b.suspects).flatMap(([before, after]) => rowOf(before, after) ?? []);
  const said = `Both were diagnosed: A ${a.verdict}, B ${b.verdict}. A row in suspects/second is what only a diagnosis tells.`;
  return { rows, reasons: [said] };
}

/**
 * Two diagnoses of one leak need not come equally far: one names the function, the other had no time for it, or saw no more than that
 * something grows, and where. So what is left over is paired again by less, down to the type, unless both blame somebody and not the same.
 */
const sameness: readonly ((a: Suspect, b: Suspect) => boolean)[] = [
  (a, b) => a.kind === b.kind && whomOf(a) === whomOf(b),
  (a, b) => whomOf(a) === whomOf(b),
  (a, b) => siteOf(a) !== undefined && siteOf(a) === siteOf(b),
  (a, b) => a.kind === b.kind && (!a.blame || !b.blame),
  (a, b) => !a.blame || !b.blame,
];

type Pair = readonly [Suspect | undefined, Suspect | undefined];

function pairSuspects(before: readonly Suspect[], after: readonly Suspect[]): readonly Pair[] {
  const [left, right] = [new Set(before), new Set(after)];
  const pairs: Pair[] = [];
  for (const same of sameness)
    for (const a of left) {
      const b = [...right].find((other) => other.type === a.type && same(a, other));
      if (!b) continue;
      pairs.push([a, b]);
      left.delete(a);
      right.delete(b);
    }
  const alone: Pair[] = [...left].map((a) => [a, undefined]);
  return [...pairs, ...alone, ...[...right].map((b): Pair => [undefined, b])];
}

function siteOf({ allocationSite }: Suspect): string | undefined {
  const [frame] = allocationSite ?? [];
  return frame && JSON.stringify([baseName(frame.file), frame.function]);
}

/** Whom to blame, else where it was allocated; the folder of the module may differ. */
function whomOf({ blame, allocationSite }: Suspect): string {
  const [frame] = allocationSite ?? [];
  return JSON.stringify(
    blame
      ? [baseName(portableFile(blame.module)), blame.function]
      : [baseName(frame?.file ?? ""), frame?.function ?? ""],
  );
}

function rowOf(a: Suspect | undefined, b: Suspect | undefined): ComparisonRow | undefined {
  const shown = b ?? a;
  if (!shown) return undefined;
  const [before, after] = [a?.perSecond ?? 0, b?.perSecond ?? 0];
  const noise = a && b ? noisePart * Math.max(Math.abs(before), Math.abs(after)) : 0;
  const { blame } = shown;
  return {
    ...judgeRates(
      { perSecond: before, noise, grows: a !== undefined },
      { perSecond: after, noise, grows: b !== undefined },
    ),
    type: shown.type,
    site: blame
      ? [{ function: blame.function, file: blame.file ?? blame.module, line: blame.line }]
      : [...(shown.allocationSite ?? [])],
    ...{ a: before, b: after, delta: after - before, unit: "suspects/second", noise },
  };
}
