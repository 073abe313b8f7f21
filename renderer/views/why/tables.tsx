// Holders and dominators of an object in, their cells out. Next: WhyView.tsx.
import type { WhyDocument } from "../../../shared/heap-views.ts";
import { address, count } from "../../logic/format.ts";
import type { Column } from "../../parts/DataTable.tsx";
import { Size } from "../../parts/Size.tsx";
import { Code, Words } from "../../parts/Words.tsx";

type Holder = WhyDocument["holders"][number];
type Dominator = WhyDocument["dominators"][number];

export const holderColumns: readonly Column<Holder>[] = [
  { id: "address", head: "Object", text: true, cell: (row) => <span className="code">{address(row.address)}</span> },
  { id: "type", head: "Type", text: true, room: "cut", cell: ({ type }) => <Code text={type} max={60} /> },
  {
    id: "edge",
    head: "By",
    text: true,
    room: "wide",
    cell: ({ edge }) => (
      <span className="code">
        <Words text={edge} max={80} />
      </span>
    ),
  },
  { id: "references", head: "References", cell: ({ references }) => count(references) },
  { id: "retained", head: "Retains", cell: ({ retained }) => <Size value={retained} /> },
];

export const dominatorColumns: readonly Column<Dominator>[] = [
  { id: "address", head: "Object", text: true, cell: (row) => <span className="code">{address(row.address)}</span> },
  { id: "type", head: "Type", text: true, room: "wide", cell: ({ type }) => <Code text={type} max={80} /> },
  { id: "retained", head: "Retains", cell: ({ retained }) => <Size value={retained} /> },
];
