// Rows as the engine ranks them in, the table in the order that the route asks for out. Next: parts/DataTable.tsx.
import type { ReactNode } from "react";
import { count } from "../../logic/format.ts";
import type { GrowsRoute } from "../../logic/routes.ts";
import { rowName } from "../../logic/row-name.ts";
import { sorted } from "../../logic/sort.ts";
import { type Column, DataTable } from "../../parts/DataTable.tsx";
import { Empty } from "../../parts/States.tsx";
import { useLimit } from "../../parts/use-limit.tsx";
import { refine } from "../../state/use-route.ts";
import { numberOf } from "./columns.tsx";

interface RankedGiven<T> {
  readonly label: string;
  readonly route: GrowsRoute;
  readonly rows: readonly T[];
  readonly cut: { readonly asked: number; readonly of: number };
  readonly columns: readonly Column<T>[];
  readonly keyOf: (row: T) => string;
  readonly more?: (row: T) => ReactNode;
}

export function Ranked<T extends Parameters<typeof numberOf>[0]>(given: RankedGiven<T>) {
  const { label, route, rows, cut, columns, keyOf, more } = given;
  const limit = useLimit(rows.length);
  if (rows.length === 0) return <None filtered={route.filter !== ""} />;
  const change = (by: string) =>
    refine({ ...route, sort: by, order: route.sort === by && route.order === "down" ? "up" : "down" });
  const isOpen = (row: T) => route.row === rowName(keyOf(row));
  const toggle = (row: T) => refine({ ...route, row: isOpen(row) ? undefined : rowName(keyOf(row)) });
  const nameOf = (row: T | undefined) => row && keyOf(row);
  const ordered = sorted(rows, (row) => numberOf(row, route.sort), route.order);
  return (
    <>
      <DataTable
        label={label}
        columns={columns}
        rows={ordered.slice(0, limit.shown)}
        keyOf={keyOf}
        sort={{ by: route.sort, order: route.order, change }}
        {...(more && { more, press: toggle, open: nameOf(ordered.find(isOpen)) })}
      />
      {limit.note}
      {cut.of > cut.asked && (
        <p className="more-rows">
          First {count(cut.asked)} of {count(cut.of)}, by how fast they grow.
        </p>
      )}
    </>
  );
}

function None({ filtered }: { readonly filtered: boolean }) {
  return (
    <Empty title={filtered ? "No row matches the filter" : "Nothing recorded yet"}>
      <p className="quiet">
        {filtered
          ? "It looks at types, functions and files."
          : "Rows appear with the first batch, a tenth of a second after the first event."}
      </p>
    </Empty>
  );
}
