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
