// Two recordings, or one, each at a mark in; what was live at the second and not at the first, and whether it had grown for good, out. Next:
// queries-compare.ts.
import type { Comparison, ComparisonRow } from "../../shared/comparison-document.ts";
import { cutNear, endOf, growthBetween } from "../analysis/between.ts";
import { minorOf } from "../analysis/lines.ts";
import type { RecordingReader } from "../store/reader.ts";
import { byWeight, shortest } from "./comparison.ts";
import { type Pair, pairPlaces } from "./identity.ts";
import { demanding, overall, thresholdReason } from "./judge.ts";
import type { PlaceGroup } from "./marked.ts";
import { leastBytes, leastObjects, rateOf } from "./rates.ts";
import { placeGroups } from "./side.ts";

/** Moments between the two at which it is asked what was live. */
const moments = 32;
const mostRows = 500;

interface Measured {
  readonly live: number;
  readonly grows: boolean;
  /** Since the first mark, in one recording; undefined in two. */
  readonly made: number;
}
interface StateRow extends PlaceGroup {
  readonly objects: Measured;
  readonly bytes: Measured;
}
export interface State {
  readonly path: string;
  readonly mark: { readonly name: string; readonly at: number };
  readonly startedAt: string;
  readonly python: string;
  readonly dropped: number;
  readonly damaged: boolean;
  readonly lifecycle: boolean;
  readonly notes: readonly string[];
  /** Seconds in which it is asked whether something grows: up to the mark, in one recording from the other mark. */
  readonly grew: number;
  readonly rows: readonly StateRow[];
}

/** `since`: milliseconds of the other mark, when it is of the same recording. */
export function stateAt(
  reader: RecordingReader,
  mark: { readonly name: string; readonly t: number },
  since?: number,
): State {
  const groups = placeGroups(reader);
  const at = cutNear(reader, mark.t);
  const other = since === undefined ? 0 : cutNear(reader, since);
  const [from, to] = [Math.min(at, other), Math.max(at, other)];
  const steps = Array.from({ length: moments }, (_, step) => cutNear(reader, from + ((to - from) * step) / moments));
  const ends = [...new Set([0, ...steps, to, Math.max(to, endOf(reader))])].sort((a, b) => a - b);
  const sums = growthBetween(reader, groups, ends);
  const spans = ends.length - 1;
  const within = ends.flatMap((end, span) => (end >= from && end <= to ? [span] : []));
  const times = within.map((span) => ((ends[span] ?? 0) - from) / 1000);
  const measured = (column: Float64Array, made: Float64Array, group: number, least: number): Measured => {
    const part = column.subarray(group * spans, (group + 1) * spans);
    const liveAt = (span: number) => part.subarray(0, span).reduce((sum, value) => sum + value, 0);
    const madeIn = made.subarray(group * spans + (within[0] ?? 0), group * spans + (within.at(-1) ?? 0));
    return {
      live: liveAt(ends.indexOf(at)),
      grows: times.length > 2 && rateOf(times, within.map(liveAt), least).grows,
      made: madeIn.reduce((sum, value) => sum + value, 0),
    };
  };
  const { dropped, notObserved } = reader.recording();
  return {
    ...{ path: reader.path, mark: { name: mark.name, at: at / 1000 }, grew: (to - from) / 1000 },
    ...{ startedAt: reader.facts.startedAt, python: reader.facts.target.python, notes: notObserved },
    dropped: Object.values(dropped).reduce((sum, count) => sum + count, 0),
    damaged: reader.verify() === "damaged",
    lifecycle: reader.facts.collected.includes("lifecycle"),
    rows: groups.rows.map(({ what }, group) => ({
      ...what,
      objects: measured(sums.objects, sums.made.objects, group, leastObjects),
      bytes: measured(sums.bytes, sums.made.bytes, group, leastBytes),
    })),
  };
}

/** `one`: both are of the same recording. */
export function compareStates(a: State, b: State, one: boolean, threshold?: number): Comparison {
  const obstacles = incomparable(a, b, one);
  const time: Time = one ? (b.mark.at >= a.mark.at ? "b-later" : "a-later") : "apart";
  const rows =
    obstacles.length > 0
      ? []
      : demanding(
          pairPlaces(a.rows, b.rows).flatMap((pair) => rowOf(pair, time) ?? []),
          threshold,
        ).toSorted(byWeight);
  return {
    schema: "refscope.comparison/1",
    ...{ a: told(a), b: told(b) },
    verdict: obstacles.length > 0 ? "incomparable" : overall(rows),
    reasons: obstacles.length > 0 ? [...obstacles] : [meaning(one), ...thresholdReason(threshold)],
    notObserved: [...new Set([...a.notes, ...b.notes])],
    ...{ rows: rows.slice(0, mostRows), of: rows.length },
  };
}

const meaning = (one: boolean): string =>
  one
    ? "What was live at each mark, of what was allocated since the recording began. A verdict but `same` has what grew for good between them."
    : "What was live at each mark, of what was allocated since its recording began. A verdict but `same` has what grew for good up to there.";

const told = ({ path, startedAt, python, dropped, mark }: State): Comparison["a"] => ({
  ...{ path, startedAt, python, seconds: mark.at, runs: 1, dropped, mark: mark.name },
});

function incomparable(a: State, b: State, one: boolean): readonly string[] {
  const sides = [a, b].map((state, at) => ({ state, name: at === 0 ? "A" : "B" }));
  const python =
    minorOf(a.python) === minorOf(b.python)
      ? []
      : [`A ran on Python ${a.python}, B on ${b.python}: the interpreters allocate differently.`];
  const near = (one ? sides.slice(0, 1) : sides).flatMap(({ state: { grew }, name }) => {
    if (grew >= shortest) return [];
    const what = one ? "The marks are" : `The mark of ${name} is`;
    const from = one ? " from each other" : " from the beginning";
    return [`${what} ${grew.toFixed(1)} s${from}; it takes at least ${shortest} s to see what grows.`];
  });
  return [
    ...python,
    ...near,
    ...sides.flatMap(({ state, name }) => [
      ...(state.lifecycle ? [] : [`${name} did not follow memory.`]),
      ...(state.damaged ? [`${name} was changed or damaged since it was recorded.`] : []),
    ]),
  ];
}

/** Which mark of one recording is the later one; two recordings have each their own time. */
type Time = "a-later" | "b-later" | "apart";

/** Undefined where both have as much. */
function rowOf(pair: Pair<StateRow>, time: Time): ComparisonRow | undefined {
  const of = (measure: "objects" | "bytes", least: number) => {
    const [a, b] = [pair.a?.[measure].live ?? 0, pair.b?.[measure].live ?? 0];
    return Math.abs(b - a) >= least ? ({ measure, a, b } as const) : undefined;
  };
  const found = of("objects", leastObjects) ?? of("bytes", leastBytes);
  if (!found) return undefined;
  const { measure, a, b } = found;
  const grows = (row: StateRow | undefined) => row?.objects.grows === true || row?.bytes.grows === true;
  const more = b > a ? grows(pair.b) : grows(pair.a);
  const before = time !== "apart" ? Math.min(a, b) > 0 : grows(b > a ? pair.a : pair.b);
  const shown = b >= a ? (pair.b ?? pair.a) : (pair.a ?? pair.b);
  const made = shown?.[measure].made ?? 0;
  return {
    verdict: more ? verdictOf(b > a, before) : "same",
    significant: more,
    ...{ type: shown?.place.type ?? null, site: [...(shown?.frames ?? [])] },
    ...{ a, b, delta: b - a, unit: measure, noise: 0 },
    ...(time === "apart" ? {} : { between: { made, freed: made - (time === "b-later" ? b - a : a - b) } }),
  };
}

const verdictOf = (isMore: boolean, before: boolean): ComparisonRow["verdict"] =>
  isMore ? (before ? "worse" : "new-leak") : before ? "improved" : "fixed";
