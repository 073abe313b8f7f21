// The options that `record` and `run` share in, a request of the rpc contract out. Next: verbs/record.ts, run.ts.
import { resolve } from "node:path";
import * as v from "valibot";
import type { RecordingDocument } from "../shared/documents.ts";
import { exitOf, ok, type Result } from "../shared/failures.ts";
import type { WishedMark } from "../shared/marks.ts";
import { collectable, type RecordRequest } from "../shared/rpc-contract.ts";
import type { Followed } from "./following.ts";
import type { Terminal } from "./terminal.ts";
import { safe } from "./text/safe.ts";
import { duration, type Ended, flag, marks, size, wholeFrom } from "./verb.ts";
import { deviceOptions } from "./with-device.ts";

const deepestStack = 32;

/** What the contract names for later is refused by name, not ignored. */
const collect = v.pipe(
  v.string(),
  v.transform((text) => text.split(",")),
  v.array(
    v.picklist(
      collectable,
      ({ received }) => `${received} is nothing this version collects; it collects ${collectable.join(", ")}`,
    ),
  ),
);

const threshold = v.pipe(
  duration,
  v.minValue(0.001, "give at least 1ms"),
  v.maxValue(3600, "give at most 1h"),
  v.transform((seconds) => seconds * 1000),
);

/** What is recorded; `top` has these too. */
const what = (collected: string) => ({
  out: v.optional(v.pipe(v.string(), v.minLength(1, "give a file"))),
  for: v.optional(duration),
  frames: v.optional(wholeFrom(1, deepestStack), "1"),
  collect: v.optional(collect, collected),
  gilThreshold: v.optional(threshold),
  errorDetails: flag,
  overrideRemoteDebug: flag,
  ...deviceOptions,
  json: flag,
});

/** An option for what is not collected would do nothing. */
interface Given {
  readonly collect: readonly string[];
  readonly gilThreshold?: number | undefined;
  readonly errorDetails: boolean;
}
const thresholdIsUsed = ({ collect, gilThreshold }: Given) => gilThreshold === undefined || collect.includes("gil");
const detailsAreUsed = ({ collect, errorDetails }: Given) => !errorDetails || collect.includes("errors");

export const recordOptions = v.pipe(
  v.object({
    ...what("lifecycle"),
    maxSize: v.optional(size),
    mark: v.optional(marks),
    privacy: v.optional(v.picklist(["minimal", "standard", "full"], "choose minimal, standard or full"), "standard"),
  }),
  v.forward(
    v.check((given) => thresholdIsUsed(given), "it needs --collect gil"),
    ["gilThreshold"],
  ),
  v.forward(
    v.check((given) => detailsAreUsed(given), "it needs --collect errors"),
    ["errorDetails"],
  ),
);
export const topOptions = v.pipe(
  v.object(what("lifecycle,gil,errors")),
  v.forward(
    v.check((given) => thresholdIsUsed(given), "it needs --collect gil"),
    ["gilThreshold"],
  ),
  v.forward(
    v.check((given) => detailsAreUsed(given), "it needs --collect errors"),
    ["errorDetails"],
  ),
);
export type RecordOptions = v.InferOutput<typeof recordOptions>;
export type TopOptions = v.InferOutput<typeof topOptions>;

export const requestOf = (options: RecordOptions): Omit<RecordRequest, "pid"> => ({
  ...commonRequestOf(options),
  privacy: options.privacy,
  ...(options.maxSize === undefined ? {} : { maxBytes: options.maxSize }),
  ...(options.mark === undefined ? {} : { marks: options.mark }),
});

export const commonRequestOf = (options: TopOptions): Omit<RecordRequest, "pid"> => ({
  frames: options.frames,
  collect: options.collect,
  ...(options.out === undefined ? {} : { out: resolve(options.out) }),
  ...(options.for === undefined ? {} : { forSeconds: options.for }),
  ...(options.gilThreshold === undefined ? {} : { gilThresholdMs: options.gilThreshold }),
  ...(options.errorDetails ? { errorDetails: true } : {}),
  ...(options.overrideRemoteDebug ? { overrideRemoteDebug: true } : {}),
});

/** Marks that the recording did not come to. */
export function tellMissed(
  followed: Result<Followed>,
  marks: readonly WishedMark[] | undefined,
  terminal: Terminal,
): void {
  if (!followed.ok) return;
  const { seconds } = followed.value.state;
  for (const { at, name } of marks ?? [])
    if (at > seconds)
      terminal.talk(`the mark at ${at} s${name === undefined ? "" : ` (${safe(name)})`} was not come to`);
}

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
