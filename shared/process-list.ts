// A process as the engine tells of it to its doors: a row of `ps --json`, and what else a picker shows. Next: rpc-contract.ts, cli/verbs/ps.ts.
import * as v from "valibot";
import { type ProcessRow, processRow } from "./documents.ts";

export const seenProcess = v.object({
  ...processRow.entries,
  /** The pid of its parent; null where that is not looked at. */
  parent: v.nullable(v.pipe(v.number(), v.integer())),
  /** Of the user that the engine runs as; null where that is not looked at. */
  mine: v.nullable(v.boolean()),
});
export type SeenProcess = v.InferOutput<typeof seenProcess>;

/** What scripts are given of it: they have the fields of their schema and no others. */
export const processRowOf = (seen: SeenProcess): ProcessRow => v.parse(processRow, seen);
