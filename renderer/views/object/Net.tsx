// What each function added to a count in, a table of it out: who kept most first, what adds up to nothing last.
import type { History } from "../../../shared/documents.ts";
import { visible } from "../../logic/escape.ts";
import { change } from "../../logic/format.ts";
import { isInterpreter } from "../../logic/history.ts";
import { fileName } from "../../logic/recording.ts";
import { type Column, DataTable } from "../../parts/DataTable.tsx";
import { useLimit } from "../../parts/use-limit.tsx";
import { Code, Words } from "../../parts/Words.tsx";

type NetRow = History["net"][number];

export function Net({ rows }: { readonly rows: readonly NetRow[] }) {
  const limit = useLimit(rows.length, 20);
  return (
    <>
      <h2 className="over">What each function added up to</h2>
      <DataTable
        label="Net change by function"
        columns={columns}
        rows={rows.slice(0, limit.shown)}
        keyOf={(row) => `${row.module} ${row.function}`}
      />
      {limit.note}
    </>
  );
}

const columns: readonly Column<NetRow>[] = [
  {
    id: "function",
    head: "Function",
    text: true,
    room: "cut",
    cell: (row) =>
      isInterpreter(row) ? (
        <span className="quiet">the interpreter itself</span>
      ) : (
        <Code text={row.function} max={60} />
      ),
  },
  {
    id: "module",
    head: "Module",
    text: true,
    room: "wide",
    cell: (row) => (
      <span className="quiet" title={visible(row.module)}>
        <Words text={fileName(row.module)} max={60} />
      </span>
    ),
  },
  { id: "delta", head: "Net change", cell: (row) => <Sum row={row} /> },
];

function Sum({ row }: { readonly row: NetRow }) {
  if (row.delta === 0) return <span className="faint">= 0</span>;
  const meant = row.delta > 0 && !isInterpreter(row);
  return (
    <span className={meant ? "up" : "quiet"}>
      {row.delta > 0 ? "▲" : "▼"} {change(row.delta)}
    </span>
  );
}
