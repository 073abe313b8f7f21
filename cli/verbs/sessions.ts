// Nothing in, the table of your recordings out. Next: `refscope report` or `refscope open`.
import * as v from "valibot";
import type { SessionRow } from "../../shared/documents.ts";
import { ok } from "../../shared/failures.ts";
import { type Column, tableLines } from "../text/table.ts";
import { bytesText } from "../text/units.ts";
import { defineVerb, flag } from "../verb.ts";
import { withEngine } from "../with-engine.ts";

const columns: readonly Column<SessionRow>[] = [
  { title: "STARTED", cell: (row) => row.startedAt ?? "—" },
  { title: "SECONDS", cell: (row) => row.seconds?.toFixed(1) ?? "—", right: true },
  { title: "STATUS", cell: (row) => row.status },
  { title: "PYTHON", cell: (row) => row.python ?? "—" },
  { title: "SIZE", cell: (row) => bytesText(row.bytes), right: true },
  { title: "TARGET", cell: (row) => row.target ?? row.problem ?? "—" },
  { title: "FILE", cell: (row) => row.path },
];

export const verb = defineVerb(v.object({ json: flag }), (terminal) =>
  withEngine(async (engine) => {
    const list = await engine.call("sessions.list", {});
    if (!list.ok) return list;
    if (terminal.options.json) terminal.document(list.value);
    // Nothing is cut: the path is what the next command needs.
    else for (const line of tableLines(columns, list.value.sessions)) terminal.result(line);
    if (list.value.sessions.length === 0) terminal.talk("No recordings yet; `refscope record PID` makes one.");
    return ok(0);
  }),
);
