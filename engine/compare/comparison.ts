// Two sides and a unit in; the rows that differ, and the verdict with its reasons, out. Next: queries.ts, runs.ts.
import type { Comparison, ComparisonRow, ComparisonUnit } from "../../shared/comparison-document.ts";
import { minorOf } from "../analysis/lines.ts";
import { compareDiagnoses } from "./diagnosed.ts";
import { type Pair, pairPlaces } from "./identity.ts";
import { demanding, judgeRates, overall, thresholdReason } from "./judge.ts";
import { markedRows, marksApart } from "./marked.ts";
import { type Rate, still } from "./rates.ts";
import { compareReferences } from "./references.ts";
import type { GrowthRow, Side } from "./side.ts";

export const shortest = 5;
const mostDropped = 0.05;
const mostRows = 500;

export function compareSides(a: Side, b: Side, per: ComparisonUnit, threshold?: number): Comparison {
  const head = { schema: "refscope.comparison/1", a: told(a), b: told(b) } as const;
  const obstacles = incomparable(a, b, per);
  if (obstacles.length > 0)
    return { ...head, verdict: "incomparable", reasons: [...obstacles], notObserved: [], rows: [], of: 0 };
  const references = compareReferences(a, b);
  const diagnoses = compareDiagnoses(a.diagnosis, b.diagnosis);
  const all = [...grownRows(a, b, per), ...references.rows, ...diagnoses.rows];
  const rows = demanding(all, threshold).toSorted(byWeight);
  const alone =
    !a.growth && diagnoses.rows.length === 0 && references.rows.length === 0 && references.reasons.length > 0;
  return {
    ...head,
    verdict: alone ? "incomparable" : overall(rows),
    reasons: [
      ...within(a, b),
      ...thresholdReason(threshold),
      ...diagnoses.reasons,
      ...references.reasons,
      ...lost(a, b),
    ],
    notObserved: [...new Set([...a.notes, ...b.notes, ...unseen(a, b)])],
    rows: rows.slice(0, mostRows),
    of: rows.length,
  };
}

function grownRows(a: Side, b: Side, per: ComparisonUnit): readonly ComparisonRow[] {
  if (per === "mark") return a.marked && b.marked ? markedRows(a.marked, b.marked) : [];
  return a.growth && b.growth ? growthRows(a.growth, b.growth, unitOf(a, b, per)) : [];
}

const told = ({ path, startedAt, python, seconds, runs, dropped }: Side): Comparison["a"] => ({
  ...{ path, startedAt, python, seconds, runs, dropped },
});

/** Why nothing can be said; nothing where something can. */
function incomparable(a: Side, b: Side, per: ComparisonUnit): readonly string[] {
  const sides = [a, b].map((side, at) => ({ side, name: at === 0 ? "A" : "B" }));
  const kinds = ({ growth, audited, diagnosis }: Side) => [
    ...(growth ? ["lifecycle"] : []),
    ...(audited ? ["references"] : []),
    ...(diagnosis ? ["diagnosis"] : []),
  ];
  const common = kinds(a).filter((kind) => kinds(b).includes(kind));
  return [
    ...(minorOf(a.python) === minorOf(b.python)
      ? []
      : [`A ran on Python ${a.python}, B on ${b.python}: the interpreters allocate differently.`]),
    ...(common.length > 0 ? [] : [`A collected ${a.collected.join(", ")}, B ${b.collected.join(", ")}.`]),
    ...sides.flatMap(({ side, name }) =>
      side.seconds / side.runs < shortest && side.growth
        ? [`${name} lasts ${(side.seconds / side.runs).toFixed(1)} s; record at least ${shortest} s.`]
        : [],
    ),
    ...sides.flatMap(({ side, name }) =>
      side.dropped > mostDropped * side.produced
        ? [`${name} lost ${Math.round((100 * side.dropped) / side.produced)} % of its events.`]
        : [],
    ),
    ...sides.flatMap(({ side, name }) =>
      side.damaged ? [`${name} was changed or damaged since it was recorded.`] : [],
    ),
    ...(per === "mark" ? marksApart(a.marked, b.marked) : []),
    ...(per === "call" && (callsOf(a) === 0 || callsOf(b) === 0)
      ? ["Calls are counted by an audit alone: record with `refscope audit`."]
      : []),
  ];
}

/** Of parts of recordings. */
function within(a: Side, b: Side): readonly string[] {
  if (!a.within || !b.within) return [];
  const said = ({ from, to }: { readonly from: string; readonly to: string }) => `from \`${from}\` to \`${to}\``;
  return [`A is ${said(a.within)}, B ${said(b.within)}. Audits and diagnoses are of whole recordings and left out.`];
}

const lost = (a: Side, b: Side): readonly string[] =>
  a.dropped + b.dropped > 0 ? [`${a.dropped + b.dropped} events were lost.`] : [];

/** A type, or a string that everybody shares, may be referred to more and more while no object comes to stay. */
const unseen = (a: Side, b: Side): readonly string[] =>
  (a.within && b.within) || (a.audited && b.audited) || (a.diagnosis && b.diagnosis)
    ? []
    : [
        "References that are kept while no object grows: recordings of `diagnose` or `audit` have them, both sides must be.",
      ];

interface Unit {
  readonly name: ComparisonUnit;
  /** Units a second. */
  readonly a: number;
  readonly b: number;
}
const unitOf = (a: Side, b: Side, per: ComparisonUnit): Unit =>
  per === "call" ? { name: per, a: callsOf(a) / a.seconds, b: callsOf(b) / b.seconds } : { name: per, a: 1, b: 1 };

/** A function has a row for each thing it keeps, each with all its calls. */
const callsOf = ({ audited = [] }: Side): number =>
  audited
    .flatMap(({ functions }) => [...new Map(functions.map((row) => [row.function, row.calls])).values()])
    .reduce((sum, calls) => sum + calls, 0);

function growthRows(a: readonly GrowthRow[], b: readonly GrowthRow[], unit: Unit): readonly ComparisonRow[] {
  return pairPlaces(a, b).flatMap((pair) => {
    if (!grows(pair)) return [];
    const objects = rowOf(pair, "objects", unit);
    const bytes = rowOf(pair, "bytes", unit);
    // A buffer grows without being another object.
    return [objects.significant || !bytes.significant ? objects : bytes];
  });
}

const grows = ({ a, b }: Pair<GrowthRow>): boolean =>
  [a?.objects, a?.bytes, b?.objects, b?.bytes].some((rate) => rate?.grows);

function rowOf(pair: Pair<GrowthRow>, measure: "objects" | "bytes", unit: Unit): ComparisonRow {
  const [a, b] = [scaled(pair.a?.[measure], unit.a), scaled(pair.b?.[measure], unit.b)];
  const shown = b.perSecond >= a.perSecond ? (pair.b ?? pair.a) : (pair.a ?? pair.b);
  return {
    ...judgeRates(a, b),
    type: shown?.place.type ?? null,
    site: [...(shown?.frames ?? [])],
    ...{ a: a.perSecond, b: b.perSecond, delta: b.perSecond - a.perSecond },
    unit: `${measure}/${unit.name}`,
    noise: Math.max(a.noise, b.noise),
  };
}

const scaled = (rate: Rate = still, units: number): Rate =>
  units === 1 ? rate : { grows: rate.grows, perSecond: rate.perSecond / units, noise: rate.noise / units };

const weights = { "new-leak": 4, worse: 3, fixed: 2, improved: 1, same: 0 } as const;

export const byWeight = (a: ComparisonRow, b: ComparisonRow): number =>
  weights[b.verdict] - weights[a.verdict] || Math.abs(b.delta) - Math.abs(a.delta);
