// A reader and a time range in; histograms of holds and waits, and the contention over time, out. Next: queries.ts.
import type { GilContention, GilDistribution, HistogramBar } from "../../shared/gil-views.ts";
import { holdFlags } from "../../shared/records.ts";
import type { GilReader } from "../store/gil-reader.ts";
import type { Histogram } from "../store/histogram.ts";
import { laneSums } from "./lane-sums.ts";
import { type OpenState, openStates } from "./open-states.ts";
import type { Recorded } from "./recorded.ts";

const points = 600;
/** Looked through for the bars of a range; of a range with more, evenly spaced pieces stand for the whole. */
const mostHolds = 1_000_000;
const pieces = 64;
const shortestNs = 64;

export interface DistributionRange {
  readonly fromMs?: number | undefined;
  readonly toMs?: number | undefined;
}

export function gilDistribution(reader: Recorded, range: DistributionRange): GilDistribution | null {
  const { gil } = reader;
  if (!gil) return null;
  const [fromMs, toMs] = [range.fromMs ?? 0, range.toMs ?? reader.duration];
  const whole = fromMs <= 0 && toMs >= reader.duration;
  const bars = whole ? barsOfAll(gil) : barsOfRange(gil, fromMs, toMs);
  return { ...bars, contention: contention(gil, { fromMs, toMs, points }, openStates(reader, gil)) };
}

/** Of the whole recording. */
export function gilContention(reader: Recorded, most: number): GilContention | null {
  const { gil, duration } = reader;
  return gil ? contention(gil, { fromMs: 0, toMs: duration, points: most }, openStates(reader, gil)) : null;
}

interface Cut {
  readonly fromMs: number;
  readonly toMs: number;
  readonly points: number;
}
function contention(gil: GilReader, { fromMs, toMs, points }: Cut, open: readonly OpenState[]): GilContention {
  const widthMs = Math.max(toMs - fromMs, 0) / points;
  if (widthMs === 0) return [];
  const lanes = [...laneSums(gil, { fromMs, widthMs, count: points }, open).values()];
  return Array.from({ length: points }, (_, at) => {
    const sum = (column: "held" | "waited") => lanes.reduce((total, lane) => total + (lane[column][at] ?? 0), 0);
    return { atMs: fromMs + at * widthMs, waiting: sum("waited") / widthMs, held: Math.min(1, sum("held") / widthMs) };
  });
}

function barsOfAll(gil: GilReader) {
  const totals = gil.totals();
  return {
    holds: merged(totals.map(({ holdHistogram }) => holdHistogram)),
    waits: merged(totals.map(({ waitHistogram }) => waitHistogram)),
    part: 1,
  };
}

function merged(histograms: readonly Histogram[]): HistogramBar[] {
  const bars = new Map<number, HistogramBar>();
  for (const histogram of histograms)
    for (const { fromNs, toNs, count } of histogram.bars()) {
      const before = bars.get(fromNs)?.count ?? 0;
      bars.set(fromNs, { fromMs: fromNs / 1e6, toMs: toNs / 1e6, count: before + count });
    }
  return ordered(bars);
}

function barsOfRange(gil: GilReader, fromMs: number, toMs: number) {
  const [holds, waits] = [new Map<number, HistogramBar>(), new Map<number, HistogramBar>()];
  const all = gil.countHolds(fromMs, toMs);
  let looked = 0;
  for (const [from, to] of all <= mostHolds ? [[fromMs, toMs] as const] : moments(fromMs, toMs))
    for (const { length, flags, released, held, waited } of gil.holds(from, to))
      for (let row = 0; row < length; row++) {
        const end = (released[row] ?? 0) / 1e6;
        if (end < fromMs || end > toMs) continue;
        looked++;
        add(holds, held[row] ?? 0);
        if (((flags[row] ?? 0) & holdFlags.waited) !== 0) add(waits, waited[row] ?? 0);
      }
  return { holds: ordered(holds), waits: ordered(waits), part: all <= mostHolds ? 1 : looked / all };
}

const moments = (fromMs: number, toMs: number): readonly (readonly [number, number])[] =>
  Array.from({ length: pieces }, (_, at) => {
    const moment = fromMs + ((at + 0.5) * (toMs - fromMs)) / pieces;
    return [moment, moment];
  });

/** Limits are those of the totals: 64 ns, then doubling. */
function add(bars: Map<number, HistogramBar>, ns: number): void {
  const limit = ns < shortestNs ? 0 : 2 ** Math.floor(Math.log2(ns));
  const count = (bars.get(limit)?.count ?? 0) + 1;
  bars.set(limit, { fromMs: limit / 1e6, toMs: Math.max(shortestNs, 2 * limit) / 1e6, count });
}

const ordered = (bars: ReadonlyMap<number, HistogramBar>): HistogramBar[] =>
  [...bars.values()].filter(({ count }) => count > 0).sort((a, b) => a.fromMs - b.fromMs);
