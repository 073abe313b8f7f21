// A format in, how its files are named out. Next: desk.ts asks where to, menu.ts lists them.
import type { ExportFormat } from "../shared/export-formats.ts";

export const exportEnding: Readonly<Record<ExportFormat, string>> = {
  speedscope: ".speedscope.json",
  chrome: ".trace.json",
  perfetto: ".pftrace",
  collapsed: ".collapsed.txt",
  pprof: ".pb.gz",
  csv: ".csv",
  jsonl: ".jsonl",
  parquet: ".parquet",
};
