// A row or a column's head in, its cells out. Next: parts/DataTable.tsx and parts/TallTable.tsx, which place them.
import { Fragment } from "react";
import { hashOf } from "../logic/routes.ts";
import type { Column, Given } from "./table-given.ts";

export function Heads<T>({ given: { columns, sort } }: { readonly given: Given<T> }) {
  return columns.map((column) => <Head key={column.id} column={column} sort={column.sortable ? sort : undefined} />);
}

function Head<T>({ column, sort }: { readonly column: Column<T>; readonly sort: Given<T>["sort"] }) {
  const here = sort?.by === column.id ? sort.order : undefined;
  const glyph = here === undefined ? "" : here === "up" ? " ▲" : " ▼";
  const spoken = here === undefined ? undefined : here === "up" ? "ascending" : "descending";
  return (
    <th scope="col" className={classOf(column)} aria-sort={spoken}>
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

export function Total<T>({ given: { columns, total } }: { readonly given: Given<T> }) {
  return (
    <tr className="total">
      {columns.map((column, at) => (
        <td key={column.id} className={column.text ? "text" : undefined}>
          {total?.[at]}
        </td>
      ))}
    </tr>
  );
}

interface RowGiven<T> {
  readonly given: Given<T>;
  readonly row: T;
  readonly tabIndex: number;
  /** Its place in the table, where not all rows are drawn. */
  readonly at?: number;
}

export function Row<T>({ given, row, tabIndex, at }: RowGiven<T>) {
  const { columns, press, more } = given;
  const isOpen = given.open === given.keyOf(row);
  const classes = [press && "pressable", isOpen && "on", given.isOff?.(row) && "off"].filter(Boolean).join(" ");
  return (
    <Fragment>
      <tr className={classes || undefined} {...placed(at)}>
        {columns.map((column, place) => (
          <td key={column.id} className={classOf(column, column.room)}>
            {place === 0 ? <First given={given} row={row} tabIndex={tabIndex} /> : column.cell(row)}
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

const classOf = <T,>({ text, spare }: Column<T>, room?: Column<T>["room"]): string | undefined =>
  [text && "text", spare && "spare", room].filter(Boolean).join(" ") || undefined;

/** The head is the first row of those that are counted. */
const placed = (at: number | undefined) => (at === undefined ? {} : { "aria-rowindex": at + 2, "data-at": at });

/** What is pressed or followed in the row, and has the table's tab stop. */
function First<T>({ given, row, tabIndex }: RowGiven<T>) {
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
