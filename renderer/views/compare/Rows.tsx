// What differs between two recordings in; filters, and a row a place, out. Used by Compare.tsx.
import { useState } from "react";
import type { Comparison, ComparisonRow, RowVerdict } from "../../../shared/comparison-document.ts";
import { countsOf, keyOfRow, shownRows, verdicts, verdictWords } from "../../logic/compare.ts";
import type { CompareRoute } from "../../logic/evidence-route.ts";
import { comparisonFields } from "../../logic/fields.ts";
import { count } from "../../logic/format.ts";
import { DataTable } from "../../parts/DataTable.tsx";
import { FilterBox } from "../../parts/FilterBox.tsx";
import { Source } from "../../parts/Source.tsx";
import { Stack } from "../../parts/Stack.tsx";
import { Empty } from "../../parts/States.tsx";
import { useLimit } from "../../parts/use-limit.tsx";
import { columnsOf } from "./columns.tsx";

interface Given {
  readonly comparison: Comparison;
  readonly route: CompareRoute;
  readonly change: (more: Partial<CompareRoute>) => void;
}

export function Rows({ comparison, route, change }: Given) {
  const { rows, of } = comparison;
  const [open, setOpen] = useState<string | undefined>(undefined);
  const found = shownRows(rows, route);
  const limit = useLimit(found.length);
  return (
    <>
      <div className="tools">
        <Chips counts={countsOf(shownRows(rows, { ...route, only: undefined }))} route={route} change={change} />
        <label className="check">
          <input type="checkbox" checked={route.mine} onChange={(event) => change({ mine: event.target.checked })} />
          Only mine, without the standard library and installed packages
        </label>
        <FilterBox
          of="compared places"
          fields={comparisonFields}
          filter={route.filter}
          change={(filter) => change({ filter })}
        />
      </div>
      {found.length === 0 ? (
        <None all={rows.length} />
      ) : (
        <DataTable
          label="Compared places"
          columns={columnsOf(rows)}
          rows={found.slice(0, limit.shown)}
          keyOf={keyOfRow}
          press={(row) => setOpen(open === keyOfRow(row) ? undefined : keyOfRow(row))}
          open={open}
          more={(row) => <Detail row={row} comparison={comparison} />}
        />
      )}
      {limit.note}
      {of > rows.length && (
        <p className="more-rows">
          First {count(rows.length)} of {count(of)}, those that differ most.
        </p>
      )}
    </>
  );
}

/** A row has the place of the recording in which it grows faster. */
function Detail({ row, comparison: { a, b } }: { readonly row: ComparisonRow; readonly comparison: Comparison }) {
  const python = row.site.find(({ line }) => line !== null);
  return (
    <>
      <Stack frames={row.site} empty="No Python frame was running there." />
      <Source path={row.b >= row.a ? b.path : a.path} frame={python} />
    </>
  );
}

interface ChipsGiven extends Omit<Given, "comparison"> {
  readonly counts: ReadonlyMap<RowVerdict, number>;
}
function Chips({ counts, route, change }: ChipsGiven) {
  const all = [...counts.values()].reduce((sum, rows) => sum + rows, 0);
  const chip = (only: RowVerdict | undefined, words: string, rows: number) => (
    <button
      key={words}
      type="button"
      aria-pressed={route.only === only}
      disabled={rows === 0 && route.only !== only}
      onClick={() => change({ only })}
    >
      {words} {count(rows)}
    </button>
  );
  return (
    <fieldset className="tabs" aria-label="Verdict of a row">
      {chip(undefined, "All", all)}
      {verdicts.map((verdict) =>
        chip(verdict, `${verdictWords[verdict].glyph} ${verdictWords[verdict].name}`, counts.get(verdict) ?? 0),
      )}
    </fieldset>
  );
}

function None({ all }: { readonly all: number }) {
  return (
    <Empty title={all === 0 ? "Nothing grows in either" : "No row of that kind"}>
      <p className="quiet">
        {all === 0
          ? "A row is a place that grows for good in A or in B. A slow leak needs longer recordings."
          : "Choose another verdict or filter, or show more than what is yours."}
      </p>
    </Empty>
  );
}
