// Columns and rows in, a table out: sorted by its heads, walked with the arrow keys, one tab stop. Next: parts/TallTable.tsx for many rows,
// parts/use-rows.ts for the keys.
import { Scroll } from "./Scroll.tsx";
import { TallTable } from "./TallTable.tsx";
import type { Column, Given } from "./table-given.ts";
import { Heads, Row, Total } from "./table-row.tsx";
import { useRows } from "./use-rows.ts";

export type { Column };

/** From so many rows on the table scrolls by itself, and only what is seen of it is drawn. */
const many = 100;

export function DataTable<T>(given: Given<T>) {
  return given.rows.length > many ? <TallTable {...given} /> : <ShortTable {...given} />;
}

function ShortTable<T>(given: Given<T>) {
  const { label, rows, keyOf, press, to, sort } = given;
  const walk = useRows();
  const table = (
    <table aria-label={label}>
      <thead>
        <tr>
          <Heads given={given} />
        </tr>
      </thead>
      <tbody onKeyDown={walk.onKeyDown} onFocus={walk.onFocus}>
        {Array.from({ length: rows.length }, (_, at) => {
          const row = rows.at(at);
          const tabIndex = at === Math.min(walk.current, rows.length - 1) ? 0 : -1;
          return row !== undefined && <Row key={keyOf(row)} given={given} row={row} tabIndex={tabIndex} />;
        })}
      </tbody>
      {given.total && (
        <tfoot>
          <Total given={given} />
        </tfoot>
      )}
    </table>
  );
  // Where nothing in it takes the focus, it does itself, so that what is wider than the page is reached by keys.
  if (press || to || sort) return <div className="card table">{table}</div>;
  return (
    <Scroll label={`${label}, scrolls`} className="card table">
      {table}
    </Scroll>
  );
}
