// A recording and a format in, a file for another tool out. Next: chrome://tracing, ui.perfetto.dev.
import { basename, resolve } from "node:path";
import * as v from "valibot";
import type { ExportDocument } from "../../shared/documents.ts";
import { ok } from "../../shared/failures.ts";
import { bytesText } from "../text/units.ts";
import { defineVerb, duration, flag } from "../verb.ts";
import { withEngine } from "../with-engine.ts";

/** What else the contract names comes later. */
const formats = ["chrome", "perfetto"] as const;
const endings = { chrome: ".trace.json", perfetto: ".perfetto-trace" } as const satisfies Record<
  (typeof formats)[number],
  string
>;

const options = v.object({
  format: v.optional(
    v.picklist(
      formats,
      ({ received }) => `${received} is nothing this version writes; it writes ${formats.join(", ")}`,
    ),
  ),
  out: v.optional(v.pipe(v.string(), v.minLength(1, "give a file"))),
  from: v.optional(duration),
  to: v.optional(duration),
  json: flag,
});
/** Asked for here, because the parser would name the value that is missing `undefined`. */
const given = v.pipe(
  options,
  v.forward(
    v.partialCheck([["format"]], (row) => row.format !== undefined, `give one of ${formats.join(", ")}`),
    ["format"],
  ),
  v.forward(
    v.partialCheck([["from"], ["to"]], ({ from = 0, to }) => to === undefined || from < to, "it is not after --from"),
    ["to"],
  ),
);

export const verb = defineVerb(given, (terminal, [file], { format = "chrome", from, to, ...options }) =>
  withEngine(async (engine) => {
    const path = resolve(file ?? "");
    const out = resolve(options.out ?? `${basename(path, ".refscope")}${endings[format]}`);
    const range = {
      ...(from === undefined ? {} : { fromMs: from * 1000 }),
      ...(to === undefined ? {} : { toMs: to * 1000 }),
    };
    const written = engine.export(path, { format, out, ...range });
    if (!written.ok) return written;
    const { bytes } = written.value;
    const document: ExportDocument = { schema: "refscope.export/1", path: out, format, bytes };
    if (options.json) terminal.document(document);
    else terminal.result(out);
    terminal.talk(`wrote ${bytesText(bytes)}`);
    return ok(0);
  }),
);
