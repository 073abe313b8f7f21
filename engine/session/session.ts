// A request in, a running recording out, or a refusal with the target as it was: preflight → gateway → inject → arm → record,
// in this order from top to bottom. Next: recording.ts runs it to its end.
import { accessSync, constants } from "node:fs";
import { dirname } from "node:path";
import { type ArmRequest, mostWatched, type SampleSite } from "../../shared/agent-protocol.ts";
import type { TargetFacts } from "../../shared/documents.ts";
import { fail, failed, failure, ok, type Result } from "../../shared/failures.ts";
import type { collectable, RecordRequest } from "../../shared/rpc-contract.ts";
import {
  bytes,
  type Pid,
  seconds,
  pid as toPid,
  type VersionHex,
  versionHex,
  versionText,
} from "../../shared/units.ts";
import type { Gateway } from "../gateway/gateway.ts";
import { preflight } from "../preflight/preflight.ts";
import { defaultThresholdMs, openRecorder, type Recorder } from "../recorder/recorder.ts";
import { type AgentFiles, readAgentFiles } from "./agent-files.ts";
import { type Armed, arm } from "./arm.ts";
import { Inbox } from "./inbox.ts";
import { inject, takenBack } from "./inject.ts";
import { yieldToTarget } from "./modest.ts";
import { PhaseClock } from "./phases.ts";
import { Recording, type RunningRecording } from "./recording.ts";
import { parseSite } from "./sample-site.ts";
import { type SourceFiles, sourceFiles } from "./source-files.ts";

/** A request whose file is decided. */
export type SessionRequest = RecordRequest & { readonly out: string };
export interface SessionOptions {
  readonly gateway: () => Promise<Result<Gateway>>;
  readonly clock?: PhaseClock;
  /** Between two steps it is looked at: what was done is taken back then. */
  readonly cancelled?: AbortSignal;
  /** Said in the recording, for what only the caller knows. */
  readonly notObserved?: readonly string[];
  /** The target's own end is the end that is expected. */
  readonly endsWithTarget?: boolean;
  /** Another agent than the built one. */
  readonly agent?: () => Result<AgentFiles>;
}

const defaultFrames = 1;
const privacyOf = (request: RecordRequest) => request.privacy ?? "standard";
const watches = ({ watch = [], sample }: RecordRequest): boolean => watch.length > 0 || sample !== undefined;
/** Objects of a sample when nothing is said. */
const defaultObjects = 16;
const objectsOf = ({ watch = [], sample }: RecordRequest): number =>
  sample === undefined ? watch.length : (sample.objects ?? defaultObjects);
const followsSomethingElse = (request: RecordRequest): boolean => watches(request) || request.audit !== undefined;
const collectedOf = (request: RecordRequest) =>
  request.collect ?? (followsSomethingElse(request) ? [] : ["lifecycle" as const]);

function armRequestOf(request: RecordRequest, site: SampleSite | undefined): ArmRequest {
  const collects = (what: (typeof collectable)[number]) => collectedOf(request).includes(what);
  return {
    frames: request.frames ?? defaultFrames,
    lifecycle: collects("lifecycle"),
    nativeMemory: collects("lifecycle"),
    gil: collects("gil"),
    gilThresholdMs: request.gilThresholdMs ?? defaultThresholdMs,
    errors: collects("errors"),
    errorDetails: request.errorDetails ?? false,
    errorMessages: privacyOf(request) === "full",
    ...(request.watch === undefined ? {} : { watch: request.watch }),
    ...(site === undefined ? {} : { sample: { ...site, objects: objectsOf(request) } }),
    ...(request.audit === undefined
      ? {}
      : { audit: { module: request.audit.module, guard: request.audit.guard ?? false } }),
  };
}

export async function startRecording(
  request: SessionRequest,
  options: SessionOptions,
): Promise<Result<RunningRecording>> {
  const { clock = new PhaseClock(), cancelled } = options;
  clock.enter("preflight");
  const prepared = await prepare(request, options.agent ?? readAgentFiles);
  if (!prepared.ok) return prepared;
  if (cancelled?.aborted) return fail("cancelled", { pid: request.pid, left: untouched });
  const { pid, files, versionInFile, site } = prepared.value;

  yieldToTarget();
  clock.enter("gateway");
  const gateway = await options.gateway();
  if (!gateway.ok) return gateway;
  if (cancelled?.aborted) return fail("cancelled", { pid, left: untouched });

  clock.enter("inject");
  const inbox = new Inbox();
  const injected = await inject(gateway.value, { pid, versionHex: versionInFile }, files.source, inbox);
  if (!injected.ok) return injected;
  const { session, script, found } = injected.value;
  if (cancelled?.aborted) return await takenBack(session, script, failure("cancelled", { pid, left: unhooked }));

  clock.enter("arm");
  const armed = await arm(pid, injected.value, armRequestOf(request, site), files.core);
  if (!armed.ok) return await takenBack(session, script, armed.failure);
  if (cancelled?.aborted) return await takenBack(session, script, failure("cancelled", { pid, left: hooksRemoved }));

  const target = { ...prepared.value.facts, python: versionText(versionHex(found.versionHex)) };
  const sources = sourceFiles(pid);
  const recorder = record(request, target, [...armed.value.notObserved, ...(options.notObserved ?? [])], sources);
  if (!recorder.ok) sources.close();
  if (!recorder.ok) return await takenBack(session, script, recorder.failure);
  const parts = {
    path: request.out,
    target,
    session,
    script,
    inbox,
    recorder: recorder.value,
    sources,
    clock,
    names: privacyOf(request) !== "minimal",
  };
  return ok(new Recording({ ...parts, ...endings(request, options) }));
}

const untouched = "Nothing was changed yet";
const unhooked = "No hook was installed yet, and the agent has left";
const hooksRemoved = "The hooks were removed, and the agent has left";

interface Prepared {
  readonly pid: Pid;
  readonly facts: TargetFacts;
  readonly versionInFile: VersionHex;
  readonly files: AgentFiles;
  readonly site: SampleSite | undefined;
}

/** Everything that can say no before the target is touched. */
async function prepare(request: SessionRequest, agent: () => Result<AgentFiles>): Promise<Result<Prepared>> {
  const pid = toPid(request.pid);
  const given = request.watch?.length ?? 0;
  if (given > mostWatched) return fail("too-many-objects", { given, most: mostWatched });
  if (given > 0 && request.sample) return fail("usage", { what: "give addresses of objects or a site, not both" });
  const site = request.sample && parseSite(request.sample.site);
  if (site && !site.ok) return site;
  const { failure: refusal, target } = await preflight(pid, overriding(request));
  if (refusal) return failed(refusal);
  if (!target) return fail("not-python", { pid, name: "unknown" });
  const writable = mayWrite(request.out);
  if (!writable.ok) return writable;
  const files = agent();
  if (!files.ok) return files;
  const { versionHex: versionInFile, ...facts } = target;
  return ok({ pid, facts, versionInFile, files: files.value, site: site?.value });
}

const endings = (request: SessionRequest, options: SessionOptions) => ({
  rolling: request.maxBytes !== undefined,
  objects: objectsOf(request),
  forSeconds: request.forSeconds === undefined ? undefined : seconds(request.forSeconds),
  endsWithTarget: options.endsWithTarget ?? false,
  marks: request.marks ?? [],
});

export const overriding = ({ overrideRemoteDebug }: Pick<RecordRequest, "overrideRemoteDebug">) =>
  overrideRemoteDebug === undefined ? {} : { overrideRemoteDebug };

/** Only now: a refusal before must not replace a recording that is there. */
function record(
  request: SessionRequest,
  target: TargetFacts,
  notObserved: Armed["notObserved"],
  sources: SourceFiles,
): Result<Recorder> {
  const opened = openRecorder({
    path: request.out,
    target,
    collected: [
      ...collectedOf(request),
      ...(watches(request) ? ["history"] : []),
      ...(request.audit === undefined ? [] : ["references"]),
    ],
    ...(request.audit === undefined ? {} : { audit: request.audit }),
    ...(request.sample === undefined ? {} : { sample: { site: request.sample.site, objects: objectsOf(request) } }),
    startedAt: new Date(),
    privacy: privacyOf(request),
    readSource: sources.read,
    gilThresholdMs: request.gilThresholdMs ?? defaultThresholdMs,
    ...(collectedOf(request).includes("errors") ? { errorDetails: request.errorDetails ?? false } : {}),
    ...(request.maxBytes === undefined ? {} : { maxBytes: bytes(request.maxBytes) }),
  });
  if (opened.ok) for (const sentence of notObserved) opened.value.note(sentence);
  return opened;
}

/** Asked before the target is touched; the recorder asks again. */
function mayWrite(path: string): Result<void> {
  try {
    accessSync(dirname(path), constants.W_OK | constants.X_OK);
    return ok(undefined);
  } catch (error) {
    return fail("cannot-write", { path, why: error instanceof Error ? error.message : String(error) });
  }
}
