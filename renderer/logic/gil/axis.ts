// What is seen of the time axis in, round places on it with labels out, from hours down to nanoseconds. Next: views/gil/paint.ts.
import { axisTime } from "../format.ts";
import { timeTicks } from "../ticks.ts";
import { lengthOf, type Span } from "./span.ts";

export interface Tick {
  readonly ms: number;
  readonly text: string;
}

/** Above a second as clocks step; below in 1, 2 and 5. */
export function axisTicks(span: Span, most: number): readonly Tick[] {
  const length = lengthOf(span);
  if (length / most >= 100)
    return timeTicks(span.fromMs / 1000, span.toMs / 1000, most).map((at) => ({ ms: at * 1000, text: axisTime(at) }));
  const step = stepOf(length / most);
  const [first, last] = [Math.ceil(span.fromMs / step), Math.floor(span.toMs / step)];
  return Array.from({ length: Math.max(0, last - first + 1) }, (_, at) => {
    const ms = (first + at) * step;
    return { ms, text: preciseTime(ms, step) };
  });
}

/** A piece of a row of pixels. */
export interface Piece {
  readonly from: number;
  readonly to: number;
}

/** Where the label of a tick is free of what is taken: right of the tick, else left of it; undefined where it has no room at all. */
export function labelFrom(tick: number, width: number, row: Piece, taken: readonly Piece[]): number | undefined {
  const places = [tick + beside, tick - beside - width];
  return places.find((from) => isFree({ from, to: from + width }, row, taken));
}

const beside = 4;
const isFree = ({ from, to }: Piece, row: Piece, taken: readonly Piece[]) =>
  from >= row.from && to <= row.to && !taken.some((piece) => from < piece.to && to > piece.from);

function stepOf(wanted: number): number {
  const scale = 10 ** Math.floor(Math.log10(wanted));
  return scale * ([1, 2, 5].find((one) => one * scale >= wanted) ?? 10);
}

/** As many digits as tell neighbours apart, in seconds: 12.5 s, 12.504 31 s; after a minute 1:12.504 31. */
export function preciseTime(ms: number, stepMs: number): string {
  const digits = Math.max(0, Math.min(9, 3 - Math.floor(Math.log10(stepMs) + 1e-9)));
  const sign = ms < 0 ? "−" : "";
  const all = Math.abs(ms) / 1000;
  const minutes = Math.floor(Number(all.toFixed(digits)) / 60);
  const [whole, rest = ""] = Math.max(0, all - minutes * 60)
    .toFixed(digits)
    .split(".");
  // Four digits are read at a glance; from five on they stand in threes.
  const grouped = rest.length > 4 ? rest.replace(/(\d{3})(?=\d)/g, "$1\u2009") : rest;
  const seconds = grouped ? `${whole}.${grouped}` : `${whole}`;
  return minutes > 0
    ? `${sign}${minutes}:${seconds.padStart(grouped ? grouped.length + 3 : 2, "0")}`
    : `${sign}${seconds} s`;
}
