// What was raised in, the table that the route chooses out: by type with its places, or by place with its stack. Next: columns.tsx.
import type { ReactNode } from "react";
import { raisedFields } from "../../../shared/filter/fields.ts";
import { filterOf } from "../../../shared/filter/filter.ts";
import type { TimedRow } from "../../logic/error-times.ts";
import { byType, type RaisedType } from "../../logic/errors.ts";
import type { ErrorsRoute, ErrorTable } from "../../logic/routes.ts";
import { rowName } from "../../logic/row-name.ts";
import { type Column, DataTable } from "../../parts/DataTable.tsx";
import { FilterBox } from "../../parts/FilterBox.tsx";
import { Empty } from "../../parts/States.tsx";
import { useLimit } from "../../parts/use-limit.tsx";
import { Words } from "../../parts/Words.tsx";
import { refine } from "../../state/use-route.ts";
import { Places, siteColumns, typeColumns } from "./columns.tsx";
import { Opened } from "./Opened.tsx";

interface Given {
  readonly route: ErrorsRoute;
  readonly path: string;
  readonly rows: readonly TimedRow[];
}

export function Raised({ route, path, rows }: Given) {
  const found = rows.filter(filterOf(route.filter, raisedFields).keeps);
  return (
    <>
      <Tools route={route} />
      {found.length === 0 ? (
        <NoMatch route={route} />
      ) : route.table === "types" ? (
        <Table
          label="Errors by type"
          route={route}
          columns={typeColumns}
          rows={byType(found)}
          keyOf={(row: RaisedType<TimedRow>) => row.type}
          more={(row) => <Places rows={row.sites} />}
        />
      ) : (
        <Table
          label="Errors by place"
          route={route}
          columns={siteColumns}
          rows={found.toSorted((a, b) => b.count - a.count)}
          keyOf={keyOfRaised}
          more={(row) => <Site path={path} row={row} />}
        />
      )}
    </>
  );
}

function Tools({ route }: { readonly route: ErrorsRoute }) {
  const tab = (table: ErrorTable, name: string) => (
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
        {tab("types", "By type")}
        {tab("sites", "By place")}
      </fieldset>
      <FilterBox
        of="errors"
        fields={raisedFields}
        filter={route.filter}
        change={(filter) => refine({ ...route, filter })}
      />
    </div>
  );
}

interface TableGiven<T> {
  readonly route: ErrorsRoute;
  readonly label: string;
  readonly columns: readonly Column<T>[];
  readonly rows: readonly T[];
  readonly keyOf: (row: T) => string;
  readonly more: (row: T) => ReactNode;
}
function Table<T>({ route, rows, keyOf, ...given }: TableGiven<T>) {
  const open = rows.map(keyOf).find((key) => rowName(key) === route.row);
  const limit = useLimit(rows.length);
  return (
    <>
      <DataTable
        {...given}
        rows={rows.slice(0, limit.shown)}
        keyOf={keyOf}
        press={(row) => refine({ ...route, row: open === keyOf(row) ? undefined : rowName(keyOf(row)) })}
        open={open}
      />
      {limit.note}
    </>
  );
}

function Site({ path, row }: { readonly path: string; readonly row: TimedRow }) {
  return (
    <>
      {row.message === null ? (
        <p className="faint below">Messages are kept at privacy “full” alone.</p>
      ) : (
        <p className="below">
          <span className="faint">The first said:</span> <Words text={row.message} />
        </p>
      )}
      <Opened path={path} frames={row.frames} />
    </>
  );
}

function NoMatch({ route }: { readonly route: ErrorsRoute }) {
  return (
    <Empty title={route.filter ? "No error matches the filter" : "Nothing was raised"}>
      <p className="quiet">
        {route.filter ? "It looks at types, messages, functions and files." : "What is lost stands above."}
      </p>
    </Empty>
  );
}

const keyOfRaised = (row: TimedRow) =>
  JSON.stringify([row.type, row.frames.map((frame) => [frame.function, frame.file, frame.line])]);
