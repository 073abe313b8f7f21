// A comparison in; its verdict as words, its rows as they are filtered and written out. Next: views/compare.
import { type ComparisonFormat, leastThreshold } from "../../shared/comparison-calls.ts";
import type { Comparison, ComparisonRow, ComparisonUnit, RowVerdict } from "../../shared/comparison-document.ts";
import { filterOf } from "../../shared/filter/filter.ts";
import { originOf } from "../../shared/origin.ts";
import type { RpcParams } from "../../shared/rpc-contract.ts";
import type { Compared, MarksOfTwo } from "./compared-route.ts";
import { comparisonFields } from "./fields.ts";
import { bytes, count, shortCount, unknown } from "./format.ts";

/** The gravest first, as the engine weighs them. */
export const verdicts = ["new-leak", "worse", "fixed", "improved", "same"] as const satisfies readonly RowVerdict[];

/** A word, a glyph and a meaning each: none of it by colour alone. */
export const verdictWords = {
  "new-leak": { name: "New", glyph: "+", meaning: "more" },
  worse: { name: "Worse", glyph: "▲", meaning: "more" },
  fixed: { name: "Fixed", glyph: "✓", meaning: "less" },
  improved: { name: "Improved", glyph: "▼", meaning: "less" },
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

/** Of states at marks. */
export const stateHeadings = {
  fixed: "Fixed: what grew for good up to A's mark is gone at B's",
  improved: "Improved: less of what grew for good is live at B's mark",
  same: "Same: nothing that grew for good differs between the marks",
  worse: "Worse: more of what grew for good is live at B's mark",
  "new-leak": "New leak: what grew for good up to B's mark did not up to A's",
  incomparable: headings.incomparable,
} as const satisfies Record<Comparison["verdict"], string>;

export const formatWords = {
  markdown: "Markdown",
  sarif: "SARIF",
  junit: "JUnit",
  json: "JSON",
} as const satisfies Record<ComparisonFormat, string>;

/** What the engine is asked; undefined while less is chosen of one side than of the other. */
export function askedOf({ a, b, marks, since, per, threshold }: Compared): RpcParams<"recording.compare"> | undefined {
  if (a === undefined || b === undefined) return undefined;
  const two = { a, b, ...(threshold === leastThreshold ? {} : { threshold }) };
  const [to, from] = [bothOf(marks), bothOf(since)];
  if (to === "half" || from === "half") return undefined;
  if (!to) return { ...two, per };
  return from ? { ...two, marks: to, since: from } : { ...two, marks: to };
}

function bothOf({ a, b }: MarksOfTwo): { a: string; b: string } | "half" | undefined {
  if (a === undefined && b === undefined) return undefined;
  return a === undefined || b === undefined ? "half" : { a, b };
}

export const unitWords = {
  second: "A second",
  call: "A call",
  mark: "Between marks",
} as const satisfies Record<ComparisonUnit, string>;

export const countsOf = (rows: readonly ComparisonRow[]): ReadonlyMap<RowVerdict, number> =>
  new Map(verdicts.map((verdict) => [verdict, rows.filter((row) => row.verdict === verdict).length]));

export type Wanted = Pick<Compared, "only" | "mine" | "filter">;

/** Mine is what stands neither in Python's own files nor among installed packages. */
export const shownRows = (rows: readonly ComparisonRow[], { only, mine, filter }: Wanted): readonly ComparisonRow[] => {
  const { keeps } = filterOf(filter, comparisonFields);
  const isWanted = (row: ComparisonRow) => only === undefined || row.verdict === only;
  const isMine = ({ site }: ComparisonRow) => !mine || originOf(site[0]?.file ?? "") === "program";
  return rows.filter((row) => isWanted(row) && isMine(row) && keeps(row));
};

/** Of what was there at the earlier of two marks of one recording. Sums do not tell which objects were freed. */
export function survivedOf({ a, b, delta, between }: ComparisonRow) {
  if (!between) return undefined;
  const { made, freed } = between;
  const earlier = delta === made - freed ? a : b;
  return { atLeast: Math.max(0, earlier - freed), atMost: Math.min(a, b) };
}

/** 12.3 objects/s, 1.2 KiB/s, 1 reference/call; of states 5 objects, 2 KiB. */
export function amountText(value: number, unit: string): string {
  if (!Number.isFinite(value)) return unknown;
  const [what = "", per] = unit.split("/");
  const after = per === undefined ? "" : `/${per === "second" ? "s" : per}`;
  if (what === "bytes") return `${bytes(value)}${after}`;
  const said = per === undefined ? count(value) : shortCount(value);
  return `${said} ${/^−?1$/.test(said) ? what.replace(/s$/, "") : what}${after}`;
}

/** ▲ +12.3 objects/s, ▼ −1.2 KiB/s, = */
export function deltaText(value: number, unit: string): string {
  if (value === 0) return "=";
  const text = amountText(Math.abs(value), unit);
  return value > 0 ? `▲ +${text}` : `▼ −${text}`;
}

export const keyOfRow = ({ type, site, unit }: ComparisonRow): string => JSON.stringify([type, site, unit]);
