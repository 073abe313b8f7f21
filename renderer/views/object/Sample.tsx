// What the objects of a sample have in common in; who keeps those that are alive, and whose changes add up to what, out. Used by ObjectScreen.tsx.
import type { SampleDocument, SampleSum, Unmatched } from "../../../shared/sample-document.ts";
import { visible } from "../../logic/escape.ts";
import { place } from "../../logic/finding.ts";
import { change, count } from "../../logic/format.ts";
import { fileName } from "../../logic/recording.ts";
import { sampleGround, sampleHeadline } from "../../logic/sample.ts";
import { type Column, DataTable } from "../../parts/DataTable.tsx";
import { Empty } from "../../parts/States.tsx";
import { useLimit } from "../../parts/use-limit.tsx";
import { Code, Said, Words } from "../../parts/Words.tsx";

interface Given {
  readonly sample: SampleDocument;
  readonly live: boolean;
}

export function Sample({ sample, live }: Given) {
  const { counts, sums, unmatched } = sample;
  const limit = useLimit(sums.length, 20);
  return (
    <>
      <h1>
        <Said sentence={sampleHeadline(sample, live)} />
      </h1>
      <p className="quiet ground">{sampleGround(counts)}</p>
      {counts.followed === 0 && <Nothing live={live} />}
      {unmatched.length > 0 && (
        <>
          <h2 className="over">Taken and not given back, on the objects that are alive</h2>
          <DataTable label="Not given back" columns={unmatchedColumns} rows={unmatched} keyOf={keyOf} />
        </>
      )}
      {sums.length > 0 && (
        <>
          <h2 className="over">What each line added up to over all of them</h2>
          <DataTable label="Net change by line" columns={sumColumns} rows={sums.slice(0, limit.shown)} keyOf={keyOf} />
          {limit.note}
        </>
      )}
    </>
  );
}

function Nothing({ live }: { readonly live: boolean }) {
  return (
    <Empty title={live ? "Waiting for the first one" : "There is nothing to compare"}>
      <p className="quiet">
        {live
          ? "An object is followed from the moment it is made there."
          : "Check the file, the line and the type, and watch while the program comes by."}
      </p>
    </Empty>
  );
}

type By = Pick<SampleSum, "module" | "function" | "file" | "line" | "python">;

const keyOf = ({ module, function: name, file, line, python }: By): string =>
  JSON.stringify([module, name, file, line, python]);

const byColumns: readonly Column<By>[] = [
  {
    id: "function",
    head: "Function",
    text: true,
    room: "cut",
    cell: ({ function: name, python }) =>
      python ? <Code text={python.function} max={60} /> : <Code text={name} max={60} />,
  },
  { id: "line", head: "Line", text: true, room: "cut", cell: (row) => <Line row={row} /> },
  {
    id: "module",
    head: "Module",
    text: true,
    room: "wide",
    cell: ({ module, python }) => (
      <span className="quiet" title={visible(module)}>
        {python ? "the interpreter, for Python code" : <Words text={fileName(module)} max={60} />}
      </span>
    ),
  },
];

function Line({ row: { python, file, line } }: { readonly row: By }) {
  const at = python ?? { file, line };
  return at.file === null ? <span className="faint">unknown</span> : <Words text={place(at.file, at.line)} max={60} />;
}

const unmatchedColumns: readonly Column<Unmatched>[] = [
  ...byColumns,
  {
    id: "per",
    head: "References per object",
    cell: ({ perObject }) => <span className="up">▲ {change(perObject)}</span>,
  },
];

const sumColumns: readonly Column<SampleSum>[] = [
  ...byColumns,
  { id: "objects", head: "Objects", cell: ({ objects }) => count(objects) },
  { id: "freed", head: "On freed", cell: ({ freed }) => signed(freed) },
  { id: "alive", head: "On alive", cell: ({ alive }) => signed(alive) },
  { id: "delta", head: "Net change", cell: ({ delta }) => signed(delta) },
];

const signed = (delta: number) => (delta === 0 ? <span className="faint">= 0</span> : change(delta));
