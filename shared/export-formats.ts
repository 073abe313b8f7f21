// The formats that a recording is exported in, and what of it they may show. Used by documents.ts, engine/export, cli/verbs/export.ts.

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
