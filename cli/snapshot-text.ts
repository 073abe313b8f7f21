// The document of `snapshot` in, the lines that a terminal shows of it out. Next: verbs/snapshot.ts.
import type { SnapshotDocument } from "../shared/heap-taken.ts";
import type { Terminal } from "./terminal.ts";
import { safe } from "./text/safe.ts";
import { type Column, tableLines } from "./text/table.ts";
import { bytesText, countText } from "./text/units.ts";

type Screen = Pick<Terminal, "style" | "width">;
type TypeRow = SnapshotDocument["types"][number];
type LostRow = SnapshotDocument["unreachableButAlive"][number];

const shownTypes = 25;
const shownLost = 15;

const typeColumns: readonly Column<TypeRow>[] = [
  { title: "count", right: true, cell: ({ count }) => countText(count) },
  { title: "bytes", right: true, cell: ({ bytes }) => bytesText(bytes) },
  { title: "unexplained", right: true, cell: ({ unexplainedReferences: left }) => (left === 0 ? "" : countText(left)) },
  { title: "type", cell: ({ type }) => type },
];
const lostColumns: readonly Column<LostRow>[] = [
  { title: "count", right: true, cell: ({ count }) => countText(count) },
  { title: "bytes", right: true, cell: ({ bytes }) => bytesText(bytes) },
  { title: "type", cell: ({ type }) => type },
  { title: "allocated by", cell: ({ site }) => siteText(site) },
];

export function snapshotLines(document: SnapshotDocument, terminal: Screen): readonly string[] {
  const { objects, edges, bytes, pauseMs, seconds, types, unreachableButAlive: lost, notObserved } = document;
  const bold = (text: string) => terminal.style("bold", text);
  const pause = `the process waited ${pauseMs.toFixed(1)} ms, the walk took ${seconds.toFixed(2)} s beside it`;
  return [
    bold(`${countText(objects)} objects, ${bytesText(bytes)}, ${countText(edges)} references`),
    terminal.style("dim", pause),
    "",
    ...tableLines(typeColumns, types.slice(0, shownTypes), terminal.width),
    ...more(types.length - shownTypes, "types"),
    "",
    bold(lost.length === 0 ? "Everything that is alive is reached from a root." : "Alive, and no root reaches it"),
    ...(lost.length === 0 ? [] : tableLines(lostColumns, lost.slice(0, shownLost), terminal.width)),
    ...more(lost.length - shownLost, "rows"),
    ...notObserved.flatMap((sentence, at) => (at === 0 ? ["", sentence] : [sentence])).map(safe),
  ];
}

const more = (left: number, what: string): readonly string[] => (left > 0 ? [`… ${left} more ${what}`] : []);

function siteText(site: LostRow["site"]): string {
  const [first] = site ?? [];
  return first ? `${first.function} (${first.file}:${first.line ?? "?"})` : "";
}
