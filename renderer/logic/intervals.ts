// What grew from mark to mark in; the heads of its columns, and what it says as a sentence, out. Next: views/grows/Intervals.tsx.
import type { Intervals } from "../../shared/marks.ts";
import { counted } from "./format.ts";
import { type Flag, labelOf } from "./marks.ts";

export type Measure = "objects" | "bytes";

const longestName = 20;

/** "start → 1", "1 → warm"; parts that no mark made are numbered. */
export function headOf({ intervals, automatic }: Pick<Intervals, "intervals" | "automatic">, at: number): string {
  const one = intervals[at];
  if (!one || automatic) return String(at + 1);
  const name = (mark: string | null, end: string) => (mark === null ? end : labelOf(mark, longestName));
  return `${name(one.fromMark, "start")} → ${name(one.toMark, "end")}`;
}

/** What is asked for times alone has no names; the flags that were dragged there have. */
export function named(found: Intervals, flags: readonly Flag[]): Intervals {
  if (found.intervals.length !== flags.length + 1) return found;
  const nameOf = (at: number) => flags[at]?.label ?? null;
  const intervals = found.intervals.map((one, at) => ({ ...one, fromMark: nameOf(at - 1), toMark: nameOf(at) }));
  return { ...found, intervals };
}

/** One interval tells how much, not whether it goes on. */
const fewest = 2;

export function intervalsSentence({ intervals, rows, of }: Intervals): string {
  if (intervals.length < fewest) return "Two intervals are needed to tell what goes on growing.";
  const steady = rows.filter((row) => row.steady).length;
  const after = intervals.length === fewest ? "in the interval after warm-up" : "in each interval after warm-up";
  if (of === 0) return "Nothing was allocated.";
  if (steady === 0) return `Nothing grew ${after}.`;
  const more = steady === rows.length && of > steady ? "At least " : "";
  return `${more}${counted(steady, "site", "sites")} grew ${after}: a leak looks like this, and so does a cache that still fills.`;
}
