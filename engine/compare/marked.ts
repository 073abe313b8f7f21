// Two marked recordings in; what their places grew by from mark to mark, interval against interval, out. Used by side.ts, comparison.ts.
import type { ComparisonRow } from "../../shared/comparison-document.ts";
import type { Frame } from "../../shared/documents.ts";
import { cutNear, endOf, growthBetween } from "../analysis/between.ts";
import type { Groups } from "../analysis/groups.ts";
import type { RecordingReader } from "../store/reader.ts";
import { type Place, pairPlaces } from "./identity.ts";
import { judgeRates } from "./judge.ts";
import { deviation, leastBytes, leastObjects, steadyFrom } from "./rates.ts";

export interface PlaceGroup {
  readonly place: Place;
  readonly frames: readonly Frame[];
}
interface MarkedRow extends PlaceGroup {
  /** One value an interval. */
  readonly objects: readonly number[];
  readonly bytes: readonly number[];
}
export interface MarkedSide {
  readonly names: readonly string[];
  /** Intervals of which the recording tells something. */
  readonly told: readonly boolean[];
  readonly rows: readonly MarkedRow[];
}
/** With so many intervals the first is left out: it is warm-up. */
const fewestWithWarmUp = 3;

/** Undefined where nobody set a mark. */
export function markedSide(reader: RecordingReader, groups: Groups<PlaceGroup>): MarkedSide | undefined {
  const marks = reader.marks();
  if (marks.length === 0) return undefined;
  const ends = [0, ...marks.map(({ t }) => cutNear(reader, t)), endOf(reader)];
  const spans = ends.length - 1;
  const { objects, bytes } = growthBetween(reader, groups, ends);
  const part = (column: Float64Array, group: number) => [...column.subarray(group * spans, (group + 1) * spans)];
  return {
    names: marks.map(({ name }) => name),
    told: Array.from({ length: spans }, (_, at) => (ends[at + 1] ?? 0) > (ends[at] ?? 0)),
    rows: groups.rows.map(({ what }, group) => ({ ...what, objects: part(objects, group), bytes: part(bytes, group) })),
  };
}

/** Why intervals cannot be compared; nothing where they can. */
export function marksApart(a: MarkedSide | undefined, b: MarkedSide | undefined): readonly string[] {
  const without = [a, b].flatMap((side, at) => (side ? [] : [at === 0 ? "A" : "B"]));
  if (!a || !b) return [`No marks are in ${without.join(" and ")}: \`refscope record --mark\` sets some.`];
  if (JSON.stringify(a.names) !== JSON.stringify(b.names))
    return [`The marks are not the same in both: A has ${listed(a)}, B has ${listed(b)}.`];
  return countedIntervals(a, b).length > 0 ? [] : ["Their marks have nothing between them that both recordings tell."];
}

const listed = ({ names }: MarkedSide): string => names.join(", ");

function countedIntervals(a: MarkedSide, b: MarkedSide): readonly number[] {
  const first = a.told.length >= fewestWithWarmUp ? 1 : 0;
  return [...a.told.keys()].filter((at) => at >= first && a.told[at] && b.told[at]);
}

export function markedRows(a: MarkedSide, b: MarkedSide): readonly ComparisonRow[] {
  const counted = countedIntervals(a, b);
  return pairPlaces(a.rows, b.rows).flatMap((pair) => {
    const row = (measure: "objects" | "bytes") => {
      const values = (of: MarkedRow | undefined) => counted.map((at) => of?.[measure][at] ?? 0);
      return rowOf(pair, [values(pair.a), values(pair.b)], measure);
    };
    const [objects, bytes] = [row("objects"), row("bytes")];
    if (!objects && !bytes) return [];
    return objects && (objects.significant || !bytes?.significant) ? [objects] : bytes ? [bytes] : [];
  });
}

/** Undefined where it grows in neither. The noise is that of the differences: what one interval does otherwise than another is none. */
function rowOf(
  pair: { readonly a: MarkedRow | undefined; readonly b: MarkedRow | undefined },
  [before, after]: readonly [readonly number[], readonly number[]],
  measure: "objects" | "bytes",
): ComparisonRow | undefined {
  const noise = deviation(after.map((value, at) => value - (before[at] ?? 0)));
  const least = measure === "objects" ? leastObjects : leastBytes;
  const [a, b] = [before, after].map((values) => ({ perSecond: mean(values), noise, grows: grows(values, least) }));
  if (!a || !b || (!a.grows && !b.grows)) return undefined;
  const shown = b.perSecond >= a.perSecond ? (pair.b ?? pair.a) : (pair.a ?? pair.b);
  return {
    ...judgeRates(a, b),
    ...{ type: shown?.place.type ?? null, site: [...(shown?.frames ?? [])] },
    ...{ a: a.perSecond, b: b.perSecond, delta: b.perSecond - a.perSecond, unit: `${measure}/mark`, noise },
  };
}

const sum = (values: readonly number[]): number => values.reduce((all, value) => all + value, 0);
const mean = (values: readonly number[]): number => sum(values) / values.length;
const grows = (values: readonly number[], least: number): boolean =>
  sum(values) >= least && values.filter((value) => value > 0).length >= steadyFrom * values.length;
