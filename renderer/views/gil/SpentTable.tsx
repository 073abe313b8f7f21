// What threads did in a piece of time in, a table of it out. Used by InView.tsx and Chosen.tsx.
import { duration, fraction } from "../../logic/format.ts";
import type { Spent } from "../../logic/gil/holds.ts";
import type { ThreadNames } from "../../logic/gil/threads.ts";
import { Count } from "../../parts/Count.tsx";
import { type Column, DataTable } from "../../parts/DataTable.tsx";
import { ThreadOf } from "./ThreadWords.tsx";

interface Given {
  readonly label: string;
  readonly rows: readonly Spent[];
  readonly lengthMs: number;
  readonly names: ThreadNames;
}

export function SpentTable({ label, rows, lengthMs, names }: Given) {
  return (
    <DataTable label={label} rows={rows} keyOf={(row) => String(row.threadId)} columns={columns(lengthMs, names)} />
  );
}

function columns(lengthMs: number, names: ThreadNames): readonly Column<Spent>[] {
  return [
    {
      id: "thread",
      head: "Thread",
      text: true,
      room: "wide",
      cell: (row) => <ThreadOf names={names} id={row.threadId} />,
    },
    { id: "holds", head: "Holds", cell: (row) => <Count value={row.holds} /> },
    { id: "held", head: "Held", cell: (row) => duration(row.heldMs / 1000) },
    {
      id: "heldPart",
      head: "of the time",
      cell: (row) => <span className="quiet">{fraction(row.heldMs / lengthMs)}</span>,
    },
    { id: "waits", head: "Waits", cell: (row) => <Count value={row.waits} /> },
    { id: "waited", head: "Waited", cell: (row) => duration(row.waitedMs / 1000) },
    {
      id: "waitedPart",
      head: "of the time",
      cell: (row) => <span className="quiet">{fraction(row.waitedMs / lengthMs)}</span>,
    },
  ];
}
