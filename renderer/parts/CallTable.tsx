// Calls of the C API by module in, a table of them out: most first. Used by the GIL and the error screen.
import type { CallRow } from "../../shared/gil-document.ts";
import { visible } from "../logic/escape.ts";
import { count } from "../logic/format.ts";
import { fileName } from "../logic/recording.ts";
import { type Column, DataTable } from "./DataTable.tsx";
import { useLimit } from "./use-limit.tsx";
import { Code, Words } from "./Words.tsx";

interface Given {
  readonly label: string;
  readonly rows: readonly CallRow[];
  readonly empty: string;
}

export function CallTable({ label, rows, empty }: Given) {
  const limit = useLimit(rows.length);
  if (rows.length === 0) return <p className="quiet">{empty}</p>;
  return (
    <>
      <DataTable
        label={label}
        columns={columns}
        rows={rows.toSorted((a, b) => b.calls - a.calls).slice(0, limit.shown)}
        keyOf={(row) => `${row.module} ${row.function}`}
      />
      {limit.note}
    </>
  );
}

const columns: readonly Column<CallRow>[] = [
  {
    id: "module",
    head: "Module",
    text: true,
    room: "wide",
    cell: (row) => (
      <span title={visible(row.module)}>
        <Words text={fileName(row.module)} max={60} />
      </span>
    ),
  },
  { id: "function", head: "Calls", text: true, room: "cut", cell: (row) => <Code text={row.function} max={60} /> },
  { id: "calls", head: "How often", cell: (row) => count(row.calls) },
];
