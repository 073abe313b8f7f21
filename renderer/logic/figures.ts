// Buckets of the time axis in; the figures of the cards and one sentence for each chart out. Next: views/live.
import type { Flow } from "../../shared/flow.ts";
import type { Bucket } from "../../shared/rpc-contract.ts";
import { byteGrowth, bytes, count, duration, fraction, growth } from "./format.ts";
import { averageOf, sumOf } from "./thinned.ts";

export interface Series {
  readonly bucketSeconds: number;
  readonly buckets: readonly Bucket[];
}
export interface Figures {
  readonly live: number | undefined;
  readonly liveBytes: number | undefined;
  readonly livePerSecond: number | undefined;
  readonly bytesPerSecond: number | undefined;
  readonly allocatedPerSecond: number | undefined;
  readonly freedPerSecond: number | undefined;
}

/** Rates are of the last five seconds: shorter jumps about, longer hides that something began. */
const rateSeconds = 5;

/** The buckets of these seconds. */
export const recentOf = <T>(buckets: readonly T[], bucketSeconds: number): readonly T[] =>
  buckets.slice(-Math.max(1, Math.round(rateSeconds / bucketSeconds)));

export function figuresOf({ buckets, bucketSeconds }: Series): Figures {
  const last = buckets.findLast((bucket) => bucket.live !== null);
  const recent = recentOf(buckets, bucketSeconds);
  const perSecond = (pick: (bucket: Bucket) => number | null) => {
    const average = averageOf(recent, pick);
    return average === null ? undefined : average / bucketSeconds;
  };
  return {
    live: last?.live ?? undefined,
    liveBytes: last?.liveBytes ?? undefined,
    livePerSecond: slope(buckets, (bucket) => bucket.live),
    bytesPerSecond: slope(buckets, (bucket) => bucket.liveBytes),
    allocatedPerSecond: perSecond((bucket) => bucket.allocated),
    freedPerSecond: perSecond((bucket) => bucket.freed),
  };
}

/** In which caches fill: no growth is told of it. */
export const warmUpPart = 1 / 5;

/** From the end of warm-up to the end. */
function slope(buckets: readonly Bucket[], pick: (bucket: Bucket) => number | null): number | undefined {
  const known = buckets.flatMap((bucket) => {
    const value = pick(bucket);
    return value === null ? [] : [{ at: bucket.at, value }];
  });
  const first = known[Math.floor(known.length * warmUpPart)];
  const last = known.at(-1);
  if (!first || !last || last.at <= first.at) return undefined;
  return (last.value - first.value) / (last.at - first.at);
}

/** What a chart shows, for those who do not see it and those in a hurry. */
export function liveSentence(series: Series): string {
  const { live, livePerSecond } = figuresOf(series);
  return live === undefined
    ? nothingYet
    : `${count(live)} live after ${span(series)}, ${trend(livePerSecond, growth)}.`;
}

export function bytesSentence(series: Series): string {
  const { liveBytes, bytesPerSecond } = figuresOf(series);
  return liveBytes === undefined
    ? nothingYet
    : `${bytes(liveBytes)} live after ${span(series)}, ${trend(bytesPerSecond, byteGrowth)}.`;
}

export function flowSentence({ buckets }: Flow): string {
  const allocated = sumOf(buckets, (bucket) => bucket.allocated) ?? 0;
  const freed = sumOf(buckets, (bucket) => bucket.freed) ?? 0;
  const alive = sumOf(buckets, (bucket) => bucket.alive) ?? 0;
  if (allocated === 0 && freed === 0) return nothingYet;
  const kept = allocated === 0 ? "" : ` At least ${count(alive)} of them (${fraction(alive / allocated)}) are alive.`;
  return `${count(allocated)} allocated, ${count(freed)} freed: ${count(allocated - freed)} more than before.${kept}`;
}

const nothingYet = "Nothing recorded yet.";
const span = ({ buckets }: Series) => duration(buckets.at(-1)?.at);

function trend(perSecond: number | undefined, words: (value: number) => string): string {
  if (perSecond === undefined) return "too short to say where it goes";
  if (Math.abs(perSecond) < 0.05) return "level since the first fifth";
  return `${words(perSecond)} since the first fifth`;
}
