// Counted calls of the C API in, their table out. Used by gil-section.ts, errors-section.ts.
import type { CallRow } from "../../shared/gil-document.ts";
import type { Room, SectionTable } from "./section.ts";
import { whole } from "./words.ts";

export const callTable = (calls: readonly CallRow[], { rows }: Room): SectionTable => ({
  title: "Calls by module",
  header: ["calls", "function", "module"],
  textFrom: 1,
  of: calls.length,
  rows: calls.slice(0, rows).map((row) => [[[whole(row.calls)]], [[{ name: row.function }]], [[{ name: row.module }]]]),
});
