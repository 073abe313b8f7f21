// A recording in, its cells out. Next: LibraryView.tsx.
import type { SessionRow } from "../../../shared/documents.ts";
import { visible } from "../../logic/escape.ts";
import { count, duration, shortCount, unknown } from "../../logic/format.ts";
import type { LibraryRow } from "../../logic/library.ts";
import type { Column } from "../../parts/DataTable.tsx";
import { Size } from "../../parts/Size.tsx";
import { When } from "../../parts/When.tsx";
import { Words } from "../../parts/Words.tsx";
import { IntegrityBadge } from "./IntegrityBadge.tsx";

const tags = {
  recording: { meaning: "leak", text: "● recording" },
  closed: { meaning: undefined, text: "closed" },
  recovered: { meaning: "held", text: "↺ recovered" },
  unreadable: { meaning: "leak", text: "✕ unreadable" },
} as const;

const Status = ({ row }: { readonly row: SessionRow }) => (
  <span className="badges">
    <IntegrityBadge row={row}>
      <span className="tag" data-meaning={tags[row.status].meaning}>
        {tags[row.status].text}
      </span>
    </IntegrityBadge>
    {row.foreign && (
      <span className="tag" title="It came from elsewhere: it is read in a process of its own">
        foreign
      </span>
    )}
  </span>
);

/** Where there is no target to name, why not. */
const Target = ({ row }: { readonly row: LibraryRow }) => (
  <>
    {row.tags.map((tag) => (
      <span key={tag} className="tag own">
        <Words text={tag} />
      </span>
    ))}
    <Words text={row.target ?? row.problem ?? unknown} max={120} />
  </>
);

function Events({ row: { produced, dropped } }: { readonly row: SessionRow }) {
  if (!dropped) return <span title={`${count(produced)}, none dropped`}>{shortCount(produced)}</span>;
  return (
    <span title={`${count(produced)}, of which ${count(dropped)} were dropped`}>
      {shortCount(produced)}{" "}
      <span className="tag" data-meaning="held">
        ⚠ {shortCount(dropped)}
      </span>
    </span>
  );
}

interface Chooser {
  readonly open: string | undefined;
  readonly chosen: readonly string[];
  readonly toggle: (path: string) => void;
  readonly choose: (path: string) => void;
}

const facts: readonly Column<LibraryRow>[] = [
  {
    id: "name",
    head: "Recording",
    text: true,
    room: "cut",
    cell: (row) => (
      <span title={visible(row.name)}>
        <Words text={row.name} max={48} />
      </span>
    ),
  },
  { id: "status", head: "State", text: true, cell: (row) => <Status row={row} /> },
  { id: "target", head: "Program", text: true, room: "wide", cell: (row) => <Target row={row} /> },
  {
    id: "python",
    head: "Python",
    text: true,
    cell: (row) => (
      <span title={visible(row.build?.join(", ") ?? "")}>
        <Words text={row.python ?? unknown} max={20} />
      </span>
    ),
  },
  { id: "started", head: "Started", cell: (row) => <When iso={row.startedAt} minute /> },
  { id: "seconds", head: "Length", cell: (row) => duration(row.seconds) },
  { id: "bytes", head: "Size", cell: (row) => <Size value={row.bytes} /> },
  { id: "events", head: "Events", cell: (row) => <Events row={row} /> },
];

export const columnsOf = ({ open, chosen, toggle, choose }: Chooser): readonly Column<LibraryRow>[] => [
  ...facts,
  {
    id: "compare",
    head: "Compare",
    cell: (row) => (
      <input
        type="checkbox"
        data-cell
        aria-label={`Compare ${visible(row.name, 48)}`}
        checked={chosen.includes(row.path)}
        disabled={row.status === "unreadable"}
        onChange={() => choose(row.path)}
      />
    ),
  },
  {
    id: "more",
    head: "More",
    cell: (row) => (
      <button
        type="button"
        className="bare"
        data-cell
        aria-expanded={open === row.path}
        aria-label={`More of ${visible(row.name, 48)}`}
        onClick={() => toggle(row.path)}
      >
        {open === row.path ? "▾" : "▸"}
      </button>
    ),
  },
];
