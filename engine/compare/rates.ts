// What was live over time in; how fast it grows, whether for good, and how much that rate varies, out. Next: side.ts.
import { growthOf } from "../analysis/growth.ts";

export interface Rate {
  readonly perSecond: number;
  /** Median absolute deviation of the rate over parts of the time, or over runs. */
  readonly noise: number;
  /** It grew for good, and did not stop. */
  readonly grows: boolean;
}
export const still: Rate = { perSecond: 0, noise: 0, grows: false };

/** Growth over a whole recording that is worth a word. */
export const leastObjects = 8;
export const leastBytes = 1024;

const warmUpPart = 0.2;
const windows = 8;
/** As the report asks it: in more than two thirds of the intervals. */
export const steadyFrom = 0.7;
/** A step or a plateau has a third in which it hardly grew. */
const evenFrom = 0.25;

/** Times in seconds. `least`: growth over the whole time that is worth a word. */
export function rateOf(times: readonly number[], live: ArrayLike<number>, least: number): Rate {
  const span = (times.at(-1) ?? 0) - (times[0] ?? 0);
  const flat = flatRate(times, live, least);
  if (flat !== undefined) return new FlatRate(flat, times, live);
  const { perSecond, steadiness = 0, evenness } = growthOf(times, live);
  const grows = steadiness >= steadyFrom && evenness >= evenFrom && perSecond * span >= least;
  return { perSecond, grows, noise: deviation(windowRates(times, live)) };
}

/** Its noise is asked for where the other side grows, which is seldom. */
class FlatRate implements Rate {
  readonly perSecond: number;
  readonly grows = false;
  readonly #times: readonly number[];
  readonly #live: ArrayLike<number>;

  constructor(perSecond: number, times: readonly number[], live: ArrayLike<number>) {
    this.perSecond = perSecond;
    this.#times = times;
    this.#live = live;
  }

  get noise(): number {
    return deviation(windowRates(this.#times, this.#live));
  }
}

/** Of what hardly rises above its lowest point, which is most of a program: the slope between its ends is near enough, and quick. */
function flatRate(times: readonly number[], live: ArrayLike<number>, least: number): number | undefined {
  const first = Math.floor(times.length * warmUpPart);
  const [start, end] = [live[first] ?? 0, live[times.length - 1] ?? 0];
  let lowest = end;
  for (let at = first; at < times.length; at++) lowest = Math.min(lowest, live[at] ?? 0);
  const seconds = (times.at(-1) ?? 0) - (times[first] ?? 0);
  return end - lowest < least / 2 && seconds > 0 ? (end - start) / seconds : undefined;
}

function windowRates(times: readonly number[], live: ArrayLike<number>): readonly number[] {
  const first = Math.floor(times.length * warmUpPart);
  const at = (window: number) => first + Math.round(((times.length - 1 - first) * window) / windows);
  return Array.from({ length: windows }, (_, window) => {
    const [from, to] = [at(window), at(window + 1)];
    const seconds = (times[to] ?? 0) - (times[from] ?? 0);
    return seconds > 0 ? ((live[to] ?? 0) - (live[from] ?? 0)) / seconds : 0;
  });
}

export function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = sorted.length >>> 1;
  const upper = sorted[middle] ?? 0;
  return sorted.length % 2 === 1 ? upper : ((sorted[middle - 1] ?? 0) + upper) / 2;
}

export function deviation(values: readonly number[]): number {
  const center = median(values);
  return median(values.map((value) => Math.abs(value - center)));
}
