// Two rates of one place in; whether they differ, and what that means, out. Next: comparison.ts.
import type { ComparisonRow, ComparisonVerdict, RowVerdict } from "../../shared/comparison-document.ts";
import type { Rate } from "./rates.ts";

export interface Judged {
  readonly verdict: RowVerdict;
  readonly significant: boolean;
}

const deviations = 3;
/** Two recordings of one program differ by so much through the machine alone. */
const leastPart = 0.1;

export function judgeRates(a: Rate, b: Rate): Judged {
  const apart = Math.abs(b.perSecond - a.perSecond);
  const larger = Math.max(Math.abs(a.perSecond), Math.abs(b.perSecond));
  const significant =
    (a.grows || b.grows) && apart > deviations * Math.max(a.noise, b.noise) && apart > leastPart * larger;
  if (!significant) return { verdict: "same", significant };
  if (a.grows && b.grows) return { verdict: b.perSecond < a.perSecond ? "improved" : "worse", significant };
  return { verdict: a.grows ? "fixed" : "new-leak", significant };
}

/** What differs by less than so many hundredths of the larger one is the same. */
export const demanding = (rows: readonly ComparisonRow[], threshold = 0): readonly ComparisonRow[] =>
  rows.map((row) =>
    100 * Math.abs(row.delta) < threshold * Math.max(Math.abs(row.a), Math.abs(row.b))
      ? { ...row, verdict: "same", significant: false }
      : row,
  );

export const thresholdReason = (threshold: number | undefined): readonly string[] =>
  threshold === undefined ? [] : [`What differs by less than ${threshold} % of the larger one is counted as the same.`];

/** The gravest first; what is fixed counts for more than what has only improved. */
const order = ["new-leak", "worse", "fixed", "improved"] as const satisfies readonly ComparisonVerdict[];

export const overall = (rows: readonly { readonly verdict: RowVerdict }[]): RowVerdict =>
  order.find((verdict) => rows.some((row) => row.verdict === verdict)) ?? "same";
