// Columns and rows in, a table out: sorted by its heads, walked with the arrow keys, one tab stop. Next: parts/use-rows.ts.
import { Fragment, type ReactNode } from "react";
import { hashOf, type Route } from "../logic/routes.ts";
import type { Order } from "../logic/sort.ts";
import { useRows } from "./use-rows.ts";

export interface Column<T> {
  readonly id: string;
  readonly head: ReactNode;
  readonly cell: (row: T) => ReactNode;
  /** Words stand left, figures right. */
  readonly text?: boolean;
  /** "wide" takes what room is left and is cut; "cut" only when long. */
  readonly room?: "wide" | "cut";
  readonly sortable?: boolean;
}

interface Given<T> {
  readonly label: string;
  readonly columns: readonly Column<T>[];
  readonly rows: readonly T[];
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
  /** What stands below all rows, one a column: their total. */
  readonly foot?: readonly ReactNode[];
}

export function DataTable<T>(given: Given<T>) {
  const { columns, rows, keyOf, sort } = given;
  const walk = useRows();
  return (
    <div className="card table">
      <table aria-label={given.label}>
        <thead>
          <tr>
            {columns.map((column) => (
              <Head key={column.id} column={column} sort={column.sortable ? sort : undefined} />
            ))}
          </tr>
        </thead>
        <tbody onKeyDown={walk.onKeyDown} onFocus={walk.onFocus}>
          {rows.map((row, at) => (
            <Row
              key={keyOf(row)}
              given={given}
              row={row}
              tabIndex={at === Math.min(walk.current, rows.length - 1) ? 0 : -1}
            />
          ))}
        </tbody>
        {given.foot && <Foot columns={columns} cells={given.foot} />}
      </table>
    </div>
  );
}

function Head<T>({ column, sort }: { readonly column: Column<T>; readonly sort: Given<T>["sort"] }) {
  const here = sort?.by === column.id ? sort.order : undefined;
  const glyph = here === undefined ? "" : here === "up" ? " ▲" : " ▼";
  const spoken = here === undefined ? undefined : here === "up" ? "ascending" : "descending";
  return (
    <th scope="col" className={column.text ? "text" : undefined} aria-sort={spoken}>
      {sort ? (
        <button type="button" onClick={() => sort.change(column.id)}>
          {column.head}
          {glyph}
        </button>
      ) : (
        column.head
      )}
    </th>
  );
}

function Row<T>({ given, row, tabIndex }: { readonly given: Given<T>; readonly row: T; readonly tabIndex: number }) {
  const { columns, press, more } = given;
  const isOpen = given.open === given.keyOf(row);
  const classes = [press && "pressable", isOpen && "on", given.isOff?.(row) && "off"].filter(Boolean).join(" ");
  return (
    <Fragment>
      <tr className={classes || undefined}>
        {columns.map((column, at) => (
          <td key={column.id} className={[column.text && "text", column.room].filter(Boolean).join(" ") || undefined}>
            {at === 0 ? <First given={given} row={row} tabIndex={tabIndex} /> : column.cell(row)}
          </td>
        ))}
      </tr>
      {isOpen && more && (
        <tr className="more">
          <td colSpan={columns.length}>{more(row)}</td>
        </tr>
      )}
    </Fragment>
  );
}

function Foot<T>({ columns, cells }: { readonly columns: readonly Column<T>[]; readonly cells: readonly ReactNode[] }) {
  return (
    <tfoot>
      <tr>
        {columns.map((column, at) => (
          <td key={column.id} className={column.text ? "text" : undefined}>
            {cells[at]}
          </td>
        ))}
      </tr>
    </tfoot>
  );
}

/** What is pressed or followed in the row, and has the table's tab stop. */
function First<T>({ given, row, tabIndex }: { readonly given: Given<T>; readonly row: T; readonly tabIndex: number }) {
  const { columns, press, to, more } = given;
  const content = columns[0]?.cell(row);
  const isOpen = given.open === given.keyOf(row);
  if (to)
    return (
      <a href={hashOf(to(row))} data-row tabIndex={tabIndex}>
        {content}
      </a>
    );
  if (!press) return content;
  return (
    <button
      type="button"
      className="open"
      data-row
      tabIndex={tabIndex}
      aria-expanded={isOpen}
      onClick={() => press(row)}
    >
      {more && <span className="twist">{isOpen ? "▾" : "▸"}</span>}
      <span className="cell">{content}</span>
    </button>
  );
}
