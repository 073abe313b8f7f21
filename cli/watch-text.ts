// The history of one object in, the lines that a terminal shows of it out. Next: verbs/watch.ts.
import { basename } from "node:path";
import type { History, HistoryEvent } from "../shared/documents.ts";
import type { Terminal } from "./terminal.ts";
import { safe } from "./text/safe.ts";
import { type Column, tableLines } from "./text/table.ts";

const lastEvents = 20;

const signed = (value: number): string => (value > 0 ? `+${value}` : String(value));

const netColumns: readonly Column<History["net"][number]>[] = [
  { title: "NET", cell: ({ delta }) => signed(delta), right: true },
  { title: "FUNCTION", cell: (row) => row.function },
  { title: "MODULE", cell: ({ module }) => basename(module) },
];

const eventColumns: readonly Column<HistoryEvent>[] = [
  { title: "MS", cell: ({ t }) => t.toFixed(3), right: true },
  { title: "+/-", cell: ({ delta }) => signed(delta), right: true },
  { title: "COUNT", cell: ({ refcount }) => String(refcount), right: true },
  { title: "THREAD", cell: ({ threadId }) => String(threadId), right: true },
  { title: "WRITTEN BY", cell: ({ native: [first] }) => nativeText(first) },
  { title: "PYTHON", cell: ({ python }) => pythonText(python) },
];

export function historyLines(history: History, terminal: Pick<Terminal, "style" | "width">): readonly string[] {
  const { object, events, net } = history;
  const title = `${safe(object.type)} at ${object.address}: ${said(history)}`;
  if (events.length === 0) return [terminal.style("bold", title), ""];
  const last = events.slice(-lastEvents);
  const of = last.length < events.length ? ` (the last ${last.length} of ${events.length}; --json has all)` : "";
  return [
    terminal.style("bold", title),
    "",
    "Net change by function",
    ...tableLines(netColumns, net, terminal.width),
    "",
    `Changes${of}`,
    ...tableLines(eventColumns, last, terminal.width),
    "",
  ];
}

function said({ events, dropped, freed, complete }: History): string {
  const [first, last] = [events[0], events.at(-1)];
  if (!first || !last) return "its count did not change";
  const counts = `count ${first.refcount - first.delta} to ${last.refcount}`;
  const end = freed ? ", then it was freed" : "";
  const lost = dropped > 0 ? `, ${dropped} more were lost` : complete ? "" : ", not complete";
  return `${events.length} changes${lost}, ${counts}${end}`;
}

function nativeText(frame: HistoryEvent["native"][number] | undefined): string {
  if (!frame) return "?";
  const place = frame.line === null ? basename(frame.module) : `${basename(frame.file ?? "")}:${frame.line}`;
  return `${frame.function ?? "?"} (${place})`;
}

function pythonText(frame: HistoryEvent["python"]): string {
  if (!frame) return "-";
  return `${frame.function} (${basename(frame.file)}:${frame.line ?? "?"})`;
}
