// A code object's line table and its Python in; the line of a byte offset out. Next: frames.ts.

import type { LineRange } from "./line-range.ts";
import { lineNumberTable } from "./line-table-39.ts";
import { lineTable310 } from "./line-table-310.ts";
import { locationLines } from "./line-table-311.ts";

/** minor: 11 for CPython 3.11. */
export function lineRanges(minor: number, table: Uint8Array, firstLine: number): readonly LineRange[] {
  if (minor >= 11) return locationLines(table, firstLine);
  return minor === 10 ? lineTable310(table, firstLine) : lineNumberTable(table, firstLine);
}

/** The line of the instruction at a byte offset, by halving. */
export function lineAt(ranges: readonly LineRange[], offset: number): number | undefined {
  let [low, high] = [0, ranges.length];
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((ranges[middle]?.start ?? 0) <= offset) low = middle + 1;
    else high = middle;
  }
  return ranges[low - 1]?.line;
}

/** "3.11.7" → 11. */
export function minorOf(python: string): number | undefined {
  const minor = /^3\.(\d{1,3})/.exec(python)?.[1];
  return minor === undefined ? undefined : Number(minor);
}
