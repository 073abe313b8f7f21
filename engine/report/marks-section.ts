// What grew between marks in; its section of the report out: the intervals, then what grew most after the first. Next: section.ts.
import type { Interval, IntervalRow, Intervals } from "../../shared/marks.ts";
import { framePiece } from "./pieces.ts";
import type { Line, Room, Section, SectionTable } from "./section.ts";
import { byteSize, signed, whole } from "./words.ts";

/** Values of one row that stand in a line. */
const mostValues = 8;
/** Where a recording does not tell. */
const untold = "?";

export function marksSection(grown: Intervals, room: Room): Section {
  return {
    title: "Between marks",
    sentences: [sentenceOf(grown)],
    tables: [intervalTable(grown, room), rowTable(grown, room)].filter(({ rows }) => rows.length > 0),
  };
}

function sentenceOf({ intervals, rows }: Intervals): Line {
  const steady = rows.filter((row) => row.steady);
  // Memory of an object's parts has no type.
  const first = steady.find(({ type }) => type !== null) ?? steady[0];
  if (intervals.length < 3 || !first)
    return [
      "Set marks where the program is in the same state: what grows from each to the next is a leak's candidate.",
    ];
  const others = steady.length - 1;
  const more = others === 0 ? "" : `, and so ${others === 1 ? "does one" : `do ${whole(others)}`} more`;
  return [typeOf(first), ` grew in each interval after the first${more}. A cache that still fills does so as well.`];
}

const intervalTable = ({ intervals, total }: Intervals, { rows }: Room): SectionTable => ({
  title: "Intervals",
  header: ["from", "to", "objects", "bytes", "marks"],
  textFrom: 4,
  of: intervals.length,
  rows: intervals
    .slice(0, Math.max(rows, mostValues))
    .map((interval, at) => [
      [[seconds(interval.from)]],
      [[seconds(interval.to)]],
      [[count(total.objects[at])]],
      [[size(total.bytes[at])]],
      [betweenOf(interval)],
    ]),
});

const rowTable = ({ rows: grown, of }: Intervals, { rows, frames }: Room): SectionTable => ({
  title: "What grew, the steady first",
  header: ["bytes", "each interval", "type", "where"],
  textFrom: 1,
  of,
  rows: grown
    .slice(0, rows)
    .map((row) => [
      [[size(row.bytes.reduce<number>((sum, value) => sum + (value ?? 0), 0))]],
      [[eachOf(row)]],
      [[typeOf(row)], ...(row.steady ? [["steady"]] : [])],
      row.frames.length === 0 ? [["unknown"]] : row.frames.slice(0, frames).map((frame) => [framePiece(frame)]),
    ]),
});

/** In objects; a buffer that grows is told in bytes. */
function eachOf({ objects, bytes }: IntervalRow): string {
  const inObjects = objects.some((value) => value !== null && value !== 0);
  const values = inObjects ? objects.map(count) : bytes.map(size);
  return values.length <= mostValues ? values.join(" ") : `${values.slice(0, mostValues).join(" ")} …`;
}

const betweenOf = ({ fromMark, toMark }: Interval): Line => [
  ...(fromMark === null ? ["beginning"] : [{ name: fromMark }]),
  " to ",
  ...(toMark === null ? ["end"] : [{ name: toMark }]),
];
const typeOf = ({ type, domain }: IntervalRow) => (type === null ? `${domain} memory` : { name: type });
const seconds = (value: number): string => `${Number(value.toFixed(1))} s`;
const count = (value: number | null | undefined): string => (value == null ? untold : signed(whole(value)));
const size = (value: number | null | undefined): string => (value == null ? untold : signed(byteSize(value)));
