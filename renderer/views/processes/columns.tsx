// A process in, its cells out. Next: Processes.tsx.
import { visible } from "../../logic/escape.ts";
import { bytes, duration, exactBytes, unknown, when } from "../../logic/format.ts";
import { type ListedProcess, obstacle, uptime } from "../../logic/processes.ts";
import type { Column } from "../../parts/DataTable.tsx";
import { Code, Words } from "../../parts/Words.tsx";

const deepest = 4;

/** A branch for those that it has started, below it. */
const Pid = ({ row: { pid, depth } }: { readonly row: ListedProcess }) => (
  <span className="strong" data-depth={depth === 0 ? undefined : Math.min(depth, deepest)}>
    {depth > 0 && (
      <span className="faint" aria-hidden="true">
        └{" "}
      </span>
    )}
    {pid}
  </span>
);

const Name = ({ row }: { readonly row: ListedProcess }) => (
  <>
    <Words text={row.name} max={48} />
    {row.children > 0 && <span className="faint"> +{row.children}</span>}
  </>
);

const Attachable = ({ row }: { readonly row: ListedProcess }) =>
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
      ✕ <Words text={obstacle(row)} max={32} />
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

export const Uptime = ({ startedAt }: { readonly startedAt: string | null }) => {
  const seconds = uptime(startedAt, Date.now());
  return (
    <span title={`started ${when(startedAt)}`}>{seconds === undefined ? unknown : duration(Math.floor(seconds))}</span>
  );
};

export const columns: readonly Column<ListedProcess>[] = [
  { id: "pid", head: "pid", text: true, cell: (row) => <Pid row={row} /> },
  { id: "name", head: "Name", text: true, room: "cut", cell: (row) => <Name row={row} /> },
  { id: "attachable", head: "Can be recorded", text: true, cell: (row) => <Attachable row={row} /> },
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
  { id: "user", head: "User", text: true, spare: true, cell: (row) => <Words text={row.user} max={24} /> },
  { id: "uptime", head: "Runs for", spare: true, cell: (row) => <Uptime startedAt={row.startedAt} /> },
  {
    id: "rss",
    head: "Memory",
    spare: true,
    cell: (row) => <span title={exactBytes(row.rssBytes)}>{bytes(row.rssBytes)}</span>,
  },
];
