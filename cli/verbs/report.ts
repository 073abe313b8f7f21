// A recording in, what grew in it out, as text, JSON, Markdown or HTML. Next: the user, or a script.
import { resolve } from "node:path";
import * as v from "valibot";
import type { Report } from "../../shared/documents.ts";
import { fail, ok } from "../../shared/failures.ts";
import { filteredReport } from "../filtered.ts";
import type { Terminal } from "../terminal.ts";
import { safe } from "../text/safe.ts";
import { defineVerb, flag, marks } from "../verb.ts";
import { withEngine } from "../with-engine.ts";

const options = v.object({
  mark: v.optional(marks),
  json: flag,
  markdown: flag,
  html: flag,
  filter: v.optional(v.string()),
});
type Format = Pick<v.InferOutput<typeof options>, "json" | "markdown" | "html">;

export const verb = defineVerb(options, async (terminal, [file], format) => {
  const wanted = [format.json, format.markdown, format.html].filter(Boolean);
  if (wanted.length > 1) return fail("usage", { what: "--json, --markdown and --html exclude each other" });
  if (format.html && format.filter !== undefined)
    return fail("usage", { what: "--html shows all rows: it has no --filter" });
  return withEngine(async (engine) => {
    const wished = format.mark === undefined ? {} : { marks: format.mark };
    const report = await engine.call("recording.report", { path: resolve(file ?? ""), ...wished });
    if (!report.ok) return report;
    if (format.filter === undefined) await printReport(terminal, report.value, format);
    else {
      const filtered = filteredReport(report.value, format.filter);
      if (!filtered.ok) return filtered;
      const note = `Filtered by ${format.filter}: ${filtered.value.stays}.`;
      await printReport(terminal, filtered.value.report, format, note);
    }
    return ok(0);
  });
});

/** `note`: nobody should take a part for the whole; a document is told beside itself. */
export async function printReport(terminal: Terminal, report: Report, format: Format, note?: string): Promise<void> {
  if (format.json) {
    if (note !== undefined) terminal.talk(note);
    return terminal.document(report);
  }
  if (format.markdown) {
    const { escapeMarkdown, reportMarkdown } = await import("../../engine/report/markdown.ts");
    return terminal.result(`${reportMarkdown(report)}${note === undefined ? "" : `\n${escapeMarkdown(note)}\n`}`);
  }
  if (format.html) return terminal.result((await import("../../engine/report/html.ts")).reportHtml(report));
  const { reportText } = await import("../../engine/report/text.ts");
  const paint = {
    strong: (text: string) => terminal.style("bold", text),
    dim: (text: string) => terminal.style("dim", text),
  };
  if (note !== undefined) terminal.result(`${safe(note)}\n`);
  terminal.result(reportText(report, paint));
}
