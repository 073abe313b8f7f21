// A change of a count in, its cells out. What was not given back is told by a word and a glyph as well as by colour. Next: Ledger.tsx.
import { place } from "../../logic/finding.ts";
import { count, change as signed } from "../../logic/format.ts";
import { preciseTime } from "../../logic/gil/axis.ts";
import type { Change } from "../../logic/history.ts";
import { fileName } from "../../logic/recording.ts";
import type { Column } from "../../parts/DataTable.tsx";
import { Code, Words } from "../../parts/Words.tsx";

export const changeColumns: readonly Column<Change>[] = [
  { id: "at", head: "At", text: true, cell: ({ event }) => preciseTime(event.t, 0.001) },
  { id: "delta", head: "Change", cell: ({ event }) => signed(event.delta) },
  { id: "count", head: "Count", cell: ({ event }) => count(event.refcount) },
  { id: "kept", head: "Given back", text: true, cell: (change) => <Kept change={change} /> },
  { id: "thread", head: "Thread", cell: ({ event }) => <span className="quiet">{event.threadId}</span> },
  { id: "native", head: "In C", text: true, room: "cut", cell: (change) => <Blamed change={change} /> },
  { id: "python", head: "Python", text: true, room: "wide", cell: (change) => <Caller change={change} /> },
];

function Kept({ change: { kept, event } }: { readonly change: Change }) {
  if (kept > 0)
    return (
      <span className="tag" data-meaning="leak">
        ▲ {kept === 1 ? "not" : `${count(kept)} not`} given back
      </span>
    );
  return <span className="faint">{event.delta > 0 ? "yes" : ""}</span>;
}

function Blamed({ change: { blamed: frame } }: { readonly change: Change }) {
  if (!frame) return <span className="faint">unknown</span>;
  return (
    <>
      {frame.function === null ? (
        <span className="quiet">a function without a symbol</span>
      ) : (
        <Code text={frame.function} max={60} />
      )}
      <span className="quiet">
        {" · "}
        <Words text={frame.file === null ? fileName(frame.module) : place(frame.file, frame.line)} max={60} />
      </span>
    </>
  );
}

function Caller({ change: { event } }: { readonly change: Change }) {
  const { python } = event;
  if (!python) return <span className="faint">no Python code ran</span>;
  return (
    <>
      <Code text={python.function} max={60} />
      <span className="quiet">
        {" · "}
        <Words text={place(python.file, python.line)} max={60} />
      </span>
    </>
  );
}
