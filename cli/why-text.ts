// The document of `why` in, the lines that a terminal shows of it out. Next: verbs/why.ts.
import type { HeapStep, WhyDocument } from "../shared/heap-views.ts";
import type { Terminal } from "./terminal.ts";
import { safe } from "./text/safe.ts";
import { type Column, tableLines } from "./text/table.ts";
import { bytesText } from "./text/units.ts";

type Screen = Pick<Terminal, "style" | "width">;
/** Of a path of a thousand links, as a linked list has them, the ends tell enough. */
const shownEnds = 12;

export function whyLines(document: WhyDocument, terminal: Screen): readonly string[] {
  const { object, references, snapshot } = document;
  const bold = (text: string) => terminal.style("bold", text);
  const taken = `snapshot ${snapshot.id}, ${snapshot.seconds.toFixed(1)} s into the recording, ${snapshot.objects} objects`;
  return [
    bold(`${safe(object.type)} at ${object.address}`),
    terminal.style("dim", taken),
    "",
    `${bytesText(object.size)}, ${countText(object.count)}; ${bytesText(object.retained)} would be freed with it.`,
    ...allocated(object.site),
    references.say,
    ...document.paths.flatMap((path, at) => ["", bold(pathTitle(at)), ...pathLines(path)]),
    ...cycleLines(document.cycle, bold),
    ...dominatorLines(document, terminal),
    ...holderLines(document, terminal),
    ...document.notObserved.flatMap((sentence, at) => (at === 0 ? ["", sentence] : [sentence])).map(safe),
  ];
}

const countText = (count: number | null): string =>
  count === null ? "no count" : `${count} ${count === 1 ? "reference" : "references"}`;

const allocated = (site: WhyDocument["object"]["site"]): readonly string[] =>
  (site ?? []).slice(0, 4).map((frame, at) => {
    const place = `${frame.function} (${frame.file}:${frame.line ?? "?"})`;
    return safe(at === 0 ? `Allocated by ${place}` : `        from ${place}`);
  });

const pathTitle = (at: number): string => (at === 0 ? "Held by" : "And, as differently as can be, by");

function pathLines(path: readonly HeapStep[]): readonly string[] {
  const [first] = path;
  if (!first) return [];
  const cut = path.length > 2 * shownEnds + 1;
  const parts = cut ? [path.slice(1, shownEnds), path.slice(-shownEnds)] : [path.slice(1)];
  const left = path.length - 1 - parts.reduce((sum, part) => sum + part.length, 0);
  return [
    `  ${safe(first.edge)}: ${safe(first.type)} at ${first.address}`,
    ...parts.flatMap((part, at) => [...(at === 1 ? [`    … ${left} more …`] : []), ...part.map(stepLine)]),
  ];
}

const stepLine = ({ edge, type, address }: HeapStep): string => `    ${safe(edge)} → ${safe(type)} at ${address}`;

function cycleLines(cycle: WhyDocument["cycle"], bold: (text: string) => string): readonly string[] {
  if (!cycle) return [];
  const [first, ...rest] = cycle.steps;
  if (!first) return [];
  return [
    "",
    bold("It keeps itself, in a cycle"),
    `  ${safe(first.type)} at ${first.address}`,
    ...rest.map(stepLine),
    safe(cycle.say),
  ];
}

const dominatorColumns: readonly Column<WhyDocument["dominators"][number]>[] = [
  { title: "RETAINS", cell: ({ retained }) => bytesText(retained), right: true },
  { title: "ADDRESS", cell: ({ address }) => address },
  { title: "TYPE", cell: ({ type }) => type },
];

function dominatorLines({ dominators }: WhyDocument, terminal: Screen): readonly string[] {
  if (dominators.length === 0) return [];
  const shown = dominators.slice(-shownEnds);
  const title = terminal.style("bold", "All ways to it lead through, the nearest last");
  return ["", title, ...tableLines(dominatorColumns, shown, terminal.width)];
}

const holderColumns: readonly Column<WhyDocument["holders"][number]>[] = [
  { title: "REFERENCES", cell: ({ references }) => String(references), right: true },
  { title: "RETAINS", cell: ({ retained }) => bytesText(retained), right: true },
  { title: "ADDRESS", cell: ({ address }) => address },
  { title: "BY", cell: ({ edge }) => edge },
  { title: "TYPE", cell: ({ type }) => type },
];

function holderLines({ holders, holdersOf }: WhyDocument, terminal: Screen): readonly string[] {
  if (holders.length === 0) return [];
  const of = holders.length < holdersOf ? ` (${holders.length} of ${holdersOf})` : "";
  return [
    "",
    terminal.style("bold", `Objects that refer to it${of}`),
    ...tableLines(holderColumns, holders, terminal.width),
  ];
}
