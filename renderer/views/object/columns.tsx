// A row of the ledger in, its cells out. What was not given back is told by a word and a glyph as well as by colour. Next: Ledger.tsx.
import { place } from "../../logic/finding.ts";
import { count, change as signed } from "../../logic/format.ts";
import { preciseTime } from "../../logic/gil/axis.ts";
import type { Change } from "../../logic/history.ts";
import type { LedgerRow } from "../../logic/ledger.ts";
import { fileName } from "../../logic/recording.ts";
import type { Column } from "../../parts/DataTable.tsx";
import { Code, Words } from "../../parts/Words.tsx";

export const changeColumns: readonly Column<LedgerRow>[] = [
  { id: "at", head: "At", text: true, cell: ({ change: { event } }) => preciseTime(event.t, 0.001) },
  { id: "delta", head: "Change", cell: (row) => <Delta row={row} /> },
  { id: "count", head: "Count", cell: ({ change: { event } }) => count(event.refcount) },
  { id: "kept", head: "Given back", text: true, cell: (row) => <Kept row={row} /> },
  { id: "thread", head: "Thread", cell: ({ change: { event } }) => <span className="quiet">{event.threadId}</span> },
  { id: "native", head: "In C", text: true, room: "cut", cell: ({ change }) => <Blamed change={change} /> },
  { id: "python", head: "Python", text: true, room: "wide", cell: ({ change }) => <Caller change={change} /> },
];

function Delta({ row: { pairs, change } }: { readonly row: LedgerRow }) {
  const { delta } = change.event;
  if (pairs === 0) return signed(delta);
  return (
    <span className="faint">
      ±{count(delta)}
      {pairs > 1 && ` × ${count(pairs)}`}
    </span>
  );
}

function Kept({ row: { pairs, change } }: { readonly row: LedgerRow }) {
  const { kept, event } = change;
  if (pairs > 1) return <span className="faint">yes, each of {count(pairs)}</span>;
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
