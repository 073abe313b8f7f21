// The marks of a recording in, what they are called and where they stand on an axis out. Next: views/marks, views/grows.
import type { Mark } from "../../shared/marks.ts";
import { visible } from "./escape.ts";
import { duration } from "./format.ts";

/** A mark that is on its way: where it is kept, and where it would come to stand. */
export interface Move {
  readonly at: number;
  readonly to: number;
}
export interface Flag {
  /** Where the mark is kept, which names it. */
  readonly at: number;
  /** Where it is shown. */
  readonly shown: number;
  readonly label: string;
  /** Where there is little room. */
  readonly short: string;
}

const longestLabel = 24;
const longestShort = 3;

/** In order of time; one that is moved stands where it would come to stand. */
export function flagsOf(marks: readonly Mark[], move?: Move): readonly Flag[] {
  return marks
    .map((mark) => ({ mark, shown: move && move.at === mark.at ? move.to : mark.at }))
    .toSorted((a, b) => a.shown - b.shown)
    .map(({ mark, shown }) => ({
      at: mark.at,
      shown,
      label: labelOf(mark.name, longestLabel),
      short: labelOf(mark.name, longestShort),
    }));
}

/** "mark 2", as a mark is called that nobody has named, is 2: there is no need to say on a flag what a flag is. */
export const labelOf = (name: string, most: number): string => visible(name.replace(/^mark (?=\d+$)/, ""), most);

export const spokenMark = (flag: Flag): string => `mark ${flag.label} at ${duration(flag.shown)}`;

/** To the millisecond, which is what a recording keeps. */
export const toMillisecond = (seconds: number): number => Number(Math.max(0, seconds).toFixed(3));

/** What is typed as a time; undefined while it is none. */
export function secondsOf(text: string): number | undefined {
  const seconds = Number(text);
  return text.trim() !== "" && Number.isFinite(seconds) && seconds >= 0 ? toMillisecond(seconds) : undefined;
}

/** Those of the second that the first has not: what a call has added. */
export const added = (before: readonly Mark[], after: readonly Mark[]): readonly Mark[] =>
  after.filter((mark) => !before.some(({ at }) => at === mark.at));

export interface Axis {
  readonly from: number;
  readonly to: number;
}
/** From 0 at the left end to 1 at the right one; undefined where it is not in sight. */
export function partOf({ from, to }: Axis, at: number): number | undefined {
  const part = (at - from) / (to - from);
  return part >= 0 && part <= 1 ? part : undefined;
}

/** Closer than this to the next one, a flag has room for a short word only. */
const roomy = 0.1;

export function hasRoom(flags: readonly Flag[], at: number, axis: Axis): boolean {
  const [flag, next] = [flags[at], flags[at + 1]];
  if (!flag) return false;
  return ((next?.shown ?? axis.to) - flag.shown) / (axis.to - axis.from) >= roomy;
}
