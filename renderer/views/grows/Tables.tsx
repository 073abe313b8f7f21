// Sites, and types when they are asked for, in; the table that the route chooses out, sorted and filtered. Next: Ranked.tsx.
import { useMemo } from "react";
import type { SiteRow } from "../../../shared/documents.ts";
import { intervalFields, siteFields, typeFields } from "../../../shared/filter/fields.ts";
import { filterOf } from "../../../shared/filter/filter.ts";
import type { GrowsRoute } from "../../logic/routes.ts";
import { keyOfSite, noFrame } from "../../logic/site.ts";
import { FilterBox } from "../../parts/FilterBox.tsx";
import { Source } from "../../parts/Source.tsx";
import { Stack } from "../../parts/Stack.tsx";
import { Loaded } from "../../parts/States.tsx";
import { useApp } from "../../state/app-context.ts";
import { createPoll } from "../../state/poll.ts";
import { usePoll } from "../../state/use-poll.ts";
import { refine } from "../../state/use-route.ts";
import { pythonFrame } from "./Argument.tsx";
import { BetweenMarks } from "./BetweenMarks.tsx";
import { grownTypes, siteColumns, typeColumns } from "./columns.tsx";
import { Ranked } from "./Ranked.tsx";

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
      {route.table === "types" && <Types {...given} />}
      {route.table === "sites" && <Sites route={route} path={given.path} rows={sites} of={sitesInAll} />}
      {route.table === "intervals" && <BetweenMarks {...given} />}
    </>
  );
}

function Tools({ route }: { readonly route: GrowsRoute }) {
  const box = { of: "rows", filter: route.filter, change: (filter: string) => refine({ ...route, filter }) };
  const tab = (table: GrowsRoute["table"], name: string) => (
    <button
      type="button"
      aria-pressed={route.table === table}
      onClick={() => refine({ ...route, table, row: undefined })}
    >
      {name}
    </button>
  );
  return (
    <div className="tools">
      <fieldset className="tabs" aria-label="Table">
        {tab("sites", "By site")}
        {tab("types", "By type")}
        {tab("intervals", "From mark to mark")}
      </fieldset>
      {route.table === "sites" && <FilterBox fields={siteFields} {...box} />}
      {route.table === "types" && <FilterBox fields={typeFields} {...box} />}
      {route.table === "intervals" && <FilterBox fields={intervalFields} {...box} />}
    </div>
  );
}

function Sites({
  route,
  path,
  rows,
  of,
}: {
  readonly route: GrowsRoute;
  readonly path: string;
  readonly rows: readonly SiteRow[];
  readonly of: number;
}) {
  const found = rows.filter(filterOf(route.filter, siteFields).keeps);
  const columns = useMemo(() => siteColumns(path), [path]);
  return (
    <Ranked
      label="Sites"
      route={route}
      rows={found}
      cut={{ asked: rows.length, of }}
      columns={columns}
      keyOf={keyOfSite}
      more={(row) => (
        <>
          <Stack frames={row.frames} empty={noFrame} />
          <Source path={path} frame={pythonFrame(row)} />
        </>
      )}
    />
  );
}

function Types({ route, path, live }: Given) {
  const { bridge } = useApp();
  const poll = useMemo(() => createPoll(bridge, "recording.types", { path, limit: 200 }), [bridge, path]);
  const columns = useMemo(() => typeColumns(path), [path]);
  return (
    <Loaded loadable={usePoll(poll, live ? 1000 : undefined)}>
      {(found) => (
        <Ranked
          label="Types"
          route={route}
          rows={grownTypes(found).filter(filterOf(route.filter, typeFields).keeps)}
          cut={{ asked: found.rows.length, of: found.of }}
          columns={columns}
          keyOf={(row) => row.type}
        />
      )}
    </Loaded>
  );
}
