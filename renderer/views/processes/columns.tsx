// A process in, its cells out. Next: Processes.tsx.
import type { ProcessRow } from "../../../shared/documents.ts";
import { visible } from "../../logic/escape.ts";
import { bytes, exactBytes, unknown } from "../../logic/format.ts";
import type { Column } from "../../parts/DataTable.tsx";
import { Code, Words } from "../../parts/Words.tsx";

const Attachable = ({ row }: { readonly row: ProcessRow }) =>
  row.attachable ? (
    <span className="tag" data-meaning="clean">
      ✓ ready
    </span>
  ) : (
    <span
      className="tag"
      data-meaning="held"
      title={row.reason ? visible(`${row.reason.cause}. ${row.reason.fix}`) : undefined}
    >
      ✕ <Words text={row.reason?.code ?? "not possible"} max={32} />
    </span>
  );

const Build = ({ build }: { readonly build: readonly string[] }) => {
  const special = build.filter((word) => word !== "release");
  return special.length === 0 ? null : (
    <span className="faint">
      {" "}
      <Words text={special.join(", ")} max={40} />
    </span>
  );
};

export const columns: readonly Column<ProcessRow>[] = [
  { id: "pid", head: "pid", text: true, cell: (row) => <span className="strong">{row.pid}</span> },
  { id: "name", head: "Name", text: true, room: "cut", cell: (row) => <Words text={row.name} max={48} /> },
  { id: "command", head: "Command", text: true, room: "wide", cell: (row) => <Code text={row.command} max={160} /> },
  {
    id: "python",
    head: "Python",
    text: true,
    cell: (row) => (
      <>
        {row.python === null ? unknown : <Words text={row.python} max={20} />}
        <Build build={row.build} />
      </>
    ),
  },
  { id: "user", head: "User", text: true, cell: (row) => <Words text={row.user} max={24} /> },
  { id: "rss", head: "Memory", cell: (row) => <span title={exactBytes(row.rssBytes)}>{bytes(row.rssBytes)}</span> },
  { id: "attachable", head: "Can be recorded", text: true, cell: (row) => <Attachable row={row} /> },
];
