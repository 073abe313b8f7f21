// The changes of a count in, the ledger out, the newest first: all of them or what was never given back. Next: columns.tsx, Place.tsx.
import { useState } from "react";
import { filterOf } from "../../../shared/filter/filter.ts";
import { changeFields } from "../../logic/fields.ts";
import { count, counted } from "../../logic/format.ts";
import type { Change } from "../../logic/history.ts";
import type { Changes, ObjectRoute } from "../../logic/routes.ts";
import { DataTable } from "../../parts/DataTable.tsx";
import { FilterBox } from "../../parts/FilterBox.tsx";
import { useLimit } from "../../parts/use-limit.tsx";
import { refine } from "../../state/use-route.ts";
import { changeColumns } from "./columns.tsx";
import { Place } from "./Place.tsx";

interface Given {
  readonly route: ObjectRoute;
  readonly changes: readonly Change[];
  /** How many there were in all. */
  readonly of: number;
}

export function Ledger({ route, changes, of }: Given) {
  const [open, setOpen] = useState<string | undefined>(undefined);
  const { keeps } = filterOf(route.filter, changeFields);
  const found = changes.filter((change) => (route.changes === "all" || change.kept > 0) && keeps(change)).toReversed();
  const limit = useLimit(found.length, 100);
  return (
    <section>
      <h2 className="over">Each change, the newest first</h2>
      <p className="quiet">{groundOf(changes, of)}</p>
      <Tools route={route} />
      {found.length === 0 ? (
        <p className="quiet">{emptyOf(route)}</p>
      ) : (
        <DataTable
          label="Changes"
          columns={changeColumns}
          rows={found.slice(0, limit.shown)}
          keyOf={({ key }) => key}
          press={({ key }) => setOpen(open === key ? undefined : key)}
          open={open}
          more={({ event }) => <Place event={event} />}
        />
      )}
      {limit.note}
    </section>
  );
}

function groundOf(changes: readonly Change[], of: number): string {
  const kept = changes.reduce((sum, change) => sum + change.kept, 0);
  const marked =
    kept === 0
      ? "Every reference taken in them was given back."
      : `${counted(kept, "reference", "references")} among them ${kept === 1 ? "was" : "were"} not given back.`;
  const cut = of > changes.length ? `The newest ${count(changes.length)} of ${count(of)} are here; ` : "";
  return `${cut}${marked}`;
}

const emptyOf = ({ filter }: ObjectRoute): string =>
  filter ? "No change matches the filter; it looks at functions and files." : "Every reference was given back.";

function Tools({ route }: { readonly route: ObjectRoute }) {
  const tab = (changes: Changes, name: string) => (
    <button type="button" aria-pressed={route.changes === changes} onClick={() => refine({ ...route, changes })}>
      {name}
    </button>
  );
  return (
    <div className="tools">
      <fieldset className="tabs" aria-label="Changes shown">
        {tab("all", "All")}
        {tab("kept", "Not given back")}
      </fieldset>
      <FilterBox
        of="changes"
        fields={changeFields}
        filter={route.filter}
        change={(filter) => refine({ ...route, filter })}
      />
    </div>
  );
}
