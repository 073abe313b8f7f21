// What grew between marks in, the report's section as text out.
import { expect, test } from "vitest";
import type { IntervalRow, Intervals } from "../../shared/marks.ts";
import { marksSection } from "./marks-section.ts";
import { plain } from "./text.ts";
import { sectionLines } from "./text-section.ts";

const row = (type: string | null, bytes: (number | null)[], steady: boolean): IntervalRow => ({
  ...{ type, domain: "mem", frames: [{ function: "handle", file: "app.py", line: 7 }] },
  ...{ objects: bytes.map((value) => (value === null ? null : value / 100)), bytes, steady },
});
const grown = (rows: IntervalRow[]): Intervals => ({
  intervals: [
    { from: 0, to: 10, fromMark: null, toMark: "warm" },
    { from: 10, to: 10, fromMark: "warm", toMark: "again" },
    { from: 10, to: 20.5, fromMark: "again", toMark: null },
  ],
  ...{ automatic: false, total: { objects: [40, null, 3], bytes: [4000, null, 300] }, rows, of: rows.length },
});
const text = (of: Intervals) => sectionLines(marksSection(of, { rows: 10, frames: 2 }), plain).join("\n");

test("intervals by their marks, then what grew in each; what is not told is no zero", () => {
  const said = text(grown([row(null, [100, null, 100], true), row("dict", [4000, null, 200], true)]));
  expect(said).toContain("dict grew in each interval after the first, and so does one more.");
  expect(said).toMatch(/ 0 s +10 s +\+40 +\+3\.91 KiB +beginning to warm\n *10 s +10 s +\? +\? +warm to again\n/);
  expect(said).toMatch(/\+4\.1 KiB +\+40 \? \+2 +dict +handle at app\.py:7/);
});

test("where nothing grew in all of them, it says what marks are for", () => {
  expect(text(grown([row("dict", [400, null, -100], false)]))).toContain("where the program is in the same state");
});
