// The formats that a recording is exported in, and what of it they may show. Used by engine/export, cli/verbs/export.ts.
import * as v from "valibot";

export const exportFormats = [
  "speedscope",
  "chrome",
  "perfetto",
  "collapsed",
  "pprof",
  "csv",
  "jsonl",
  "parquet",
] as const;
export type ExportFormat = (typeof exportFormats)[number];

/** How a file of a format is named. */
export const exportEndings = {
  speedscope: ".speedscope.json",
  chrome: ".trace.json",
  perfetto: ".perfetto-trace",
  collapsed: ".collapsed.txt",
  pprof: ".pb.gz",
  csv: ".csv",
  jsonl: ".jsonl",
  parquet: ".parquet",
} as const satisfies Record<ExportFormat, string>;

/** The report as a file: a page that loads nothing and runs nothing, or text. */
export const reportEndings = { html: ".html", markdown: ".md" } as const;
export const takenFormats = [...exportFormats, "html", "markdown"] as const;
export type TakenFormat = (typeof takenFormats)[number];

/** alive: what is there at the end; allocated: all that was made; gil: who held it; errors: what was raised. */
export const exportContents = ["alive", "allocated", "gil", "errors"] as const;
export type ExportContent = (typeof exportContents)[number];

/** What `export` wrote. */
export const exportDocument = v.object({
  schema: v.literal("refscope.export/1"),
  path: v.string(),
  format: v.picklist(exportFormats),
  bytes: v.pipe(v.number(), v.integer()),
});
export type ExportDocument = v.InferOutput<typeof exportDocument>;
