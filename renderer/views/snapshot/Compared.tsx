// Two snapshots in; what is new, gone and still there of each type out: every number opens its set. Next: Objects.tsx.
import { useMemo } from "react";
import { filterOf } from "../../../shared/filter/filter.ts";
import type { HeapComparison } from "../../../shared/heap-views.ts";
import { comparedFields } from "../../logic/fields.ts";
import { bytes, change, clock, exactBytes } from "../../logic/format.ts";
import { glyphOf } from "../../logic/heap.ts";
import type { HeapSet, SnapshotRoute } from "../../logic/heap-route.ts";
import { Count } from "../../parts/Count.tsx";
import { type Column, DataTable } from "../../parts/DataTable.tsx";
import { NumberLink } from "../../parts/NumberLink.tsx";
import { Empty, Loaded } from "../../parts/States.tsx";
import { useLimit } from "../../parts/use-limit.tsx";
import { Code } from "../../parts/Words.tsx";
import { useApp } from "../../state/app-context.ts";
import { createPoll } from "../../state/poll.ts";
import { usePoll } from "../../state/use-poll.ts";
import { refine } from "../../state/use-route.ts";
import type { Shown } from "./shown.ts";

type Row = HeapComparison["rows"][number];
const mostTypes = 5000;

export function Compared({ shown, against }: { readonly shown: Shown; readonly against: number }) {
  const { bridge } = useApp();
  const { route, path, id } = shown;
  const poll = useMemo(
    () => createPoll(bridge, "heap.compare", { path, a: against, b: id, limit: mostTypes }),
    [bridge, path, against, id],
  );
  const named = { ...route, against };
  return (
    <Loaded loadable={usePoll(poll)}>
      {({ before, after, rows }) => (
        <>
          <p className="quiet">
            Snapshot {id} has {change(after.objects - before.objects)} objects against <Earlier shown={shown} />, told
            by identity: a type and an address that are in both are the same object.
          </p>

          <Table route={named} rows={rows.filter(filterOf(route.filter, comparedFields).keeps)} />
        </>
      )}
    </Loaded>
  );
}

function Earlier({ shown: { route, id, against, taken } }: { readonly shown: Shown }) {
  return (
    <select
      aria-label="Compared with"
      value={against}
      onChange={(event) => refine({ ...route, against: Number(event.target.value) })}
    >
      {taken
        .filter((one) => one.id !== id)
        .map((one) => (
          <option key={one.id} value={one.id}>
            snapshot {one.id} at {clock(one.atMs / 1000)}
          </option>
        ))}
    </select>
  );
}

function Table({ route, rows }: { readonly route: SnapshotRoute; readonly rows: readonly Row[] }) {
  const limit = useLimit(rows.length, 100);
  const columns = useMemo(() => columnsOf(route), [route]);
  if (rows.length === 0)
    return (
      <Empty title="Nothing to compare">
        <p className="quiet">No type matches the filter, or the snapshots are the same.</p>
      </Empty>
    );
  return (
    <>
      <DataTable
        label="Compared"
        columns={columns}
        rows={rows.slice(0, limit.shown)}
        keyOf={({ type }) => type}
        to={({ type }) => setTo(route, type, "all")}
      />
      {limit.note}
    </>
  );
}

const setTo = (route: SnapshotRoute, type: string, set: HeapSet): SnapshotRoute => ({
  ...route,
  ...{ table: "objects", type, set, filter: "" },
});

function columnsOf(route: SnapshotRoute): readonly Column<Row>[] {
  const set = (head: string, id: "new" | "dead" | "survived", of: string): Column<Row> => ({
    id,
    head,
    cell: (row) => (
      <NumberLink to={row[id].objects === 0 ? undefined : setTo(route, row.type, id)} of={of}>
        <Count value={row[id].objects} />
      </NumberLink>
    ),
  });
  return [
    { id: "type", head: "Type", text: true, room: "wide", cell: ({ type }) => <Code text={type} max={80} /> },
    set("New", "new", "objects that are new"),
    set("Dead", "dead", "objects that are gone"),
    set("Survived", "survived", "objects in both"),
    { id: "delta", head: "Delta", cell: ({ delta }) => <Delta value={delta.objects} text={change(delta.objects)} /> },
    {
      id: "bytes",
      head: "Delta bytes",
      cell: ({ delta }) => (
        <span title={exactBytes(delta.bytes)}>
          <Delta value={delta.bytes} text={`${delta.bytes > 0 ? "+" : ""}${bytes(delta.bytes)}`} />
        </span>
      ),
    },
  ];
}

function Delta({ value, text }: { readonly value: number; readonly text: string }) {
  if (value === 0) return <span className="faint">= 0</span>;
  return (
    <span className={value > 0 ? "up" : "quiet"}>
      {glyphOf(value)} {text}
    </span>
  );
}
