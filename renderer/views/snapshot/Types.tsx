// A snapshot in, its types out: each number opens exactly the objects that it counts. Next: Objects.tsx.
import { useMemo, useState } from "react";
import { filterOf } from "../../../shared/filter/filter.ts";
import type { HeapTypeRow } from "../../../shared/heap-views.ts";
import { heapTypeFields } from "../../logic/fields.ts";
import { bytes, count, counted } from "../../logic/format.ts";
import type { HeapSet, SnapshotRoute } from "../../logic/heap-route.ts";
import { type Order, sorted } from "../../logic/sort.ts";
import { Count } from "../../parts/Count.tsx";
import { type Column, DataTable } from "../../parts/DataTable.tsx";
import { NumberLink } from "../../parts/NumberLink.tsx";
import { Size } from "../../parts/Size.tsx";
import { Empty, Loaded } from "../../parts/States.tsx";
import { useLimit } from "../../parts/use-limit.tsx";
import { Code } from "../../parts/Words.tsx";
import { useApp } from "../../state/app-context.ts";
import { createPoll } from "../../state/poll.ts";
import { usePoll } from "../../state/use-poll.ts";
import type { Shown } from "./shown.ts";

const mostTypes = 5000;

export function Types({ shown: { route, path, id } }: { readonly shown: Shown }) {
  const { bridge } = useApp();
  const poll = useMemo(() => createPoll(bridge, "heap.types", { path, id, limit: mostTypes }), [bridge, path, id]);
  return (
    <Loaded loadable={usePoll(poll)}>
      {({ rows, of, bytes: all }) => (
        <>
          <p className="quiet">
            {counted(of, "type", "types")}, {bytes(all)} in all.{" "}
            {of > rows.length && `The first ${count(rows.length)} of them are here. `}
            Retained is what would be freed with all objects of the type.
          </p>

          <Table route={route} rows={rows.filter(filterOf(route.filter, heapTypeFields).keeps)} />
        </>
      )}
    </Loaded>
  );
}

function Table({ route, rows }: { readonly route: SnapshotRoute; readonly rows: readonly HeapTypeRow[] }) {
  const [by, setBy] = useState("retained");
  const [order, setOrder] = useState<Order>("down");
  const limit = useLimit(rows.length, 100);
  const columns = useMemo(() => columnsOf(route), [route]);
  if (rows.length === 0)
    return (
      <Empty title="No type matches the filter">
        <p className="quiet">It looks at the names of types with their modules.</p>
      </Empty>
    );
  const change = (id: string) => {
    setOrder(by === id && order === "down" ? "up" : "down");
    setBy(id);
  };
  return (
    <>
      <DataTable
        label="Types"
        columns={columns}
        rows={sorted(rows, (row) => numberOf(row, by), order).slice(0, limit.shown)}
        keyOf={({ type }) => type}
        to={({ type }) => setTo(route, type, "all")}
        sort={{ by, order, change }}
      />
      {limit.note}
    </>
  );
}

const setTo = (route: SnapshotRoute, type: string, set: HeapSet): SnapshotRoute => ({
  ...route,
  ...{ table: "objects", type, set, filter: "" },
});

function numberOf(row: HeapTypeRow, id: string): number | undefined {
  switch (id) {
    case "count":
      return row.count;
    case "bytes":
      return row.bytes;
    case "retained":
      return row.retained;
    case "unexplained":
      return row.unexplainedReferences;
    case "unreachable":
      return row.unreachable;
    default:
      return undefined;
  }
}

function columnsOf(route: SnapshotRoute): readonly Column<HeapTypeRow>[] {
  const number = (row: HeapTypeRow, set: HeapSet, value: number, of: string) => (
    <NumberLink to={value === 0 ? undefined : setTo(route, row.type, set)} of={of}>
      <Count value={value} />
    </NumberLink>
  );
  return [
    { id: "type", head: "Type", text: true, room: "wide", cell: ({ type }) => <Code text={type} max={80} /> },
    { id: "count", head: "Objects", sortable: true, cell: (row) => number(row, "all", row.count, "these objects") },
    { id: "bytes", head: "Bytes", sortable: true, cell: (row) => <Size value={row.bytes} /> },
    { id: "retained", head: "Retained", sortable: true, cell: (row) => <Size value={row.retained} /> },
    {
      id: "unexplained",
      head: "Unexplained references",
      sortable: true,
      cell: (row) => number(row, "unexplained", row.unexplainedReferences, "objects with such references"),
    },
    {
      id: "unreachable",
      head: "Unreachable",
      sortable: true,
      cell: (row) => number(row, "unreachable", row.unreachable, "objects that no root reaches"),
    },
  ];
}
