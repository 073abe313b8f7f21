// A distribution in, the bars with their labels and one sentence for each chart out. Next: views/gil/Distribution.tsx.
import type { GilDistribution, HistogramBar } from "../../../shared/gil-views.ts";
import { counted, duration, fraction } from "../format.ts";

export const barLabel = ({ fromMs }: HistogramBar): string => duration(fromMs / 1000);
export const barRange = ({ fromMs, toMs }: HistogramBar): string =>
  `${duration(fromMs / 1000)} to ${duration(toMs / 1000)}`;

/** The bar below which that part of all lies; limits double, so nothing finer is known here. */
export function barAt(bars: readonly HistogramBar[], part: number): HistogramBar | undefined {
  const all = total(bars);
  if (all === 0) return undefined;
  let left = all * part;
  for (const bar of bars) {
    left -= bar.count;
    if (left <= 0) return bar;
  }
  return bars.at(-1);
}

export function histogramSentence(bars: readonly HistogramBar[], one: string, many: string): string {
  const [half, most] = [barAt(bars, 0.5), barAt(bars, 0.99)];
  if (!half || !most) return `No ${one} ended here.`;
  return `${counted(total(bars), one, many)}: half below ${duration(half.toMs / 1000)}, 99 % below ${duration(most.toMs / 1000)}.`;
}

export function contentionSentence({ contention }: GilDistribution): string {
  if (contention.length === 0) return "Nothing recorded yet.";
  const mean = (pick: (point: GilDistribution["contention"][number]) => number) =>
    contention.reduce((sum, point) => sum + pick(point), 0) / contention.length;
  const waiting = mean((point) => point.waiting);
  const threads = waiting < 0.005 ? "No thread waits" : `On average ${waiting.toFixed(2)} threads wait`;
  return `${threads}; somebody holds the GIL ${fraction(
    Math.min(
      1,
      mean((point) => point.held),
    ),
  )} of the time.`;
}

const total = (bars: readonly HistogramBar[]) => bars.reduce((sum, bar) => sum + bar.count, 0);
