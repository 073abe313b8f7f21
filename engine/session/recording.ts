// An armed target and an open recorder in; runs until it is asked to stop, the time is over, the target goes or the disk is full,
// and always leaves a closed file. Next: engine.ts shows its state.
import * as v from "valibot";
import { agentCalls, type DisarmReply, disarmReply, silenceMs } from "../../shared/agent-protocol.ts";
import type { TargetFacts } from "../../shared/documents.ts";
import { type Failure, fail, failure, type Result } from "../../shared/failures.ts";
import type { HeapTaken, HeapTakeRequest } from "../../shared/heap-taken.ts";
import type { WishedMark } from "../../shared/marks.ts";
import type { RawBatch } from "../../shared/records.ts";
import type { RecordingState } from "../../shared/rpc-contract.ts";
import { milliseconds, type Seconds } from "../../shared/units.ts";
import { detachFailure } from "../gateway/detach-reason.ts";
import type { DetachReason, GatewayScript, GatewaySession } from "../gateway/gateway.ts";
import { within } from "../gateway/limits.ts";
import type { MarkChange } from "../marks/edit.ts";
import { markLive, PlannedMarks } from "../marks/live-marks.ts";
import { auditPlaces } from "../recorder/audit-recorder.ts";
import type { Definitions } from "../recorder/definitions.ts";
import { changePlaces } from "../recorder/history-recorder.ts";
import type { Recorder } from "../recorder/recorder.ts";
import { takeHeap } from "./heap-take.ts";
import { Heartbeat } from "./heartbeat.ts";
import type { Inbox } from "./inbox.ts";
import { ModuleAbi } from "./module-abi.ts";
import { NativeLines } from "./native-lines.ts";
import { NativeNames } from "./native-names.ts";
import type { PhaseClock } from "./phases.ts";
import { release } from "./release.ts";
import type { SourceFiles } from "./source-files.ts";
import { recordingState } from "./state.ts";

export interface RunningRecording {
  readonly path: string;
  state(): RecordingState;
  /** Stores a snapshot of the target's heap; one at a time. */
  takeHeap(request: HeapTakeRequest): Promise<Result<HeapTaken>>;
  /** Changes its marks; undefined when it has ended. */
  mark(change: MarkChange): Promise<Result<void> | undefined>;
  /** Stops in order. Asked again meanwhile: the target is let go without waiting for its last batch. */
  stop(): Promise<RecordingState>;
  /** However it ends. */
  readonly ended: Promise<RecordingState>;
}
export interface RecordingParts {
  readonly path: string;
  readonly target: TargetFacts;
  readonly session: GatewaySession;
  readonly script: GatewayScript;
  readonly inbox: Inbox;
  readonly recorder: Recorder;
  readonly sources: SourceFiles;
  readonly clock: PhaseClock;
  /** Names of variables may be kept. */
  readonly names: boolean;
  readonly rolling: boolean;
  readonly forSeconds: Seconds | undefined;
  /** So many are followed in all. */
  readonly objects: number;
  /** The target's own end is the end that is expected. */
  readonly endsWithTarget: boolean;
  /** Set when their times have come. */
  readonly marks: readonly WishedMark[];
}

const disarmLimit = milliseconds(10_000);
/** The last batch is sent before disarm answers; this is only for a target that ends in between. */
const lastBatchLimit = milliseconds(2_000);
/** Reading the debug information of a large module takes seconds; nothing is hooked by then. */
const linesLimit = milliseconds(10_000);

/** All objects that were followed are freed, and nothing else is recorded. */
const nothingIsLeft = ({ watched }: RawBatch, recorder: Recorder, objects: number): boolean =>
  watched.length > 0 &&
  watched.length >= objects &&
  watched.every(({ state }) => state === "freed" || state === "reused") &&
  recorder.state().collected.every((kind) => kind === "history");

export class Recording implements RunningRecording {
  readonly #parts: RecordingParts;
  readonly #names: NativeNames;
  readonly #lines: NativeLines;
  readonly #abi: ModuleAbi;
  readonly #marks: PlannedMarks;
  readonly #heartbeat: Heartbeat;
  readonly #timer: NodeJS.Timeout | undefined;
  readonly #ended = Promise.withResolvers<RecordingState>();
  readonly #hurry = Promise.withResolvers<undefined>();
  #stopping = false;
  #snapshots = 0;
  #snapshot: Promise<unknown> = Promise.resolve();
  #why: Failure | undefined;
  /** When the last batch came. */
  #heard: number | undefined;
  #final: RecordingState | undefined;

  constructor(parts: RecordingParts) {
    this.#parts = parts;
    const { inbox, recorder, script, session, clock, forSeconds } = parts;
    this.#names = new NativeNames(session.pid);
    this.#lines = new NativeLines(session.pid, recorder);
    this.#abi = new ModuleAbi(session.pid, parts.target.python, (module) => recorder.abi(module));
    this.#marks = new PlannedMarks(parts.marks);
    this.#heartbeat = new Heartbeat((beat) => script.post(beat));
    this.#timer = forSeconds === undefined ? undefined : setTimeout(() => void this.stop(), forSeconds * 1000);
    void session.detached.then((reason) => this.#lost(reason));
    clock.enter("recording");
    inbox.open(recorder, {
      stored: (batch, definitions) => this.#stored(batch, definitions),
      failed: (why) => void this.#end(why),
      disarmed: (reason) => this.#disarmed(reason),
    });
  }

  get path(): string {
    return this.#parts.path;
  }
  get ended(): Promise<RecordingState> {
    return this.#ended.promise;
  }
  state(): RecordingState {
    return this.#final ?? this.#state();
  }

  takeHeap(request: HeapTakeRequest): Promise<Result<HeapTaken>> {
    const { session, script, recorder, names } = this.#parts;
    const { pid } = session;
    const taken = this.#snapshot.then(() =>
      this.#stopping
        ? fail("snapshot-failed", { pid, why: "the recording has ended" })
        : takeHeap({ pid, script, recorder, names }, ++this.#snapshots, request),
    );
    this.#snapshot = taken;
    return taken;
  }

  async mark(change: MarkChange): Promise<Result<void> | undefined> {
    if (!this.#stopping) return markLive(this.#parts.recorder, change);
    await this.ended;
    return undefined;
  }

  async stop(): Promise<RecordingState> {
    if (this.#stopping) this.#hurry.resolve(undefined);
    else void this.#end(undefined);
    return await this.ended;
  }

  #stored(batch: RawBatch, definitions: Definitions): void {
    this.#heard = performance.now();
    this.#heartbeat.stored(batch.sequence);
    this.#names.learn(definitions.modules);
    this.#lines.learn(definitions.modules);
    this.#lines.want(auditPlaces(definitions));
    this.#lines.want(changePlaces(definitions));
    this.#abi.learn(definitions.modules);
    this.#abi.look(definitions.audit);
    this.#names.resolve(this.#parts.recorder);
    this.#marks.reach(this.#parts.recorder, batch.time);
    if (nothingIsLeft(batch, this.#parts.recorder, this.#parts.objects)) void this.#end(undefined);
  }

  #disarmed(reason: "asked" | "silence" | "disposed"): void {
    if (this.#stopping) return;
    const heard = reason === "silence" ? `no beat came for ${silenceMs / 1000} s` : "its script ended";
    void this.#end(failure("agent-error", { pid: this.#parts.session.pid, what: `it left the target: ${heard}` }));
  }

  #lost(reason: DetachReason): void {
    this.#hurry.resolve(undefined);
    const { session, endsWithTarget } = this.#parts;
    const expected = reason === "asked" || (reason === "target-ended" && endsWithTarget);
    void this.#end(expected ? undefined : detachFailure(session.pid, reason));
  }

  async #end(why: Failure | undefined): Promise<void> {
    if (this.#stopping) return;
    this.#stopping = true;
    this.#why = why;
    const { clock, session, script } = this.#parts;
    clock.enter("stopping");
    clearTimeout(this.#timer);
    const reply = await this.#disarm();
    this.#heartbeat.stop();
    // Without an answer its dispose is what takes everything out, and sends what is left.
    if (!reply) await release(session, script);
    await Promise.race([this.#lines.settled(linesLimit), this.#hurry.promise]);
    // The target need not wait for a large file to be sealed.
    const finishing = this.#finish(reply);
    await release(session, script);
    await finishing;
    clock.enter("closed");
    this.#final = this.#state();
    this.#ended.resolve(this.#final);
  }

  /** What the agent counted at its source; undefined when it cannot be asked any more, or nobody wants to wait. */
  async #disarm(): Promise<DisarmReply | undefined> {
    const { inbox, script } = this.#parts;
    const calling = script.call(agentCalls.disarm, [], undefined, disarmLimit);
    const answer = await Promise.race([calling, this.#hurry.promise]);
    if (!answer?.ok) return undefined;
    await within<void>(lastBatchLimit, Promise.race([inbox.last, this.#hurry.promise]), () => undefined);
    const parsed = v.safeParse(disarmReply, answer.value.value);
    return parsed.success ? parsed.output : undefined;
  }

  async #finish(reply: DisarmReply | undefined): Promise<void> {
    const { inbox, recorder, sources } = this.#parts;
    for (const remark of inbox.remarks()) recorder.note(remark);
    if (this.#why) recorder.note(`The recording ended early: ${this.#why.cause}.`);
    this.#names.resolve(recorder);
    const finished = await recorder.finishAside(reply);
    sources.close();
    if (!finished.ok) this.#why ??= finished.failure;
  }

  #state(): RecordingState {
    const { path, target, recorder, clock, rolling } = this.#parts;
    const heardSeconds = this.#heard === undefined || this.#stopping ? null : (performance.now() - this.#heard) / 1000;
    return recordingState({
      ...{ path, target, clock, heardSeconds, rolling },
      recorder: recorder.state(),
      ended: this.#why,
    });
  }
}
