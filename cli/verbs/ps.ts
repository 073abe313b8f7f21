// Nothing in, the table of Python processes out. Next: the user picks one.
import * as v from "valibot";
import type { ProcessRow } from "../../shared/documents.ts";
import { fail, ok } from "../../shared/failures.ts";
import { processFields } from "../../shared/filter/fields.ts";
import { filterOf, problemWords } from "../../shared/filter/filter.ts";
import { processRowOf } from "../../shared/process-list.ts";
import { type Column, tableLines } from "../text/table.ts";
import { bytesText } from "../text/units.ts";
import { defineVerb, flag } from "../verb.ts";
import { deviceOptions, withDevice } from "../with-device.ts";

const columns: readonly Column<ProcessRow>[] = [
  { title: "PID", cell: (row) => String(row.pid), right: true },
  { title: "PYTHON", cell: (row) => row.python ?? "—" },
  { title: "BUILD", cell: (row) => row.build.join(",") || "—" },
  { title: "USER", cell: (row) => row.user },
  { title: "RSS", cell: (row) => (row.rssBytes === null ? "—" : bytesText(row.rssBytes)), right: true },
  { title: "ATTACHABLE", cell: (row) => row.reason?.code ?? (row.attachable === null ? "—" : "yes") },
  { title: "COMMAND", cell: (row) => row.command },
];

const options = v.object({ ...deviceOptions, json: flag, filter: v.optional(v.string(), "") });

export const verb = defineVerb(options, async (terminal, _, { json, filter, ...chosen }) => {
  const { problems, keeps } = filterOf(filter, processFields);
  if (problems.length > 0) return fail("usage", { what: `--filter: ${problemWords(problems)}` });
  return withDevice(chosen, async (engine) => {
    const list = await engine.call("processes.list", {});
    if (!list.ok) return list;
    const processes = list.value.processes.filter(keeps).map(processRowOf);
    const shown = { schema: "refscope.ps/1", processes };
    if (json) terminal.document(shown);
    else
      for (const [at, line] of tableLines(columns, processes, terminal.width).entries())
        terminal.result(at === 0 ? terminal.style("bold", line) : line);
    if (processes.some((row) => row.attachable === false))
      terminal.talk("`refscope doctor PID` says why one cannot be recorded, and what helps.");
    return ok(0);
  });
});
