// The changes of a count in, the ledger out, the newest first: with pairs together, all of them, or what was never given back. Next: columns.tsx, Place.tsx.
import { filterOf } from "../../../shared/filter/filter.ts";
import { changeFields } from "../../logic/fields.ts";
import { count, counted } from "../../logic/format.ts";
import type { Change } from "../../logic/history.ts";
import { alone, folded, type LedgerRow } from "../../logic/ledger.ts";
import type { Changes, ObjectRoute } from "../../logic/routes.ts";
import { rowName } from "../../logic/row-name.ts";
import { DataTable } from "../../parts/DataTable.tsx";
import { FilterBox } from "../../parts/FilterBox.tsx";
import { useLimit } from "../../parts/use-limit.tsx";
import { refine } from "../../state/use-route.ts";
import { changeColumns } from "./columns.tsx";
import { Place } from "./Place.tsx";

interface Given {
  readonly path: string;
  readonly route: ObjectRoute;
  readonly changes: readonly Change[];
  /** How many there were in all. */
  readonly of: number;
}

export function Ledger({ path, route, changes, of }: Given) {
  const { keeps } = filterOf(route.filter, changeFields);
  const found = rowsOf(route.changes, changes)
    .filter(({ change }) => keeps(change))
    .toReversed();
  const isOpen = ({ key }: LedgerRow) => route.row === rowName(key);
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
          press={(row) => refine({ ...route, row: isOpen(row) ? undefined : rowName(row.key) })}
          open={found.find(isOpen)?.key}
          more={({ change: { event } }) => <Place path={path} event={event} />}
        />
      )}
      {limit.note}
    </section>
  );
}

function rowsOf(shown: Changes, changes: readonly Change[]): readonly LedgerRow[] {
  if (shown === "pairs") return folded(changes);
  return changes.filter(({ kept }) => shown === "all" || kept > 0).map(alone);
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
    <button
      type="button"
      aria-pressed={route.changes === changes}
      onClick={() => refine({ ...route, changes, row: undefined })}
    >
      {name}
    </button>
  );
  return (
    <div className="tools">
      <fieldset className="tabs" aria-label="Changes shown">
        {tab("pairs", "Pairs together")}
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
