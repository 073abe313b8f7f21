// What was live at some moments in; how fast it grows for good, and how steadily, out. Next: sites.ts, types.ts.
import { type PerSecond, perSecond } from "../../shared/units.ts";
import { theilSen } from "./theil-sen.ts";

export interface Growth {
  /** Robust slope after warm-up: of what was never given back again, or of all of it when it shrinks. */
  readonly perSecond: PerSecond;
  /** Part of the intervals after warm-up in which it grew for good; undefined when the recording is too short. */
  readonly steadiness: number | undefined;
  /** How many intervals these are; 0 when it is too short. */
  readonly intervals: number;
  /** 1: each third of the time grew alike; 0: one of them did not grow, as with a step, a plateau or a cache. */
  readonly evenness: number;
}

const warmUpPart = 0.2;
const warmUpSeconds = 2;
/** Steadiness is told in so many intervals, each long enough for a leak that comes in bursts. */
const intervals = 12;
const fewestPoints = 6;

const untold = { steadiness: undefined, intervals: 0 };

/** Times in seconds, ascending; one value a time. */
export function growthOf(times: readonly number[], live: ArrayLike<number>): Growth {
  const first = afterWarmUp(times);
  const late = times.slice(first);
  const all = from(live, first);
  const shrinks = (all[all.length - 1] ?? 0) < (all[0] ?? 0);
  const kept = keptForGood(all);
  const [short, told] = [late.length < fewestPoints, { intervals: Math.min(intervals, late.length - 1) }];
  // Never less than before: where its ends are alike all of it is, as with most of what a program does.
  if (!shrinks && kept[0] === kept[kept.length - 1])
    return { perSecond: perSecond(0), evenness: 0, ...(short ? untold : { ...told, steadiness: 0 }) };
  const slope = perSecond(theilSen(late, shrinks ? all : kept) ?? 0);
  if (short) return { perSecond: slope, evenness: 0, ...untold };
  return {
    ...told,
    perSecond: slope,
    steadiness: partThatGrew(steps(late, kept, intervals)),
    evenness: evennessOf(steps(late, kept, 3)),
  };
}

/** What ranks suspects: a leak that goes on stands above whatever has stopped, however large. */
export const leakScore = ({ perSecond: slope, steadiness, evenness }: Growth): number =>
  slope * (steadiness ?? 0.5) * evenness;

/** A loop: `Float64Array.from` takes ten times as long, and there are tens of thousands of sites. */
function from(live: ArrayLike<number>, first: number): Float64Array {
  const rest = new Float64Array(live.length - first);
  for (let at = 0; at < rest.length; at++) rest[at] = live[first + at] ?? 0;
  return rest;
}

function afterWarmUp(times: readonly number[]): number {
  const end = times[times.length - 1] ?? 0;
  const warm = Math.min(end / 2, Math.max(end * warmUpPart, warmUpSeconds));
  return Math.max(
    0,
    times.findIndex((time) => time >= warm),
  );
}

/** At each moment the least that was live from there on: what comes and goes, as a cache's content, is not in it. */
function keptForGood(live: Float64Array): Float64Array {
  const kept = live.slice();
  for (let at = kept.length - 2; at >= 0; at--) kept[at] = Math.min(kept[at] ?? 0, kept[at + 1] ?? 0);
  return kept;
}

/** By how much the values rise in each of `parts` equal spans of time. */
function steps(times: readonly number[], values: Float64Array, parts: number): readonly number[] {
  const count = Math.min(parts, times.length - 1);
  const [start, end] = [times[0] ?? 0, times[times.length - 1] ?? 0];
  const rises = new Array<number>(count).fill(0);
  for (let at = 1; at < times.length; at++) {
    const part = Math.min(count - 1, Math.floor((((times[at - 1] ?? 0) - start) / (end - start)) * count));
    rises[part] = (rises[part] ?? 0) + (values[at] ?? 0) - (values[at - 1] ?? 0);
  }
  return rises;
}

const partThatGrew = (rises: readonly number[]): number => rises.filter((rise) => rise > 0).length / rises.length;

function evennessOf(thirds: readonly number[]): number {
  const total = thirds.reduce((sum, third) => sum + third, 0);
  return total <= 0 ? 0 : Math.min(1, (Math.min(...thirds) * thirds.length) / total);
}
