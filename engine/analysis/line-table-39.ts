// co_lnotab of CPython up to 3.9 in, line ranges out. Format: CPython, Objects/lnotab_notes.txt. Used by lines.ts.
import type { LineRange } from "./line-range.ts";

/** Pairs of bytes: so many bytes of code further, so many lines (signed) further. */
export function lineNumberTable(table: Uint8Array, firstLine: number): readonly LineRange[] {
  const ranges: LineRange[] = [];
  let [start, line] = [0, firstLine];
  for (let at = 0; at + 1 < table.length; at += 2) {
    const step = table[at] ?? 0;
    // A step over code closes the range before it; several entries without one are one jump over many lines.
    if (step > 0) {
      ranges.push({ start, line });
      start += step;
    }
    line += signedByte(table[at + 1] ?? 0);
  }
  ranges.push({ start, line });
  return ranges;
}

export const signedByte = (byte: number): number => (byte << 24) >> 24;
