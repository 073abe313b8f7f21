// The newest errors in, a table of them out: when, what happened, the type and the place; a row opens its stack. Next: Opened.tsx.
import { useState } from "react";
import type { LatestError } from "../../../shared/gil-views.ts";
import { whereLatest } from "../../logic/error-times.ts";
import { preciseTime } from "../../logic/gil/axis.ts";
import { Count } from "../../parts/Count.tsx";
import { type Column, DataTable } from "../../parts/DataTable.tsx";
import { useLimit } from "../../parts/use-limit.tsx";
import { Code, Said } from "../../parts/Words.tsx";
import { Opened } from "./Opened.tsx";

/** Batches are a tenth of a second apart. */
const stepMs = 100;
const atFirst = 10;

const meanings = { raised: undefined, cleared: "held", overwritten: "leak" } as const;

const columns: readonly Column<LatestError>[] = [
  { id: "at", head: "Until", text: true, cell: (row) => preciseTime(row.at * 1000, stepMs) },
  {
    id: "act",
    head: "What",
    text: true,
    cell: ({ act }) => (
      <span className="tag" data-meaning={meanings[act]}>
        {act}
      </span>
    ),
  },
  {
    id: "type",
    head: "Type",
    text: true,
    room: "cut",
    cell: ({ type }) => (type === null ? <span className="faint">not known</span> : <Code text={type} max={80} />),
  },
  { id: "where", head: "Where", text: true, room: "wide", cell: (row) => <Said sentence={whereLatest(row)} /> },
  { id: "count", head: "Times", cell: (row) => <Count value={row.count} /> },
];

const keyOf = ({ at, act, type, frames, native }: LatestError) => JSON.stringify([at, act, type, frames, native]);

export function Latest({ path, rows }: { readonly path: string; readonly rows: readonly LatestError[] }) {
  const [open, setOpen] = useState<string | undefined>(undefined);
  const limit = useLimit(rows.length, atFirst);
  if (rows.length === 0) return null;
  return (
    <>
      <h2 className="over">The latest</h2>
      <p className="quiet">What each tenth of a second brought, the newest first. On which thread is not recorded.</p>
      <DataTable
        label="The latest errors"
        columns={columns}
        rows={rows.slice(0, limit.shown)}
        keyOf={keyOf}
        press={(row) => setOpen(open === keyOf(row) ? undefined : keyOf(row))}
        open={open}
        more={(row) => <Opened path={path} frames={row.frames} />}
      />
      {limit.note}
    </>
  );
}
