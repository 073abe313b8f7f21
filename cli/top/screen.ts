// One document of `top` and the size of the terminal in, its lines out: header, threads at the GIL, growing types, errors. Next: display.ts.
import type { Frame, TopDocument } from "../../shared/documents.ts";
import type { LongHold } from "../../shared/gil-document.ts";
import { safe } from "../text/safe.ts";
import { type Column, cut, tableLines } from "../text/table.ts";
import { bytesText, countText } from "../text/units.ts";

export interface Size {
  readonly columns: number;
  readonly rows: number;
}
interface Part {
  readonly title: string;
  /** With its header; as many rows as there are. */
  readonly table: readonly string[];
}
/** A blank line, the title and the header of a table. */
const overhead = 3;

export function screenLines(
  document: TopDocument,
  { columns, rows }: Size,
  bold: (text: string) => string,
): readonly string[] {
  const parts = [gilPart(document), typePart(document), errorPart(document)].filter((part) => part !== undefined);
  const head = header(document).map((line) => cut(line, columns));
  const room = shares(
    parts.map(({ table }) => Math.max(0, table.length - 1)),
    rows - head.length - overhead * parts.length,
  );
  return [
    ...head.map((line, at) => (at === 0 ? bold(line) : line)),
    ...parts.flatMap(({ title, table }, at) => [
      "",
      bold(cut(title, columns)),
      ...table.slice(0, 1 + (room[at] ?? 0)).map((line) => cut(line, columns)),
    ]),
  ].slice(0, rows);
}

/** What each part may show: no more than it has, and as equal as possible. */
export function shares(wanted: readonly number[], room: number): readonly number[] {
  const given = wanted.map(() => 0);
  for (let left = Math.max(0, room); left > 0; left--) {
    const least = wanted
      .map((want, at) => ({ at, has: given[at] ?? 0, want }))
      .filter(({ has, want }) => has < want)
      .sort((a, b) => a.has - b.has)[0];
    if (!least) break;
    given[least.at] = least.has + 1;
  }
  return given;
}

function header({ target, seconds, eventsPerSecond, dropped }: TopDocument): readonly string[] {
  const of = target ? `${target.pid} Python ${target.python}  ${safe(target.command)}` : "starting";
  return [
    `refscope top  ${of}`,
    `${seconds.toFixed(0)} s  ${countText(eventsPerSecond)} events/s  ${countText(dropped)} dropped`,
  ];
}

type GilNow = NonNullable<TopDocument["gil"]>;
type Thread = GilNow["threads"][number];
const threadColumns: readonly Column<Thread>[] = [
  { title: "HOLDS", cell: ({ holdFraction }) => percent(holdFraction), right: true },
  { title: "WAITS", cell: ({ waitFraction }) => percent(waitFraction), right: true },
  { title: "STATE", cell: ({ state }) => state },
  { title: "SINCE", cell: ({ sinceMs }) => (sinceMs === null ? "" : msText(sinceMs)), right: true },
  { title: "COUNT", cell: ({ holds }) => countText(holds), right: true },
  { title: "TID", cell: ({ threadId }) => String(threadId), right: true },
  { title: "THREAD", cell: ({ name, kernelName }) => name ?? kernelName ?? "" },
];

function gilPart({ gil }: TopDocument): Part | undefined {
  if (!gil) return undefined;
  const threads = gil.threads.toSorted((a, b) => busyness(b) - busyness(a));
  const longest = gil.longest ? `  longest ${longestText(gil.longest)}` : "";
  return {
    title: `GIL  ${countText(gil.holdsPerSecond)} holds/s${longest}`,
    table: tableLines(threadColumns, threads),
  };
}

const busyness = ({ holdFraction, waitFraction }: Thread): number => holdFraction + waitFraction;
const longestText = ({ ms, frames: [python], native: [c], unfinished }: LongHold): string => {
  const where = python ? placeText(python) : c ? safe(`${c.function ?? "?"} in ${c.module}`) : "";
  return `${msText(ms)}${unfinished ? " so far" : ""} ${where}`;
};

type TypeRow = NonNullable<TopDocument["types"]>[number];
const typeColumns: readonly Column<TypeRow>[] = [
  { title: "GROWTH/S", cell: (row) => `+${rateText(row.growthPerSecond)}`, right: true },
  { title: "LIVE", cell: (row) => countText(row.live), right: true },
  { title: "SIZE", cell: (row) => bytesText(row.liveBytes), right: true },
  { title: "TYPE", cell: (row) => row.type },
];

function typePart({ types }: TopDocument): Part | undefined {
  if (!types) return undefined;
  const growing = types.filter(({ growthPerSecond }) => growthPerSecond > 0);
  const title = growing.length > 0 ? "Growing types" : "No type grows";
  return { title, table: growing.length > 0 ? tableLines(typeColumns, growing) : [] };
}

type ErrorRow = NonNullable<TopDocument["errors"]>[number];
const errorColumns: readonly Column<ErrorRow>[] = [
  { title: "RAISED/S", cell: ({ perSecond }) => rateText(perSecond), right: true },
  { title: "COUNT", cell: ({ count }) => countText(count), right: true },
  { title: "TYPE", cell: ({ type }) => type },
  { title: "WHERE", cell: ({ frames: [first] }) => (first ? placeText(first) : "") },
];

function errorPart({ errors }: TopDocument): Part | undefined {
  if (!errors) return undefined;
  const all = errors.reduce((sum, { perSecond }) => sum + perSecond, 0);
  const title = errors.length > 0 ? `Errors  ${rateText(all)} raised/s` : "Errors  none raised";
  return { title, table: errors.length > 0 ? tableLines(errorColumns, errors) : [] };
}

const placeText = ({ function: name, file, line }: Frame): string =>
  safe(line === null ? `${name} ${file}` : `${name} ${file}:${line}`);
const percent = (part: number): string => `${(100 * part).toFixed(1)} %`;
const rateText = (value: number): string => (value >= 1000 ? countText(value) : value.toFixed(1));
const msText = (ms: number): string => (ms >= 1000 ? `${(ms / 1000).toFixed(1)} s` : `${ms.toFixed(1)} ms`);
