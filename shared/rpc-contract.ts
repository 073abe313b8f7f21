// The doors' commands to the engine: one row a call, from which server and client are derived. The other written contract. Next: engine/rpc.
import * as v from "valibot";
import { mostSampled } from "./agent-protocol.ts";
import { auditRequest } from "./audit-protocol.ts";
import { auditDocument } from "./audit-result.ts";
import { comparisonCalls } from "./comparison-calls.ts";
import { diagnosisDocument, diagnosisState } from "./diagnosis-document.ts";
import {
  errorsReport,
  histories,
  recordingFacts,
  recordingTold,
  report,
  sessionList,
  siteRow,
  targetFacts,
  typeRow,
} from "./documents.ts";
import { verification } from "./evidence-documents.ts";
import { findingCalls } from "./finding-markdown.ts";
import { flameCalls } from "./flame.ts";
import { flowCalls } from "./flow.ts";
import { gilReport } from "./gil-document.ts";
import {
  errorRates,
  errorTimes,
  gilChain,
  gilContention,
  gilDistribution,
  gilHolds,
  gilLanes,
  gilNow,
} from "./gil-views.ts";
import { heapTakes } from "./heap-taken.ts";
import { heapCalls } from "./heap-views.ts";
import { historySteps } from "./history-views.ts";
import { libraryCalls } from "./library.ts";
import { markCalls, wishedMarks } from "./marks.ts";
import { muteCalls } from "./mutes.ts";
import { seenProcess } from "./process-list.ts";
import { remedies, toldDoctor } from "./remedy.ts";
import { sampleDocument } from "./sample-document.ts";
import { settled } from "./settled.ts";
import { sourceCalls } from "./source-lines.ts";
import { survivorCalls } from "./survivors.ts";
import { trendCalls } from "./trends.ts";

const whole = v.pipe(v.number(), v.integer(), v.minValue(0));
const positive = v.pipe(v.number(), v.minValue(0));
const path = v.pipe(v.string(), v.minLength(1), v.maxLength(4096));
const none = v.strictObject({});

/** What this version can collect; `lifecycle` alone when nothing is said. */
export const collectable = ["lifecycle", "gil", "errors"] as const;

/** What is asked of each recording, whoever makes it. */
const ofEachRecording = {
  maxBytes: v.optional(whole),
  privacy: v.optional(v.picklist(["minimal", "standard", "full"])),
  overrideRemoteDebug: v.optional(v.boolean()),
};

/** What a recording is asked to be; the CLI's options are these. */
export const recordRequest = v.strictObject({
  pid: whole,
  out: v.optional(path),
  /** Seconds; without it until `recording.stop` or the target's end. */
  forSeconds: v.optional(positive),
  frames: v.optional(v.pipe(whole, v.maxValue(32))),
  collect: v.optional(v.array(v.picklist(collectable))),
  /** Milliseconds from which a hold of the GIL is a long one. */
  gilThresholdMs: v.optional(v.pipe(v.number(), v.minValue(1), v.maxValue(3_600_000))),
  /** Also what clears or overwrites the error indicator; costs more. */
  errorDetails: v.optional(v.boolean()),
  /** Set when the recording has come to their times. */
  marks: v.optional(wishedMarks),
  ...ofEachRecording,
  /** An extension module whose calls of the C API are followed; nothing else is collected then, unless `collect` says so. */
  audit: v.optional(v.strictObject({ ...auditRequest.entries, guard: v.optional(v.boolean()) })),
  /** Addresses ("0x…") of objects whose reference counts are followed; nothing else is collected then, unless `collect` says so. */
  watch: v.optional(v.array(v.pipe(v.string(), v.regex(/^0x[0-9a-f]{1,16}$/)))),
  /** The next objects made at a site (`FILE:LINE`, `FUNCTION`, `type:NAME`, `TYPE@FILE:LINE`) are followed, 16 when nothing else is said. */
  sample: v.optional(
    v.strictObject({
      site: v.pipe(v.string(), v.minLength(1), v.maxLength(2048)),
      objects: v.optional(v.pipe(whole, v.minValue(1), v.maxValue(mostSampled))),
    }),
  ),
});
export type RecordRequest = v.InferOutput<typeof recordRequest>;

export const loadedModule = v.object({
  /** As Python imports it. */
  name: v.string(),
  path: v.string(),
  /** Of the standard library. */
  standard: v.boolean(),
});
export type LoadedModule = v.InferOutput<typeof loadedModule>;

export const diagnosisRequest = v.strictObject({
  pid: whole,
  out: v.optional(path),
  /** Seconds that it may take in all; 30 when nothing is said. */
  forSeconds: v.optional(v.pipe(positive, v.maxValue(24 * 3600))),
  /** An extension module that is audited in any case. */
  module: v.optional(auditRequest.entries.module),
  /** Of each recording that it makes. */
  ...ofEachRecording,
});
export type DiagnosisParams = v.InferOutput<typeof diagnosisRequest>;

/** A step on the way to a recording, or its end; what the attaching stepper and the progress line show. */
export const phases = ["preflight", "gateway", "inject", "arm", "recording", "stopping", "closed"] as const;
export type Phase = (typeof phases)[number];

export const recordingState = v.object({
  path: v.string(),
  phase: v.picklist(phases),
  /** How long each step took; the last one goes on. */
  steps: v.array(v.object({ phase: v.picklist(phases), ms: v.number() })),
  target: v.nullable(targetFacts),
  seconds: v.number(),
  bytes: whole,
  produced: v.record(v.string(), whole),
  stored: v.record(v.string(), whole),
  dropped: v.record(v.string(), whole),
  /** Events a second over the last second. */
  rate: v.number(),
  /** Since the agent sent something, which it does ten times a second; null before the first time and after the end. */
  heardSeconds: v.nullable(v.number()),
  /** Room left on the disk at the present rate; null while unknown. */
  roomSeconds: v.nullable(v.number()),
  /** Resident memory of the target, as the kernel counts it; null unless it is recorded on this machine now. */
  rssBytes: v.nullable(whole),
  /** It has come to its largest size: the oldest detail made room. */
  trimmed: v.boolean(),
  /** Why it ended, when not because it was asked to. */
  ended: v.nullable(v.object({ code: v.string(), cause: v.string(), fix: v.string() })),
});
export type RecordingState = v.InferOutput<typeof recordingState>;

const range = v.object({ least: v.number(), most: v.number() });

/** One bucket of a time axis. Unknown is null: nothing was drained in it. */
export const bucket = v.object({
  /** Seconds since the recording began. */
  at: v.number(),
  /** At its end. */
  live: v.nullable(v.number()),
  liveBytes: v.nullable(v.number()),
  /** Within it, as far as the parts that were read for it tell. */
  liveRange: v.nullable(range),
  liveBytesRange: v.nullable(range),
  allocated: v.nullable(v.number()),
  freed: v.nullable(v.number()),
});
export type Bucket = v.InferOutput<typeof bucket>;

/** name → what enters and what leaves. `path` names a recording by the path that `sessions` or `recording.start` gave. */
export const rpcContract = {
  "processes.list": { params: none, result: v.object({ processes: v.array(seenProcess) }) },
  "doctor.run": { params: v.strictObject({ pid: v.optional(whole) }), result: toldDoctor },
  /** What its environment decides, and no page. */
  "engine.settled": { params: none, result: v.array(settled) },
  /** The extension modules that a process has loaded. */
  "modules.list": { params: v.strictObject({ pid: whole }), result: v.array(loadedModule) },
  "recording.start": { params: recordRequest, result: recordingState },
  "recording.stop": { params: v.strictObject({ path }), result: recordingState },
  "recording.states": { params: none, result: v.array(recordingState) },
  /** At most `buckets` (≤ 600) equal buckets from the first second to the last. */
  "recording.series": {
    params: v.strictObject({ path, buckets: v.pipe(whole, v.minValue(1), v.maxValue(600)) }),
    result: v.object({ bucketSeconds: v.number(), buckets: v.array(bucket) }),
  },
  "recording.types": {
    params: v.strictObject({ path, limit: v.optional(whole) }),
    /** `steadiness` has one entry a row, as `siteRow` has it. */
    result: v.object({ rows: v.array(typeRow), steadiness: v.array(v.nullable(v.number())), of: whole }),
  },
  "recording.sites": {
    params: v.strictObject({ path, type: v.optional(v.string()), limit: v.optional(whole) }),
    result: v.object({ rows: v.array(siteRow), of: whole }),
  },
  /** Whether the file is what its recorder sealed. */
  "recording.verify": { params: v.strictObject({ path }), result: verification },
  ...flowCalls,
  ...survivorCalls,
  ...trendCalls,
  ...markCalls,
  /** What stands on every screen about a recording; no more of the file is read than that takes. */
  "recording.facts": {
    params: v.strictObject({ path }),
    result: recordingTold,
  },
  /** What is not in it, and whether it is damaged: all of it is read for that. */
  "recording.lacks": { params: v.strictObject({ path }), result: v.pick(recordingFacts, ["status", "notObserved"]) },
  /** With `marks` these are told instead of the recording's own, and none is written. */
  "recording.report": { params: v.strictObject({ path, marks: v.optional(wishedMarks) }), result: report },
  ...comparisonCalls,
  /** Who holds and who waits now; null when the recording is not going on or does not follow the GIL. */
  "gil.now": { params: v.strictObject({ path }), result: v.nullable(gilNow) },
  /** Null when the recording did not collect it; the same for the next ones. */
  "gil.report": { params: v.strictObject({ path }), result: v.nullable(gilReport) },
  /** What each thread did between two times, in at most `buckets` equal parts: one lane a thread. */
  "gil.lanes": {
    params: v.strictObject({
      path,
      fromMs: v.number(),
      toMs: v.number(),
      buckets: v.pipe(whole, v.minValue(1), v.maxValue(8192)),
    }),
    result: v.nullable(gilLanes),
  },
  /** Single holds that overlap a time range, in order; `of` tells how many there are. */
  "gil.holds": {
    params: v.strictObject({
      path,
      fromMs: v.number(),
      toMs: v.number(),
      limit: v.pipe(whole, v.minValue(1), v.maxValue(20_000)),
    }),
    result: v.nullable(gilHolds),
  },
  /** The chain of blame from one hold back; `atMs` is a time at which it was held. Null where there is no such hold. */
  "gil.chain": {
    params: v.strictObject({ path, hold: whole, atMs: v.number() }),
    result: v.nullable(gilChain),
  },
  /** Histograms of holds and waits, and the contention over time, of a time range. */
  "gil.distribution": {
    params: v.strictObject({ path, fromMs: v.optional(v.number()), toMs: v.optional(v.number()) }),
    result: v.nullable(gilDistribution),
  },
  /** How much was held and waited over time, in at most `buckets` equal parts. */
  "gil.contention": {
    params: v.strictObject({ path, buckets: v.pipe(whole, v.minValue(1), v.maxValue(600)) }),
    result: v.nullable(gilContention),
  },
  "errors.report": { params: v.strictObject({ path }), result: v.nullable(errorsReport) },
  /** When each of the report's rows was raised first and last, and the newest errors one by one. */
  "errors.times": { params: v.strictObject({ path }), result: v.nullable(errorTimes) },
  "errors.series": {
    params: v.strictObject({ path, buckets: v.pipe(whole, v.minValue(1), v.maxValue(600)) }),
    result: v.nullable(errorRates),
  },
  /** Null when the recording followed no object. At most `limit` events an object, the newest. */
  "history.report": {
    params: v.strictObject({ path, limit: v.optional(whole) }),
    result: v.nullable(histories),
  },
  /** The whole history of each followed object in at most `points` points. */
  "history.steps": {
    params: v.strictObject({ path, points: v.pipe(whole, v.minValue(4), v.maxValue(600)) }),
    result: v.nullable(historySteps),
  },
  /** Null when the recording followed no sample. At most `limit` events of the typical object. */
  "sample.report": {
    params: v.strictObject({ path, limit: v.optional(whole) }),
    result: v.nullable(sampleDocument),
  },
  /** Null when the recording audited no module. */
  "audit.report": { params: v.strictObject({ path }), result: v.nullable(auditDocument) },
  /** One at a time a process. Its verdict is kept in the recording at `path` of the state. */
  "diagnosis.start": { params: diagnosisRequest, result: diagnosisState },
  /** Goes on for a while to be told after its end. */
  "diagnosis.state": { params: v.strictObject({ path }), result: diagnosisState },
  /** With what is known by then it ends. */
  "diagnosis.stop": { params: v.strictObject({ path }), result: diagnosisState },
  /** Of a recording: the verdict that it keeps, else what it shows by itself. */
  "diagnosis.report": { params: v.strictObject({ path }), result: diagnosisDocument },
  ...heapTakes,
  ...heapCalls,
  ...flameCalls,
  ...sourceCalls,
  ...findingCalls,
  ...muteCalls,
  ...libraryCalls,
  "sessions.list": { params: none, result: sessionList },
} as const;

export type RpcName = keyof typeof rpcContract;
export type RpcParams<N extends RpcName> = v.InferInput<(typeof rpcContract)[N]["params"]>;
export type RpcResult<N extends RpcName> = v.InferOutput<(typeof rpcContract)[N]["result"]>;

/** Frames of the WebSocket and MessagePort: a request, and its answer with the same id. */
export const rpcRequest = v.strictObject({ id: whole, method: v.string(), params: v.unknown() });
export const rpcResponse = v.variant("ok", [
  v.strictObject({ id: whole, ok: v.literal(true), result: v.unknown() }),
  v.strictObject({
    id: whole,
    ok: v.literal(false),
    error: v.strictObject({ code: v.string(), cause: v.string(), fix: v.string(), remedies: v.optional(remedies) }),
  }),
]);
export type RpcResponse = v.InferOutput<typeof rpcResponse>;
