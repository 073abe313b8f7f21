// What grew from mark to mark in; the heads of its columns, and what it says as a sentence, out. Next: views/grows/Intervals.tsx.
import type { Interval, Intervals } from "../../shared/marks.ts";
import { visible } from "./escape.ts";
import { counted } from "./format.ts";

export type Measure = "objects" | "bytes";

const longestName = 20;

/** "start → 1", "1 → warm"; intervals that no mark made are numbered. */
export function headOf(all: readonly Interval[], at: number): string {
  const one = all[at];
  if (!one || !isMarked(all)) return String(at + 1);
  return `${one.fromMark === null ? "start" : nameOf(one.fromMark, at)} → ${one.toMark === null ? "end" : nameOf(one.toMark, at + 1)}`;
}

export const isMarked = (all: readonly Interval[]): boolean =>
  all.some(({ fromMark, toMark }) => fromMark !== null || toMark !== null);

const nameOf = (name: string, number: number): string => (name === "" ? String(number) : visible(name, longestName));

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
