// Durations in, how many there were of each size out: 64 parts an octave, so that a quantile is right to 0.8 %. Counted by
// engine/recorder, stored as varints, read by stored-gil.ts.
import { Cursor } from "../../shared/cursor.ts";
import type { VarintWriter } from "./varints.ts";

export interface Histogram {
  readonly count: number;
  /** Nanoseconds that `part` (0 to 1) of the durations do not exceed; undefined when there are none. */
  quantile(part: number): number | undefined;
  /** Bars with limits that double (the first is 0 to 64 ns), without the empty ones. */
  bars(): Iterable<{ readonly fromNs: number; readonly toNs: number; readonly count: number }>;
  /** As finely as it is kept, ascending. */
  readonly buckets: readonly Bucket[];
}
export interface Bucket {
  readonly bucket: number;
  readonly count: number;
}

const parts = 64;
const partBits = 6;
/** 2^53 ns are 104 days. */
const octaves = 53 - partBits + 1;

/** Durations below 64 ns have a bucket each; then 64 buckets from each power of two to the next. */
export function bucketOf(nanoseconds: number): number {
  if (nanoseconds < 2 ** 31) {
    const whole = nanoseconds | 0;
    if (whole < parts) return whole < 0 ? 0 : whole;
    const shift = 31 - partBits - Math.clz32(whole);
    return ((shift + 1) << partBits) | ((whole >>> shift) & (parts - 1));
  }
  // The same in doubles, for what 32 bits do not hold.
  const exponent = Math.min(52, 31 - Math.clz32(nanoseconds / 2 ** 31) + 31);
  const shift = exponent - partBits;
  return (shift + 1) * parts + Math.min(parts - 1, Math.floor(nanoseconds / 2 ** shift) - parts);
}

export function bucketStart(bucket: number): number {
  const octave = Math.floor(bucket / parts);
  return octave === 0 ? bucket : ((bucket % parts) + parts) * 2 ** (octave - 1);
}

/** Counts of many threads; an octave of one takes memory once something falls into it. */
export class Histograms {
  /** For each slot and octave the number of its page, 0: it has none. */
  #pages = new Uint32Array(0);
  #counts = new Float64Array(parts * 64);
  #pageCount = 1;

  /** Makes room for slots below `capacity`. */
  reach(capacity: number): void {
    const pages = new Uint32Array(capacity * octaves);
    pages.set(this.#pages);
    this.#pages = pages;
  }

  /** Durations beside their slots; those of which `flags` has all bits of `wanted`. */
  add(slots: Uint16Array, durations: Float64Array, flags: Uint8Array, wanted: number): void {
    let counts = this.#counts;
    for (let row = 0; row < slots.length; row++) {
      if (((flags[row] ?? 0) & wanted) !== wanted) continue;
      const bucket = bucketOf(durations[row] ?? 0);
      const at = (slots[row] ?? 0) * octaves + (bucket >>> partBits);
      let page = this.#pages[at] ?? 0;
      if (page === 0) {
        page = this.#newPage(at);
        counts = this.#counts;
      }
      const count = (page << partBits) | (bucket & (parts - 1));
      counts[count] = (counts[count] ?? 0) + 1;
    }
  }

  /** For each bucket that is not empty: its distance to the one before, and its count. */
  encode(slot: number, into: VarintWriter): void {
    let before = 0;
    for (let octave = 0; octave < octaves; octave++) {
      const page = this.#pages[slot * octaves + octave] ?? 0;
      for (let part = 0; page > 0 && part < parts; part++) {
        const count = this.#counts[page * parts + part] ?? 0;
        if (count === 0) continue;
        into.unsigned(octave * parts + part - before);
        into.unsigned(count);
        before = octave * parts + part;
      }
    }
  }

  #newPage(at: number): number {
    const page = this.#pageCount++;
    if ((page + 1) * parts > this.#counts.length) {
      const counts = new Float64Array(this.#counts.length * 2);
      counts.set(this.#counts);
      this.#counts = counts;
    }
    this.#pages[at] = page;
    return page;
  }
}

/** As `Histograms.encode` wrote it. `longest` is the longest duration, which no quantile exceeds. Bytes that are none end it early. */
export function readHistogram(bytes: Uint8Array, longest: number): Histogram {
  return histogramOf(pairsOf(bytes), longest);
}

/** Of several as if they were one. */
export function together(histograms: readonly Histogram[], longest: number): Histogram {
  const sums = new Map<number, number>();
  for (const { bucket, count } of histograms.flatMap(({ buckets }) => buckets))
    sums.set(bucket, (sums.get(bucket) ?? 0) + count);
  const buckets = [...sums].map(([bucket, count]) => ({ bucket, count })).sort((a, b) => a.bucket - b.bucket);
  return histogramOf(buckets, longest);
}

function histogramOf(buckets: readonly Bucket[], longest: number): Histogram {
  const count = buckets.reduce((sum, bucket) => sum + bucket.count, 0);
  return { count, quantile: (part) => quantile(buckets, count, part, longest), bars: () => bars(buckets), buckets };
}

function pairsOf(bytes: Uint8Array): readonly Bucket[] {
  const cursor = new Cursor(bytes);
  const pairs: Bucket[] = [];
  try {
    for (let bucket = cursor.unsigned(); bucket < octaves * parts; bucket += cursor.unsigned())
      pairs.push({ bucket, count: cursor.unsigned() });
  } catch (error) {
    if (!(error instanceof RangeError)) throw error; // the end of the bytes
  }
  return pairs;
}

function quantile(buckets: readonly Bucket[], count: number, part: number, longest: number): number | undefined {
  let left = Math.max(1, Math.ceil(count * part));
  for (const { bucket, count } of buckets) {
    left -= count;
    const start = bucketStart(bucket);
    if (left <= 0) return Math.min(longest, start < parts ? start : (start + bucketStart(bucket + 1)) / 2);
  }
  return undefined;
}

function* bars(buckets: readonly Bucket[]): Generator<{ fromNs: number; toNs: number; count: number }> {
  const sums = new Map<number, number>();
  for (const { bucket, count } of buckets) {
    const octave = Math.floor(bucket / parts);
    sums.set(octave, (sums.get(octave) ?? 0) + count);
  }
  for (const [octave, count] of sums)
    yield { fromNs: octave === 0 ? 0 : bucketStart(octave * parts), toNs: bucketStart((octave + 1) * parts), count };
}
