// Sites, and types when they are asked for, in; the table that the route chooses out, sorted and filtered. Next: columns.tsx.
import { useMemo, useState } from "react";
import type { SiteRow } from "../../../shared/documents.ts";
import { matches } from "../../logic/filter.ts";
import { count } from "../../logic/format.ts";
import { sorted } from "../../logic/sort.ts";
import { type Column, DataTable } from "../../parts/DataTable.tsx";
import { Empty, Loaded } from "../../parts/States.tsx";
import { useLimit } from "../../parts/use-limit.tsx";
import { useApp } from "../../state/app-context.ts";
import { createPoll } from "../../state/poll.ts";
import { usePoll } from "../../state/use-poll.ts";
import { refine } from "../../state/use-route.ts";
import { numberOf, siteColumns, typeColumns } from "./columns.tsx";
import type { GrowsRoute } from "./Grows.tsx";
import { keyOfSite } from "./key-of-site.ts";
import { Stack } from "./Stack.tsx";

interface Given {
  readonly route: GrowsRoute;
  readonly path: string;
  readonly live: boolean;
  readonly sites: readonly SiteRow[];
  readonly sitesInAll: number;
}

export function Tables(given: Given) {
  const { route, sites, sitesInAll } = given;
  return (
    <>
      <Tools route={route} />
      {route.table === "types" ? <Types {...given} /> : <Sites route={route} rows={sites} of={sitesInAll} />}
    </>
  );
}

function Tools({ route }: { readonly route: GrowsRoute }) {
  const tab = (table: GrowsRoute["table"], name: string) => (
    <button type="button" aria-pressed={route.table === table} onClick={() => refine({ ...route, table })}>
      {name}
    </button>
  );
  return (
    <div className="tools">
      <fieldset className="tabs" aria-label="Table">
        {tab("sites", "By site")}
        {tab("types", "By type")}
      </fieldset>
      <input
        type="search"
        aria-label="Filter rows"
        placeholder="Filter: words, -without"
        value={route.filter}
        onChange={(event) => refine({ ...route, filter: event.target.value })}
      />
    </div>
  );
}

function Sites({
  route,
  rows,
  of,
}: {
  readonly route: GrowsRoute;
  readonly rows: readonly SiteRow[];
  readonly of: number;
}) {
  const found = rows.filter((row) =>
    matches(route.filter, [row.type, row.domain, ...row.frames.flatMap((f) => [f.function, f.file])]),
  );
  return (
    <Ranked
      label="Sites"
      route={route}
      rows={found}
      cut={{ asked: rows.length, of }}
      columns={siteColumns}
      keyOf={keyOfSite}
      more={(row) => <Stack frames={row.frames} />}
    />
  );
}

function Types({ route, path, live }: Given) {
  const { bridge } = useApp();
  const poll = useMemo(() => createPoll(bridge, "recording.types", { path, limit: 200 }), [bridge, path]);
  return (
    <Loaded loadable={usePoll(poll, live ? 1000 : undefined)}>
      {({ rows, of }) => (
        <Ranked
          label="Types"
          route={route}
          rows={rows.filter((row) => matches(route.filter, [row.type]))}
          cut={{ asked: rows.length, of }}
          columns={typeColumns}
          keyOf={(row) => row.type}
        />
      )}
    </Loaded>
  );
}

interface RankedGiven<T> {
  readonly label: string;
  readonly route: GrowsRoute;
  readonly rows: readonly T[];
  readonly cut: { readonly asked: number; readonly of: number };
  readonly columns: readonly Column<T>[];
  readonly keyOf: (row: T) => string;
  readonly more?: (row: T) => React.ReactNode;
}

function Ranked<T extends Parameters<typeof numberOf>[0]>(given: RankedGiven<T>) {
  const { label, route, rows, cut, columns, keyOf, more } = given;
  const [open, setOpen] = useState<string | undefined>(undefined);
  const limit = useLimit(rows.length);
  if (rows.length === 0) return <None filtered={route.filter !== ""} />;
  const change = (by: string) =>
    refine({ ...route, sort: by, order: route.sort === by && route.order === "down" ? "up" : "down" });
  const toggle = (row: T) => setOpen(open === keyOf(row) ? undefined : keyOf(row));
  const ordered = sorted(rows, (row) => numberOf(row, route.sort), route.order);
  return (
    <>
      <DataTable
        label={label}
        columns={columns}
        rows={ordered.slice(0, limit.shown)}
        keyOf={keyOf}
        sort={{ by: route.sort, order: route.order, change }}
        {...(more && { more, press: toggle, open })}
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
