// A thread, a long hold or a pair of waiter and holder in, its cells out. Next: Tables.tsx.
import type { BlameRow, GilThread, LongHold } from "../../../shared/gil-document.ts";
import { counted, duration, fraction } from "../../logic/format.ts";
import { preciseTime } from "../../logic/gil/axis.ts";
import { runningWhat } from "../../logic/gil/finding.ts";
import { type ThreadNames, threadName } from "../../logic/gil/threads.ts";
import { Count } from "../../parts/Count.tsx";
import type { Column } from "../../parts/DataTable.tsx";
import { Said } from "../../parts/Words.tsx";
import { ThreadOf, ThreadWords } from "./ThreadWords.tsx";

const ms = (value: number) => duration(value / 1000);

export const threadColumns: readonly Column<GilThread>[] = [
  { id: "thread", head: "Thread", text: true, room: "wide", cell: (row) => <ThreadWords name={threadName(row)} /> },
  { id: "held", head: "Holds", cell: (row) => <Share part={row.holdFraction} of="hold" /> },
  { id: "waited", head: "Waits", cell: (row) => <Share part={row.waitFraction} of="wait" /> },
  { id: "holds", head: "Times held", cell: (row) => <Count value={row.holds} /> },
  { id: "forced", head: "Asked to let go", cell: (row) => <Count value={row.forced} /> },
  { id: "heldP50", head: "Hold p50", cell: (row) => ms(row.holdP50Ms) },
  { id: "heldP99", head: "p99", cell: (row) => ms(row.holdP99Ms) },
  { id: "longest", head: "Longest hold", cell: (row) => ms(row.holdMaxMs) },
  { id: "waits", head: "Times waited", cell: (row) => <Count value={row.waits} /> },
  { id: "p50", head: "Wait p50", cell: (row) => (row.waits === 0 ? "" : ms(row.waitP50Ms)) },
  { id: "p99", head: "p99", cell: (row) => (row.waits === 0 ? "" : ms(row.waitP99Ms)) },
  { id: "max", head: "Longest", cell: (row) => (row.waits === 0 ? "" : ms(row.waitMaxMs)) },
];

/** A bar beside the figure: what is much is found without reading. */
function Share({ part, of }: { readonly part: number; readonly of: "hold" | "wait" }) {
  return (
    <span className="share">
      <span>{fraction(part)}</span>
      <svg className="bar-of" data-of={of} viewBox="0 0 48 8" aria-hidden="true">
        <rect width={48} height={8} className="rest" />
        <rect width={48 * Math.min(1, part)} height={8} />
      </svg>
    </span>
  );
}

export const longHoldColumns = (names: ThreadNames): readonly Column<LongHold>[] => [
  { id: "start", head: "Taken at", text: true, cell: (row) => preciseTime(row.startMs, 0.1) },
  {
    id: "thread",
    head: "Thread",
    text: true,
    room: "cut",
    cell: (row) => <ThreadOf names={names} id={row.threadId} />,
  },
  { id: "ran", head: "Ran", text: true, room: "wide", cell: (row) => <Ran hold={row} /> },
  { id: "held", head: "Held", cell: (row) => `${row.unfinished ? "≥ " : ""}${ms(row.ms)}` },
  {
    id: "waiters",
    head: "Waited for it",
    cell: (row) => (row.waiters.length === 0 ? "nobody" : counted(row.waiters.length, "thread", "threads")),
  },
];

function Ran({ hold }: { readonly hold: LongHold }) {
  const [, ...what] = runningWhat(hold);
  return what.length === 0 ? <span className="faint">not known</span> : <Said sentence={what} />;
}

export function blameColumns(names: ThreadNames, rows: readonly BlameRow[]): readonly Column<BlameRow>[] {
  const all = rows.reduce((sum, row) => sum + row.ms, 0);
  return [
    { id: "waiter", head: "Waits", text: true, room: "cut", cell: (row) => <ThreadOf names={names} id={row.waiter} /> },
    { id: "holder", head: "For", text: true, room: "wide", cell: (row) => <ThreadOf names={names} id={row.holder} /> },
    { id: "ms", head: "Waited", cell: (row) => ms(row.ms) },
    { id: "part", head: "Of all waiting", cell: (row) => <Share part={all === 0 ? 0 : row.ms / all} of="wait" /> },
  ];
}
