// The JSON documents that others script against, as schemas; docs/schemas/ is generated from them. Next: engine/analysis fills them, doors print them.
import * as v from "valibot";
import { finding, referencesReport } from "./audit-document.ts";
import { codeFrame } from "./frame.ts";
import { callRow, gilReport, longHold } from "./gil-document.ts";
import { gilNow } from "./gil-views.ts";
import { keptVerdict } from "./kept-verdict.ts";
import { intervals, mark } from "./marks.ts";
import { domains } from "./records.ts";

const whole = v.pipe(v.number(), v.integer());
const counts = v.record(v.string(), whole);

export const frame = codeFrame;
export type Frame = v.InferOutput<typeof frame>;

export const typeRow = v.object({
  type: v.string(),
  live: whole,
  liveBytes: whole,
  allocated: whole,
  freed: whole,
  growthPerSecond: v.number(),
});
export type TypeRow = v.InferOutput<typeof typeRow>;

/** `type` is null for memory that is no Python object; `domain` tells which allocator it came from. */
export const siteRow = v.object({
  type: v.nullable(v.string()),
  domain: v.picklist(domains),
  frames: v.array(frame),
  live: whole,
  liveBytes: whole,
  allocated: whole,
  freed: whole,
  growthPerSecond: v.number(),
  bytesPerSecond: v.number(),
  /** Part of the intervals after warm-up in which the live bytes grew, 0 to 1; null when the recording is too short to say. */
  steadiness: v.nullable(v.number()),
});
export type SiteRow = v.InferOutput<typeof siteRow>;

export const recordingFacts = v.object({
  startedAt: v.string(),
  seconds: v.number(),
  /** closed: finished in order. recovered: its recorder ended early; everything up to the last batch is there. */
  status: v.picklist(["recording", "closed", "recovered"]),
  collected: v.array(v.string()),
  produced: counts,
  stored: counts,
  dropped: counts,
  notObserved: v.array(v.string()),
});
export const targetFacts = v.object({
  pid: whole,
  executable: v.string(),
  command: v.string(),
  python: v.string(),
  build: v.array(v.string()),
  platform: v.string(),
});
export type TargetFacts = v.InferOutput<typeof targetFacts>;
export type RecordingFacts = v.InferOutput<typeof recordingFacts>;

export const raisedRow = v.object({
  type: v.string(),
  count: whole,
  perSecond: v.number(),
  /** Of the first one; null below privacy `full`. */
  message: v.nullable(v.string()),
  frames: v.array(frame),
  /** Raised while another exception was being handled. */
  chained: whole,
});
export type RaisedRow = v.InferOutput<typeof raisedRow>;

export type Finding = v.InferOutput<typeof finding>;

export const errorsReport = v.object({
  raised: v.array(raisedRow),
  findings: v.array(finding),
  calls: v.array(callRow),
});
export type ErrorsReport = v.InferOutput<typeof errorsReport>;

/** `gil`, `errors` and `references` come with what collects them, `diagnosis` with `diagnose`; a document without them did not collect them. */
/** A report without what was counted. */
export const recordingTold = v.object({
  target: targetFacts,
  recording: recordingFacts,
  diagnosis: v.nullable(keptVerdict),
});
export type RecordingTold = v.InferOutput<typeof recordingTold>;

export const report = v.object({
  schema: v.literal("refscope.report/1"),
  target: targetFacts,
  recording: recordingFacts,
  lifecycle: v.object({ types: v.array(typeRow), sites: v.array(siteRow) }),
  gil: v.optional(gilReport),
  errors: v.optional(errorsReport),
  references: v.optional(referencesReport),
  diagnosis: v.optional(keptVerdict),
  marks: v.optional(v.array(mark)),
  intervals: v.optional(intervals),
});
export type Report = v.InferOutput<typeof report>;

export const errorDocument = v.object({
  schema: v.literal("refscope.error/1"),
  code: v.string(),
  cause: v.string(),
  fix: v.string(),
});
export type ErrorDocument = v.InferOutput<typeof errorDocument>;

export const processRow = v.object({
  pid: whole,
  name: v.string(),
  command: v.string(),
  python: v.nullable(v.string()),
  build: v.array(v.string()),
  user: v.string(),
  rssBytes: v.nullable(whole),
  startedAt: v.nullable(v.string()),
  /** Null where nothing was looked at: a process behind a device. */
  attachable: v.nullable(v.boolean()),
  /** Code and sentence of the first check that says no; null when attachable. */
  reason: v.nullable(v.object({ code: v.string(), cause: v.string(), fix: v.string() })),
});
export type ProcessRow = v.InferOutput<typeof processRow>;
export const processList = v.object({ schema: v.literal("refscope.ps/1"), processes: v.array(processRow) });

export const check = v.object({
  name: v.string(),
  /** Unknown: an earlier check failed, so this one was not tried. */
  outcome: v.picklist(["passed", "failed", "unknown"]),
  detail: v.string(),
  code: v.nullable(v.string()),
  fix: v.nullable(v.string()),
});
export type Check = v.InferOutput<typeof check>;
export const doctorDocument = v.object({
  schema: v.literal("refscope.doctor/1"),
  pid: v.nullable(whole),
  attachable: v.nullable(v.boolean()),
  checks: v.array(check),
});

export const sessionRow = v.object({
  path: v.string(),
  name: v.string(),
  status: v.picklist(["recording", "closed", "recovered", "unreadable"]),
  startedAt: v.nullable(v.string()),
  seconds: v.nullable(v.number()),
  target: v.nullable(v.string()),
  python: v.nullable(v.string()),
  build: v.nullable(v.array(v.string())),
  bytes: whole,
  produced: v.nullable(whole),
  dropped: v.nullable(whole),
  /** A stranger's: it is read in a process of its own. */
  foreign: v.boolean(),
  problem: v.nullable(v.string()),
});
export type SessionRow = v.InferOutput<typeof sessionRow>;
export const sessionList = v.object({ schema: v.literal("refscope.sessions/1"), sessions: v.array(sessionRow) });

/** What `record` and `run` wrote; the file itself is read with `report`. */
export const recordingDocument = v.object({
  schema: v.literal("refscope.recording/1"),
  path: v.string(),
  target: v.nullable(targetFacts),
  seconds: v.number(),
  bytes: whole,
  produced: counts,
  stored: counts,
  dropped: counts,
  /** Why it ended, when not because it was asked to. */
  ended: v.nullable(v.object({ code: v.string(), cause: v.string(), fix: v.string() })),
});
export type RecordingDocument = v.InferOutput<typeof recordingDocument>;

/** One second of `top`. What the recording does not collect, or no batch has told yet, is null. */
export const topDocument = v.object({
  schema: v.literal("refscope.top/1"),
  target: v.nullable(targetFacts),
  seconds: v.number(),
  eventsPerSecond: v.number(),
  dropped: whole,
  /** The fastest growing ones first. */
  types: v.nullable(v.array(typeRow)),
  gil: v.nullable(v.object({ ...gilNow.entries, longest: v.nullable(longHold) })),
  /** Raised since the document before, the most frequent first. */
  errors: v.nullable(
    v.array(v.object({ type: v.string(), frames: v.array(frame), perSecond: v.number(), count: whole })),
  ),
});
export type TopDocument = v.InferOutput<typeof topDocument>;

/** What `watch` tells of one object. */
export const historyEvent = v.object({
  /** Milliseconds since the recording began. */
  t: v.number(),
  delta: whole,
  /** After the change. */
  refcount: whole,
  threadId: whole,
  /** The innermost one; null where no Python code ran. */
  python: v.nullable(frame),
  /** The function that wrote first, then its callers, up to the evaluator of Python code. */
  native: v.array(
    v.object({
      module: v.string(),
      function: v.nullable(v.string()),
      file: v.nullable(v.string()),
      line: v.nullable(whole),
    }),
  ),
});
export type HistoryEvent = v.InferOutput<typeof historyEvent>;
export const history = v.object({
  schema: v.literal("refscope.history/1"),
  object: v.object({ address: v.string(), type: v.string() }),
  /** Every change from the first moment to the last is among the events. */
  complete: v.boolean(),
  dropped: whole,
  events: v.array(historyEvent),
  /** By the innermost function of an extension on the stack; what the interpreter does by itself is one row. */
  net: v.array(v.object({ module: v.string(), function: v.string(), delta: whole })),
  freed: v.boolean(),
});
export type History = v.InferOutput<typeof history>;
/** Of several objects, each one's. */
export const histories = v.object({ schema: v.literal("refscope.histories/1"), histories: v.array(history) });
export type Histories = v.InferOutput<typeof histories>;
