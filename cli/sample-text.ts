// The document of a sample in, the lines that a terminal shows of it out. Next: verbs/watch.ts.
import { basename } from "node:path";
import type { SampleDocument, SampleSum, Unmatched } from "../shared/sample-document.ts";
import type { Terminal } from "./terminal.ts";
import { safe } from "./text/safe.ts";
import { type Column, tableLines } from "./text/table.ts";

const mostSums = 20;

const signed = (value: number): string => (value > 0 ? `+${value}` : String(value));

type By = Pick<SampleSum, "module" | "function" | "file" | "line" | "python">;
const by: readonly Column<By>[] = [
  { title: "FUNCTION", cell: (row) => functionOf(row) },
  { title: "LINE", cell: (row) => lineOf(row) },
  { title: "MODULE", cell: ({ module }) => basename(module) },
];
const unmatchedColumns: readonly Column<Unmatched>[] = [
  { title: "PER OBJECT", cell: ({ perObject }) => signed(perObject), right: true },
  ...by,
];
const sumColumns: readonly Column<SampleSum>[] = [
  { title: "NET", cell: ({ delta }) => signed(delta), right: true },
  { title: "ALIVE", cell: ({ alive }) => signed(alive), right: true },
  { title: "FREED", cell: ({ freed }) => signed(freed), right: true },
  { title: "OBJECTS", cell: ({ objects }) => String(objects), right: true },
  ...by,
];

export function sampleLines(sample: SampleDocument, terminal: Pick<Terminal, "style" | "width">): readonly string[] {
  const { counts, sums, unmatched } = sample;
  const title = terminal.style("bold", `${safe(sample.site)}: ${said(counts)}`);
  if (counts.followed === 0) return [title, ""];
  const shown = sums.slice(0, mostSums);
  const of = shown.length < sums.length ? ` (the first ${shown.length} of ${sums.length}; --json has all)` : "";
  return [
    title,
    "",
    ...(unmatched.length === 0
      ? ["No function holds a reference that the objects that were freed had lost"]
      : [
          "Taken and not given back, on the objects that are alive",
          ...tableLines(unmatchedColumns, unmatched, terminal.width),
        ]),
    "",
    `Net change over all objects, their first references included${of}`,
    ...tableLines(sumColumns, shown, terminal.width),
    "",
  ];
}

function said({ made, missed, followed, alive, freed }: SampleDocument["counts"]): string {
  if (made === 0) return "no object was made there";
  const lost = missed > 0 ? `, ${missed} could not be followed` : "";
  return `${followed} of ${made} objects followed${lost}: ${alive} alive, ${freed} freed`;
}

const functionOf = ({ function: name, python }: By): string => (python ? `${python.function} (Python)` : name);

function lineOf({ file, line, python }: By): string {
  const place = python ?? { file, line };
  return place.file === null ? "-" : `${basename(place.file)}:${place.line ?? "?"}`;
}
