// A recording and a format in, a file for another tool out. Next: speedscope, ui.perfetto.dev, pprof, a spreadsheet, DuckDB.
import { basename, resolve } from "node:path";
import * as v from "valibot";
import { type ExportDocument, exportContents, exportEndings, exportFormats } from "../../shared/export-formats.ts";
import { ok } from "../../shared/failures.ts";
import { bytesText } from "../text/units.ts";
import { defineVerb, duration, flag } from "../verb.ts";
import { withEngine } from "../with-engine.ts";

const oneOf = <const T extends readonly [string, ...string[]]>(names: T) =>
  v.picklist(names, ({ received }) => `${received} is nothing this version writes; it writes ${names.join(", ")}`);
const given = (what: string) => v.optional(v.pipe(v.string(), v.minLength(1, `give ${what}`)));

const options = v.object({
  format: v.optional(oneOf(exportFormats)),
  what: v.optional(oneOf(exportContents)),
  out: given("a file"),
  from: v.optional(duration),
  to: v.optional(duration),
  build: given("a name"),
  host: given("a name"),
  json: flag,
});
type Chosen = v.InferOutput<typeof options>;
const isTrace = ({ format }: Partial<Pick<Chosen, "format">>) => format === "chrome" || format === "perfetto";

/** Asked for here, because the parser would name the value that is missing `undefined`. */
const checked = v.pipe(
  options,
  v.forward(
    v.partialCheck([["format"]], (row) => row.format !== undefined, `give one of ${exportFormats.join(", ")}`),
    ["format"],
  ),
  v.forward(
    v.partialCheck([["from"], ["to"]], ({ from = 0, to }) => to === undefined || from < to, "it is not after --from"),
    ["to"],
  ),
  v.forward(
    v.partialCheck([["from"], ["format"]], (row) => row.from === undefined || isTrace(row), "only traces have a time"),
    ["from"],
  ),
  v.forward(
    v.partialCheck(
      [["what"], ["format"]],
      (row) => row.what === undefined || !isTrace(row),
      "a trace shows all it has",
    ),
    ["what"],
  ),
);

export const verb = defineVerb(checked, (terminal, [file], { format = "speedscope", ...chosen }) =>
  withEngine(async (engine) => {
    const path = resolve(file ?? "");
    const out = resolve(chosen.out ?? `${basename(path, ".refscope")}${exportEndings[format]}`);
    const written = await engine.work({ kind: "export", path, request: { format, out, ...requestOf(chosen) } });
    if (!written.ok) return written;
    const { bytes } = written.value;
    const document: ExportDocument = { schema: "refscope.export/1", path: written.value.path, format, bytes };
    if (chosen.json) terminal.document(document);
    else terminal.result(written.value.path);
    terminal.talk(`wrote ${bytesText(bytes)}`);
    return ok(0);
  }),
);

function requestOf({ from, to, what, build, host }: Omit<Chosen, "format">) {
  const salt = process.env["REFSCOPE_HOST_SALT"];
  return {
    ...(from === undefined ? {} : { fromMs: from * 1000 }),
    ...(to === undefined ? {} : { toMs: to * 1000 }),
    ...(what === undefined ? {} : { what }),
    ...(build === undefined ? {} : { build }),
    ...(host === undefined ? {} : { host }),
    ...(salt === undefined ? {} : { hostSalt: salt }),
  };
}
