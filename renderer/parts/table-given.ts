// What a table is given: columns, rows, and what a row does when it is pressed. Next: parts/DataTable.tsx.
import type { ReactNode } from "react";
import type { Route } from "../logic/routes.ts";
import type { Order } from "../logic/sort.ts";

export interface Column<T> {
  readonly id: string;
  readonly head: ReactNode;
  readonly cell: (row: T) => ReactNode;
  /** Words stand left, figures right. */
  readonly text?: boolean;
  /** "wide" takes what room is left and is cut; "cut" only when long. */
  readonly room?: "wide" | "cut";
  readonly sortable?: boolean;
  /** Left out where the table is narrow: it is told elsewhere as well. */
  readonly spare?: boolean;
}

/** An array, or rows that come as they are looked at: undefined is not here yet. */
export interface Rows<T> {
  readonly length: number;
  at(index: number): T | undefined;
}

export interface Given<T> {
  readonly label: string;
  readonly columns: readonly Column<T>[];
  readonly rows: Rows<T>;
  /** Told which rows are looked at, the last one included. */
  readonly seen?: (first: number, last: number) => void;
  readonly keyOf: (row: T) => string;
  readonly sort?: { readonly by: string; readonly order: Order; readonly change: (by: string) => void };
  /** What the first cell's button does; `open` says which row is open. */
  readonly press?: (row: T) => void;
  readonly open?: string | undefined;
  /** Where the first cell leads; other cells may lead elsewhere. Not together with `press`. */
  readonly to?: (row: T) => Route;
  /** Shown under the open row. */
  readonly more?: (row: T) => ReactNode;
  readonly isOff?: (row: T) => boolean;
  /** The total of all rows, one cell a column. */
  readonly total?: readonly ReactNode[];
}
