// co_linetable of CPython 3.10 in, line ranges out. Format: PEP 626 and CPython 3.10, Objects/lnotab_notes.txt. Used by lines.ts.

import type { LineRange } from "./line-range.ts";
import { signedByte } from "./line-table-39.ts";

const noLine = -128;

/** Pairs of bytes: a range of so many bytes of code, whose line is so many (signed) from the one before; -128: it has none. */
export function lineTable310(table: Uint8Array, firstLine: number): readonly LineRange[] {
  const ranges: LineRange[] = [];
  let [start, line] = [0, firstLine];
  for (let at = 0; at + 1 < table.length; at += 2) {
    const size = table[at] ?? 0;
    const step = signedByte(table[at + 1] ?? 0);
    if (step !== noLine) line += step;
    if (size > 0) ranges.push({ start, line: step === noLine ? undefined : line });
    start += size;
  }
  return ranges;
}
