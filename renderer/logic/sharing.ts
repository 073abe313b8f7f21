// What leaves a recording in, the sentences about it out. Next: views/share.
import type { TakenFormat } from "../../shared/export-formats.ts";
import type { RedactionPreview } from "../../shared/library.ts";
import { counted } from "./format.ts";

export function shareHeadline({ of, removed }: Pick<RedactionPreview, "of" | "removed">): string {
  const rows = removed.reduce((sum, row) => sum + row.rows, 0);
  if (of === 0 && rows === 0) return "Nothing private was found to take out";
  const parts = [
    of > 0 && `${counted(of, "text is", "texts are")} replaced`,
    rows > 0 && `${counted(rows, "row", "rows")} left out`,
  ];
  const said = parts.filter(Boolean).join(", ");
  return said.charAt(0).toUpperCase() + said.slice(1);
}

export const kindWords: Readonly<Record<string, readonly [one: string, many: string]>> = {
  path: ["path", "paths"],
  name: ["name", "names"],
  thread: ["name of a thread", "names of threads"],
  text: ["sentence", "sentences"],
  command: ["command line", "command lines"],
};

export const kindSentence = ({ what, of }: { readonly what: string; readonly of: number }): string =>
  counted(of, ...(kindWords[what] ?? [what, what]));

export const takenWords = {
  html: "HTML: the report as one page",
  markdown: "Markdown: the report as text",
  speedscope: "speedscope: stacks",
  pprof: "pprof: stacks",
  collapsed: "collapsed stacks: flamegraph.pl",
  perfetto: "Perfetto: the GIL and memory over time",
  chrome: "Chrome trace: the same for older viewers",
  csv: "CSV: a row a site",
  jsonl: "JSON lines: a row a site",
  parquet: "Parquet: a row a site",
} as const satisfies Record<TakenFormat, string>;
