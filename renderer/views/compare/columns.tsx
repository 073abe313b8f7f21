// A row of a comparison in, its cells out. Next: Rows.tsx.
import type { ComparisonRow } from "../../../shared/comparison-document.ts";
import { amountText, deltaText, verdictWords } from "../../logic/compare.ts";
import { place, where } from "../../logic/finding.ts";
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
  <span className={row.significant && row.delta > 0 ? "up" : row.significant ? "down" : "quiet"}>
    {deltaText(row.delta, row.unit)}
  </span>
);

export const columns: readonly Column<ComparisonRow>[] = [
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
  { id: "a", head: "A", cell: (row) => amountText(row.a, row.unit) },
  { id: "b", head: "B", cell: (row) => amountText(row.b, row.unit) },
  { id: "delta", head: "Difference", cell: (row) => <Delta row={row} /> },
  { id: "noise", head: "Noise", cell: (row) => <span className="quiet">±{amountText(row.noise, row.unit)}</span> },
  {
    id: "significant",
    head: "Above the noise",
    text: true,
    cell: (row) => (row.significant ? "✓ yes" : <span className="faint">no</span>),
  },
];
