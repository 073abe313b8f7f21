// A row of a comparison in, its cells out. Next: Rows.tsx.
import type { ComparisonRow } from "../../../shared/comparison-document.ts";
import { amountText, deltaText, survivedOf, verdictWords } from "../../logic/compare.ts";
import { place, where } from "../../logic/finding.ts";
import { bytes, exactBytes, unknown } from "../../logic/format.ts";
import { between } from "../../logic/survivors.ts";
import type { Column } from "../../parts/DataTable.tsx";
import { Code, Said } from "../../parts/Words.tsx";

const Verdict = ({ row }: { readonly row: ComparisonRow }) => {
  const { name, glyph, meaning } = verdictWords[row.verdict];
  return (
    <span className="tag" data-meaning={meaning}>
      {glyph} {name}
    </span>
  );
};

const Delta = ({ row }: { readonly row: ComparisonRow }) => (
  <span className={row.significant && row.delta > 0 ? "more-in-b" : row.significant ? "less-in-b" : "quiet"}>
    <Amount value={row.delta} row={row} words={deltaText} />
  </span>
);

interface AmountGiven {
  readonly value: number;
  readonly row: ComparisonRow;
  readonly words?: typeof amountText;
}
/** Bytes have their exact number in the tooltip. */
const Amount = ({ value, row: { unit }, words = amountText }: AmountGiven) =>
  unit.startsWith("bytes") ? <span title={exactBytes(value)}>{words(value, unit)}</span> : words(value, unit);

const whatAndWhere: readonly Column<ComparisonRow>[] = [
  { id: "verdict", head: "Verdict", text: true, cell: (row) => <Verdict row={row} /> },
  {
    id: "type",
    head: "Type",
    text: true,
    room: "cut",
    cell: (row) => (row.type === null ? <span className="quiet">memory</span> : <Code text={row.type} max={60} />),
  },
  {
    id: "where",
    head: "Where",
    text: true,
    room: "wide",
    cell: (row) => (
      <span title={row.site[0] && place(row.site[0].file, row.site[0].line)}>
        <Said sentence={where({ frames: row.site })} />
      </span>
    ),
  },
  { id: "a", head: "A", cell: (row) => <Amount value={row.a} row={row} /> },
  { id: "b", head: "B", cell: (row) => <Amount value={row.b} row={row} /> },
];

const delta: Column<ComparisonRow> = { id: "delta", head: "Delta", cell: (row) => <Delta row={row} /> };

/** Of two marks of one recording. Which of the first objects were freed sums do not tell: at least and at most. */
const sets: readonly Column<ComparisonRow>[] = [
  { id: "new", head: "New", cell: (row) => (row.between ? <Amount value={row.between.made} row={row} /> : unknown) },
  { id: "dead", head: "Dead", cell: (row) => (row.between ? <Amount value={row.between.freed} row={row} /> : unknown) },
  { id: "survived", head: "Survived", cell: (row) => <Survived row={row} /> },
];

function Survived({ row }: { readonly row: ComparisonRow }) {
  const survived = survivedOf(row);
  if (!survived) return unknown;
  return row.unit === "bytes" ? between(survived, bytes) : `${between(survived)} ${row.unit}`;
}

const certainty: readonly Column<ComparisonRow>[] = [
  {
    id: "noise",
    head: "Noise",
    cell: (row) => (
      <span className="quiet">
        ±<Amount value={row.noise} row={row} />
      </span>
    ),
  },
  {
    id: "significant",
    head: "Above the noise",
    text: true,
    cell: (row) => (row.significant ? "✓ yes" : <span className="faint">no</span>),
  },
];

/** States have no noise. */
export function columnsOf(rows: readonly ComparisonRow[]): readonly Column<ComparisonRow>[] {
  const isOfStates = rows.length > 0 && rows.every(({ unit }) => !unit.includes("/"));
  const hasSets = rows.some((row) => row.between);
  return [...whatAndWhere, ...(hasSets ? sets : []), delta, ...(isOfStates ? [] : certainty)];
}
