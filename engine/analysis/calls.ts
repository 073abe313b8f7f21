// Counted calls of the C API in; those on one subject, the most frequent first, out. Next: gil.ts, errors.ts.
import type { CallRow } from "../../shared/gil-document.ts";
import type { CallTotals } from "../store/error-reader.ts";

const subjects = {
  gil: /^_?Py(?:GILState_|Eval_)/,
  errors: /^_?PyErr_/,
} as const;

export function callRows(totals: readonly CallTotals[], subject: keyof typeof subjects): CallRow[] {
  return totals
    .filter((row) => row.calls > 0 && subjects[subject].test(row.function))
    .map(({ module, function: name, calls }) => ({ module, function: name, calls }))
    .sort((a, b) => b.calls - a.calls);
}
