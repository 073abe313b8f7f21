// An object of a heap in, its cells out. Next: Objects.tsx, Tree.tsx.
import type { HeapObject } from "../../../shared/heap-views.ts";
import { place } from "../../logic/finding.ts";
import { address, count } from "../../logic/format.ts";
import { stateTags } from "../../logic/heap.ts";
import type { Column } from "../../parts/DataTable.tsx";
import { Size } from "../../parts/Size.tsx";
import { Code, Words } from "../../parts/Words.tsx";

export const objectColumns: readonly Column<HeapObject>[] = [
  { id: "address", head: "Object", text: true, cell: (row) => <span className="code">{address(row.address)}</span> },
  { id: "type", head: "Type", text: true, room: "cut", cell: ({ type }) => <Code text={type} max={60} /> },
  { id: "size", head: "Bytes", cell: ({ size }) => <Size value={size} /> },
  { id: "retained", head: "Retained", cell: ({ retained }) => <Size value={retained} /> },
  { id: "count", head: "References", cell: ({ count: references }) => count(references) },
  { id: "unexplained", head: "Unexplained", cell: ({ unexplained }) => <Unexplained value={unexplained} /> },
  { id: "state", head: "Reached", text: true, cell: ({ state }) => <State state={state} /> },
  { id: "site", head: "Allocated in", text: true, room: "wide", cell: ({ site }) => <Site site={site} /> },
];

function Unexplained({ value }: { readonly value: number | null }) {
  if (value === null || value <= 0) return <span className="faint">{count(value === null ? null : 0)}</span>;
  return <span className="up">{count(value)}</span>;
}

export function State({ state }: Pick<HeapObject, "state">) {
  const { name, meaning } = stateTags[state];
  if (state === "reached") return <span className="faint">{name}</span>;
  return (
    <span className="tag" data-meaning={meaning}>
      {name}
    </span>
  );
}

function Site({ site }: Pick<HeapObject, "site">) {
  const [innermost] = site ?? [];
  if (!innermost) return <span className="faint">unknown</span>;
  return (
    <>
      <Code text={innermost.function} max={60} />
      <span className="quiet">
        {" · "}
        <Words text={place(innermost.file, innermost.line)} max={60} />
      </span>
    </>
  );
}
