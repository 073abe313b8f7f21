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
  const [before, after] = [byIdentity(a), byIdentity(b)];
  const rows = [...new Set([...before.keys(), ...after.keys()])].flatMap(
    (id) => rowOf(before.get(id), after.get(id)) ?? [],
  );
  const said = `Both were diagnosed: A ${a.verdict}, B ${b.verdict}. A row in suspects/second is what only a diagnosis tells.`;
  return { rows, reasons: [said] };
}

const byIdentity = ({ suspects }: DiagnosisDocument): ReadonlyMap<string, Suspect> =>
  new Map(suspects.toReversed().map((suspect) => [identityOf(suspect), suspect]));

/** What it is and whom to blame: the place where it was allocated may differ, and the folder of the module. */
function identityOf({ kind, type, blame, allocationSite }: Suspect): string {
  const [frame] = allocationSite ?? [];
  const whom = blame
    ? [baseName(portableFile(blame.module)), blame.function]
    : [baseName(frame?.file ?? ""), frame?.function ?? ""];
  return JSON.stringify([kind, type, ...whom]);
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
