// What three or more heap graphs of one process left over, in the order they were taken, in; objects whose unexplained references grow and types of
// which more and more is unreachable, out: the leaks that no byte shows, and those that no root explains. Next: the diagnosis.
import type { Residue, ResidueRow } from "./residue.ts";
import { uncounted } from "./residue.ts";

export interface GrowingObject {
  readonly address: number;
  readonly type: string;
  /** References that no object's own edges explain, in each graph; without those that words explain, where only then they grow at one pace. */
  readonly steps: readonly number[];
  readonly perSecond: number;
}
export interface GrowingType {
  readonly type: string;
  /** `held`: C holds them, or forgot them. `lost`: cycles that wait for the collector, or that it cannot free. */
  readonly kind: "held" | "lost";
  /** Objects in each graph. */
  readonly steps: readonly number[];
  readonly perSecond: number;
  readonly bytesPerSecond: number;
  /** By how much each allocation site grew; 0 is not known. */
  readonly sites: readonly { readonly site: number; readonly growth: number }[];
}
export interface UnexplainedGrowth {
  readonly objects: readonly GrowingObject[];
  readonly types: readonly GrowingType[];
}

const fewestGraphs = 3;
const leastGrowth = 8;

/** The fastest first. Nothing can be said of fewer than three graphs. */
export function unexplainedGrowth(series: readonly Residue[]): UnexplainedGrowth {
  if (series.length < fewestGraphs) return { objects: [], types: [] };
  return { objects: growingObjects(series), types: growingTypes(series) };
}

/**
 * Growth a second, if it goes on at one pace: in each interval, and in none at less than half the pace of another, by time or by number, as a program
 * that is starved leaks by what it does. A cache that fills and a queue that breathes do not.
 */
function pace(series: readonly Residue[], steps: readonly number[]): number | undefined {
  const total = growthOf(steps);
  if (total < leastGrowth) return undefined;
  const gains = steps.slice(1).map((step, at) => step - (steps[at] ?? 0));
  const paces = gains.map((gain, at) => gain / secondsBetween(series, at, at + 1));
  return isEven(gains) || isEven(paces) ? total / secondsBetween(series, 0, series.length - 1) : undefined;
}

const isEven = (gains: readonly number[]): boolean =>
  Math.min(...gains) > 0 && Math.min(...gains) * 2 >= Math.max(...gains);

const secondsBetween = (series: readonly Residue[], from: number, to: number): number =>
  Math.max(1e-3, ((series[to]?.at ?? 0) - (series[from]?.at ?? 0)) / 1000);

function growingObjects(series: readonly Residue[]): readonly GrowingObject[] {
  const [first, ...later] = series;
  if (!first) return [];
  const places = later.map(() => 0);
  const found: GrowingObject[] = [];
  for (let node = 0; node < first.addresses.length; node++) {
    const address = first.addresses[node] ?? 0;
    let there = true;
    for (const [at, residue] of later.entries()) {
      let place = places[at] ?? 0;
      while ((residue.addresses[place] ?? Number.POSITIVE_INFINITY) < address) place++;
      places[at] = place;
      there &&= residue.addresses[place] === address;
    }
    if (!there || !grewAtAll(series, node, places)) continue;
    const row = growingObject(series, address, [node, ...places]);
    if (row) found.push(row);
  }
  return found.sort((a, b) => b.perSecond - a.perSecond);
}

/** Asked of each object, so it makes nothing. */
function grewAtAll(series: readonly Residue[], node: number, places: readonly number[]): boolean {
  const last = series.at(-1)?.unexplained[places.at(-1) ?? 0] ?? uncounted;
  const first = series[0]?.unexplained[node] ?? uncounted;
  return first !== uncounted && last !== uncounted && last - first >= leastGrowth;
}

/**
 * A word that looks like a reference may be what a stack left behind, so how many there are changes by chance. What grows with the words counted as
 * unexplained, at one pace, is a leak if most of it is left without them; else it is an array that fills.
 */
function growingObject(
  series: readonly Residue[],
  address: number,
  places: readonly number[],
): GrowingObject | undefined {
  const names = series.map(({ types, typeNames }, at) => typeNames[types[places[at] ?? 0] ?? 0] ?? "?");
  const [type = "?"] = names;
  if (names.some((name) => name !== type)) return undefined;
  const least = series.map(({ unexplained }, at) => unexplained[places[at] ?? 0] ?? uncounted);
  if (least.includes(uncounted)) return undefined;
  const most = series.map(({ words }, at) => (least[at] ?? 0) + (words[places[at] ?? 0] ?? 0));
  const steps = 2 * growthOf(least) >= growthOf(most) && pace(series, most) !== undefined ? most : least;
  const perSecond = pace(series, steps);
  return perSecond === undefined ? undefined : { address, type, steps, perSecond };
}

const growthOf = (steps: readonly number[]): number => (steps.at(-1) ?? 0) - (steps[0] ?? 0);

function growingTypes(series: readonly Residue[]): readonly GrowingType[] {
  const types = new Set(series.flatMap(({ unreached }) => unreached.map(({ type }) => type)));
  const found: GrowingType[] = [];
  for (const type of types) {
    const rows = series.map(({ unreached }) => unreached.filter((row) => row.type === type));
    for (const kind of ["held", "lost"] as const) {
      const steps = rows.map((of) => total(of, (row) => row[kind]));
      const perSecond = pace(series, steps);
      if (perSecond === undefined) continue;
      const bytes = rows.map((of) => total(of, (row) => (row.bytes * row[kind]) / Math.max(1, row.held + row.lost)));
      const bytesPerSecond = ((bytes.at(-1) ?? 0) - (bytes[0] ?? 0)) / secondsBetween(series, 0, series.length - 1);
      found.push({ type, kind, steps, perSecond, bytesPerSecond, sites: growingSites(rows, kind) });
    }
  }
  return found.sort((a, b) => b.perSecond - a.perSecond);
}

const total = (rows: readonly ResidueRow[], value: (row: ResidueRow) => number): number =>
  rows.reduce((sum, row) => sum + value(row), 0);

function growingSites(rows: readonly (readonly ResidueRow[])[], kind: "held" | "lost"): GrowingType["sites"] {
  const [first = [], last = []] = [rows[0], rows.at(-1)];
  const bySite = (of: readonly ResidueRow[], site: number) =>
    total(
      of.filter((row) => row.site === site),
      (row) => row[kind],
    );
  return [...new Set(last.map(({ site }) => site))]
    .map((site) => ({ site, growth: bySite(last, site) - bySite(first, site) }))
    .filter(({ growth }) => growth > 0)
    .sort((a, b) => b.growth - a.growth);
}
