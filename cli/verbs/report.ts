// A recording in, what grew in it out, as text, JSON, Markdown or HTML. Next: the user, or a script.
import { resolve } from "node:path";
import * as v from "valibot";
import type { Report } from "../../shared/documents.ts";
import { fail, ok } from "../../shared/failures.ts";
import type { Terminal } from "../terminal.ts";
import { defineVerb, flag, marks } from "../verb.ts";
import { withEngine } from "../with-engine.ts";

const options = v.object({ mark: v.optional(marks), json: flag, markdown: flag, html: flag });
type Format = Pick<v.InferOutput<typeof options>, "json" | "markdown" | "html">;

export const verb = defineVerb(options, async (terminal, [file], format) => {
  const wanted = [format.json, format.markdown, format.html].filter(Boolean);
  if (wanted.length > 1) return fail("usage", { what: "--json, --markdown and --html exclude each other" });
  return withEngine(async (engine) => {
    const wished = format.mark === undefined ? {} : { marks: format.mark };
    const report = await engine.call("recording.report", { path: resolve(file ?? ""), ...wished });
    if (!report.ok) return report;
    await printReport(terminal, report.value, format);
    return ok(0);
  });
});

export async function printReport(terminal: Terminal, report: Report, format: Format): Promise<void> {
  if (format.json) return terminal.document(report);
  if (format.markdown) return terminal.result((await import("../../engine/report/markdown.ts")).reportMarkdown(report));
  if (format.html) return terminal.result((await import("../../engine/report/html.ts")).reportHtml(report));
  const { reportText } = await import("../../engine/report/text.ts");
  const paint = {
    strong: (text: string) => terminal.style("bold", text),
    dim: (text: string) => terminal.style("dim", text),
  };
  terminal.result(reportText(report, paint));
}
