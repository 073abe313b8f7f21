// What leaves a recording in, the sentences about it out. Next: views/share.
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
