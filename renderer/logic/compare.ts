// A comparison in; its verdict as words, its rows as they are filtered and written out. Next: views/compare.
import type { Comparison, ComparisonRow, ComparisonUnit, RowVerdict } from "../../shared/comparison-document.ts";
import { originOf } from "../../shared/origin.ts";
import { bytes, shortCount, unknown } from "./format.ts";

/** The gravest first, as the engine weighs them. */
export const verdicts = ["new-leak", "worse", "fixed", "improved", "same"] as const satisfies readonly RowVerdict[];

/** A word, a glyph and a meaning each: none of it by colour alone. */
export const verdictWords = {
  "new-leak": { name: "New", glyph: "+", meaning: "leak" },
  worse: { name: "Worse", glyph: "▲", meaning: "leak" },
  fixed: { name: "Fixed", glyph: "✓", meaning: "clean" },
  improved: { name: "Improved", glyph: "▼", meaning: "clean" },
  same: { name: "Same", glyph: "=", meaning: "unknown" },
} as const satisfies Record<RowVerdict, { name: string; glyph: string; meaning: string }>;

export const headings = {
  fixed: "Fixed: what grew in A does not grow in B",
  improved: "Improved: what grows in A grows slower in B",
  same: "Same: B grows as A does",
  worse: "Worse: what grows in A grows faster in B",
  "new-leak": "New leak: B grows where A does not",
  incomparable: "These two cannot be compared",
} as const satisfies Record<Comparison["verdict"], string>;

export const unitWords = {
  second: "A second",
  call: "A call",
  mark: "Between marks",
} as const satisfies Record<ComparisonUnit, string>;

export const countsOf = (rows: readonly ComparisonRow[]): ReadonlyMap<RowVerdict, number> =>
  new Map(verdicts.map((verdict) => [verdict, rows.filter((row) => row.verdict === verdict).length]));

export interface Wanted {
  readonly only: RowVerdict | undefined;
  readonly mine: boolean;
}

/** Mine is what stands neither in Python's own files nor among installed packages. */
export const shownRows = (rows: readonly ComparisonRow[], { only, mine }: Wanted): readonly ComparisonRow[] =>
  rows.filter(
    (row) => (only === undefined || row.verdict === only) && (!mine || originOf(row.site[0]?.file ?? "") === "program"),
  );

/** 12.3 objects/s, 1.2 KiB/s, 1 reference/call; of states 5 objects, 2 KiB. */
export function amountText(value: number, unit: string): string {
  if (!Number.isFinite(value)) return unknown;
  const [what = "", per] = unit.split("/");
  const after = per === undefined ? "" : `/${per === "second" ? "s" : per}`;
  if (what === "bytes") return `${bytes(value)}${after}`;
  const said = shortCount(value);
  return `${said} ${/^−?1$/.test(said) ? what.replace(/s$/, "") : what}${after}`;
}

/** ▲ +12.3 objects/s, ▼ −1.2 KiB/s, = */
export function deltaText(value: number, unit: string): string {
  if (value === 0) return "=";
  const text = amountText(Math.abs(value), unit);
  return value > 0 ? `▲ +${text}` : `▼ −${text}`;
}

export const keyOfRow = ({ type, site, unit }: ComparisonRow): string => JSON.stringify([type, site, unit]);
