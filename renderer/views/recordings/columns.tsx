// A recording in, its cells out. Next: Recordings.tsx.
import type { SessionRow } from "../../../shared/documents.ts";
import { bytes, duration, exactBytes, unknown, when } from "../../logic/format.ts";
import { Count } from "../../parts/Count.tsx";
import type { Column } from "../../parts/DataTable.tsx";
import { Words } from "../../parts/Words.tsx";

const tags = {
  recording: { meaning: "leak", text: "● recording" },
  closed: { meaning: "clean", text: "✓ closed" },
  recovered: { meaning: "held", text: "↺ recovered" },
  unreadable: { meaning: "leak", text: "✕ unreadable" },
} as const;

const Status = ({ row }: { readonly row: SessionRow }) => (
  <span className="tag" data-meaning={tags[row.status].meaning}>
    {tags[row.status].text}
  </span>
);

/** Where there is no target to name, why not. */
const Target = ({ row }: { readonly row: SessionRow }) => (
  <Words text={row.target ?? row.problem ?? unknown} max={120} />
);

export const columns: readonly Column<SessionRow>[] = [
  { id: "name", head: "Recording", text: true, room: "cut", cell: (row) => <Words text={row.name} max={48} /> },
  { id: "status", head: "State", text: true, cell: (row) => <Status row={row} /> },
  { id: "target", head: "Program", text: true, room: "wide", cell: (row) => <Target row={row} /> },
  { id: "python", head: "Python", text: true, cell: (row) => <Words text={row.python ?? unknown} max={20} /> },
  { id: "started", head: "Started", cell: (row) => when(row.startedAt) },
  { id: "seconds", head: "Length", cell: (row) => duration(row.seconds) },
  { id: "bytes", head: "Size", cell: (row) => <span title={exactBytes(row.bytes)}>{bytes(row.bytes)}</span> },
  { id: "dropped", head: "Dropped", cell: (row) => <Count value={row.dropped} /> },
];
