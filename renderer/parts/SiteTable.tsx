// Sites in, a table of them out: a row opens its stack, and how many there are beyond the table is said below.
import type { ReactNode } from "react";
import { count } from "../logic/format.ts";
import { rowName } from "../logic/row-name.ts";
import { keyOfSite, noFrame, type Site } from "../logic/site.ts";
import { type Column, DataTable } from "./DataTable.tsx";
import { Stack } from "./Stack.tsx";
import { useLimit } from "./use-limit.tsx";

interface Given<T extends Site> {
  readonly label: string;
  readonly columns: readonly Column<T>[];
  /** Those that the filter keeps. */
  readonly rows: readonly T[];
  /** The short name of the row that is open. */
  readonly open: string | undefined;
  readonly choose: (row: string | undefined) => void;
  /** So many are drawn before more is asked for. */
  readonly first: number;
  /** How many the engine told, of how many it knows. */
  readonly told: { readonly rows: number; readonly of: number };
  /** Of all of them, told or not. */
  readonly total?: readonly ReactNode[];
}

const nameOf = (site: Site): string => rowName(keyOfSite(site));

export function SiteTable<T extends Site>({ label, columns, rows, open, choose, first, told, total }: Given<T>) {
  const limit = useLimit(rows.length, first);
  return (
    <>
      <DataTable
        label={label}
        columns={columns}
        rows={rows.slice(0, limit.shown)}
        keyOf={nameOf}
        press={(row) => choose(open === nameOf(row) ? undefined : nameOf(row))}
        open={open}
        more={(row) => <Stack frames={row.frames} empty={noFrame} />}
        {...(total && { total })}
      />
      {limit.note}
      {told.of > told.rows && (
        <p className="more-rows">
          First {count(told.rows)} of {count(told.of)} sites{total && "; the total is of all of them"}.
        </p>
      )}
    </>
  );
}
