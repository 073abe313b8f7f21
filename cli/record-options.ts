// The options that `record` and `run` share in, a request of the rpc contract out. Next: verbs/record.ts, run.ts.
import { resolve } from "node:path";
import * as v from "valibot";
import type { RecordingDocument } from "../shared/documents.ts";
import { exitOf, ok, type Result } from "../shared/failures.ts";
import type { RecordRequest } from "../shared/rpc-contract.ts";
import type { Followed } from "./following.ts";
import type { Terminal } from "./terminal.ts";
import { duration, type Ended, flag, size, wholeFrom } from "./verb.ts";

/** Those of the contract that come later are refused by name, not ignored. */
const kinds = ["lifecycle"] as const;
const deepestStack = 32;

const collect = v.pipe(
  v.string(),
  v.transform((text) => text.split(",")),
  v.array(
    v.picklist(
      kinds,
      ({ received }) => `${received} is nothing this version collects; it collects ${kinds.join(", ")}`,
    ),
  ),
);

export const recordOptions = v.object({
  out: v.optional(v.pipe(v.string(), v.minLength(1, "give a file"))),
  for: v.optional(duration),
  frames: v.optional(wholeFrom(1, deepestStack), "1"),
  collect: v.optional(collect, "lifecycle"),
  maxSize: v.optional(size),
  privacy: v.optional(v.picklist(["minimal", "standard", "full"], "choose minimal, standard or full"), "standard"),
  overrideRemoteDebug: flag,
  json: flag,
});
export type RecordOptions = v.InferOutput<typeof recordOptions>;

export const requestOf = (options: RecordOptions): Omit<RecordRequest, "pid"> => ({
  frames: options.frames,
  collect: options.collect,
  privacy: options.privacy,
  ...(options.out === undefined ? {} : { out: resolve(options.out) }),
  ...(options.for === undefined ? {} : { forSeconds: options.for }),
  ...(options.maxSize === undefined ? {} : { maxBytes: options.maxSize }),
  ...(options.overrideRemoteDebug ? { overrideRemoteDebug: true } : {}),
});

/** The path is the result, also of a recording whose target ended early: what was recorded is kept. */
export function finish(followed: Result<Followed>, terminal: Terminal): Ended {
  if (!followed.ok) return followed;
  const { state, stopper } = followed.value;
  if (terminal.options.json) terminal.document(documentOf(followed.value));
  else terminal.result(state.path);
  if (state.ended) terminal.complain(state.ended, false);
  if (stopper !== undefined) return ok(stopper);
  return ok(state.ended ? exitOf(state.ended.code) : 0);
}

function documentOf({ state }: Followed): RecordingDocument {
  const { path, target, seconds, bytes, produced, stored, dropped, ended } = state;
  return { schema: "refscope.recording/1", path, target, seconds, bytes, produced, stored, dropped, ended };
}
