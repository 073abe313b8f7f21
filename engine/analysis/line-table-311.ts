// co_linetable of CPython 3.11 and later in, line ranges out. Format: CPython, Objects/locations.md (InternalDocs since 3.14). Used by lines.ts.
import type { LineRange } from "./line-range.ts";

/** Kinds of an entry that tell a line step; 0 to 9 keep the line and tell columns in one byte more. */
const kinds = { oneLine0: 10, oneLine2: 12, noColumns: 13, long: 14, none: 15 } as const;
const codeUnit = 2;

/** Entries begin with a byte whose top bit is set: 1, kind (4 bits), code units less one (3 bits). */
export function locationLines(table: Uint8Array, firstLine: number): readonly LineRange[] {
  const ranges: LineRange[] = [];
  let [start, line, at] = [0, firstLine, 0];
  while (at < table.length) {
    const head = table[at] ?? 0;
    const kind = (head >> 3) & 15;
    line += lineStep(table, at, kind);
    ranges.push({ start, line: kind === kinds.none ? undefined : line });
    start += ((head & 7) + 1) * codeUnit;
    at = nextEntry(table, at);
  }
  return ranges;
}

function lineStep(table: Uint8Array, at: number, kind: number): number {
  if (kind >= kinds.oneLine0 && kind <= kinds.oneLine2) return kind - kinds.oneLine0;
  return kind === kinds.noColumns || kind === kinds.long ? signedNumber(table, at + 1) : 0;
}

function nextEntry(table: Uint8Array, at: number): number {
  let next = at + 1;
  while (next < table.length && ((table[next] ?? 0) & 0x80) === 0) next++;
  return next;
}

/** Groups of six bits, the lowest first; bit 6 says that more follow. The lowest bit of the number is its sign. */
function signedNumber(table: Uint8Array, at: number): number {
  let [value, scale, next] = [0, 1, at];
  let byte: number;
  do {
    byte = table[next++] ?? 0;
    value += (byte & 63) * scale;
    scale *= 64;
  } while (byte & 64 && scale < 2 ** 42);
  return value % 2 === 0 ? value / 2 : -(value - 1) / 2;
}
