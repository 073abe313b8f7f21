// The JSON documents that others script against, as schemas; docs/schemas/ is generated from them. Next: engine/analysis fills them, doors print them.
import * as v from "valibot";
import { domains } from "./records.ts";

const whole = v.pipe(v.number(), v.integer());
const counts = v.record(v.string(), whole);

export const frame = v.object({ function: v.string(), file: v.string(), line: v.nullable(whole) });
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

/** `gil`, `errors` and `references` come with what collects them; a document without them did not collect them. */
export const report = v.object({
  schema: v.literal("refscope.report/1"),
  target: targetFacts,
  recording: recordingFacts,
  lifecycle: v.object({ types: v.array(typeRow), sites: v.array(siteRow) }),
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
  attachable: v.boolean(),
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
export type DoctorDocument = v.InferOutput<typeof doctorDocument>;

export const sessionRow = v.object({
  path: v.string(),
  name: v.string(),
  status: v.picklist(["recording", "closed", "recovered", "unreadable"]),
  startedAt: v.nullable(v.string()),
  seconds: v.nullable(v.number()),
  target: v.nullable(v.string()),
  python: v.nullable(v.string()),
  bytes: whole,
  dropped: v.nullable(whole),
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
