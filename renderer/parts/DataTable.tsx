// Columns and rows in, a table out: sorted by its heads, walked with the arrow keys, one tab stop. Next: parts/TallTable.tsx for many rows,
// parts/use-rows.ts for the keys.
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
  const { rows, keyOf } = given;
  const walk = useRows();
  return (
    <div className="card table">
      <table aria-label={given.label}>
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
    </div>
  );
}
