// The sides of several runs of one build in; one side out, whose rates are medians and whose noise is that between runs. Used by runs.ts.
import type { Frame } from "../../shared/documents.ts";
import { type Pair, type Place, pairPlaces } from "./identity.ts";
import { deviation, median, type Rate, still } from "./rates.ts";
import type { GrowthRow, Side } from "./side.ts";

/** In the order of the runs; a run in which the place did not occur has `still`. */
interface Runs {
  readonly place: Place;
  readonly frames: readonly Frame[];
  readonly objects: readonly Rate[];
  readonly bytes: readonly Rate[];
}

export function mergeSides(sides: readonly [Side, ...Side[]]): Side {
  const [first] = sides;
  const sum = (of: (side: Side) => number) => sides.reduce((total, side) => total + of(side), 0);
  return {
    ...first,
    seconds: sum(({ seconds }) => seconds),
    runs: sides.length,
    produced: sum(({ produced }) => produced),
    dropped: sum(({ dropped }) => dropped),
    damaged: sides.some(({ damaged }) => damaged),
    notes: [...new Set(sides.flatMap(({ notes }) => notes))],
    growth: mergeGrowth(sides.map(({ growth = [] }) => growth)),
  };
}

function mergeGrowth(runs: readonly (readonly GrowthRow[])[]): readonly GrowthRow[] {
  let merged: readonly Runs[] = [];
  for (const [done, rows] of runs.entries()) {
    const alone = rows.map((row) => ({ ...row, objects: [row.objects], bytes: [row.bytes] }));
    merged = pairPlaces(merged, alone).flatMap((pair) => joined(pair, done));
  }
  return merged.map(({ place, frames, objects, bytes }) => ({
    ...{ place, frames, objects: overRuns(objects), bytes: overRuns(bytes) },
  }));
}

function joined({ a, b }: Pair<Runs>, done: number): readonly Runs[] {
  const known = a ?? b;
  if (!known) return [];
  const before = Array.from({ length: done }, () => still);
  const { place, frames } = known;
  return [
    {
      ...{ place, frames },
      objects: [...(a?.objects ?? before), ...(b?.objects ?? [still])],
      bytes: [...(a?.bytes ?? before), ...(b?.bytes ?? [still])],
    },
  ];
}

/** It grows where most runs grow. */
function overRuns(rates: readonly Rate[]): Rate {
  const values = rates.map(({ perSecond }) => perSecond);
  const grows = rates.filter((rate) => rate.grows).length * 2 > rates.length;
  return { perSecond: median(values), noise: deviation(values), grows };
}
