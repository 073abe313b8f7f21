// A type or a place of errors in, its cells out. Next: Raised.tsx.
import type { RaisedRow } from "../../../shared/documents.ts";
import { type TimedRow, type Times, timesOf } from "../../logic/error-times.ts";
import { type RaisedType, whereRaised } from "../../logic/errors.ts";
import { axisTime, count, counted, rate, unknown } from "../../logic/format.ts";
import { Count } from "../../parts/Count.tsx";
import type { Column } from "../../parts/DataTable.tsx";
import { Scroll } from "../../parts/Scroll.tsx";
import { Code, Said, Words } from "../../parts/Words.tsx";

type Counted = Pick<RaisedRow, "count" | "perSecond" | "chained">;

const when = (seconds: number | null) => (seconds === null ? unknown : axisTime(seconds));

const counts = <T extends Counted>(times: (row: T) => Times): readonly Column<T>[] => [
  { id: "count", head: "Raised", cell: (row) => <Count value={row.count} /> },
  { id: "rate", head: "a second", cell: (row) => <span className="quiet">{rate(row.perSecond)}</span> },
  { id: "chained", head: "While handling another", cell: (row) => <Count value={row.chained} /> },
  { id: "first", head: "First", cell: (row) => when(times(row).first) },
  { id: "last", head: "Last", cell: (row) => when(times(row).last) },
];

export const typeColumns: readonly Column<RaisedType<TimedRow>>[] = [
  { id: "type", head: "Type", text: true, room: "cut", cell: (row) => <Code text={row.type} max={80} /> },
  {
    id: "where",
    head: "Mostly in",
    text: true,
    room: "wide",
    cell: ({ sites }) => (
      <>
        {sites[0] && <Said sentence={whereRaised(sites[0])} />}
        {sites.length > 1 && (
          <span className="faint"> and {counted(sites.length - 1, "other place", "other places")}</span>
        )}
      </>
    ),
  },
  ...counts<RaisedType<TimedRow>>(({ sites }) => timesOf(sites)),
];

export const siteColumns: readonly Column<TimedRow>[] = [
  { id: "type", head: "Type", text: true, room: "cut", cell: (row) => <Code text={row.type} max={80} /> },
  { id: "where", head: "Where", text: true, room: "cut", cell: (row) => <Said sentence={whereRaised(row)} /> },
  {
    id: "message",
    head: "Message of the first",
    text: true,
    room: "wide",
    cell: (row) =>
      row.message === null ? <span className="faint">not kept</span> : <Words text={row.message} max={120} />,
  },
  ...counts<TimedRow>((row) => row),
];

/** The places of one type, under its row. */
export function Places({ rows }: { readonly rows: readonly RaisedRow[] }) {
  return (
    <Scroll className="stack" label="Places">
      <ol>
        {rows.map((row) => (
          <li key={JSON.stringify(row.frames)}>
            <span>
              <Said sentence={whereRaised(row)} />
            </span>
            <span className="quiet">
              {row.message !== null && <Words text={row.message} max={60} />} {count(row.count)}
            </span>
          </li>
        ))}
      </ol>
    </Scroll>
  );
}
