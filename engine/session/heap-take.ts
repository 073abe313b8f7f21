// A recording that goes on in; a snapshot of its target's heap stored in it out. The walk is asked for part by part, so that it waits for the disk.
// Next: engine/store/heap-writer.ts.
import { freemem } from "node:os";
import { setTimeout as sleep } from "node:timers/promises";
import * as v from "valibot";
import { agentCalls } from "../../shared/agent-protocol.ts";
import { type FailureCode, fail, failed, failure, failureCodes, ok, type Result } from "../../shared/failures.ts";
import { type HeapPart, heapBegun, heapPart } from "../../shared/heap-protocol.ts";
import type { HeapTaken, HeapTakeRequest } from "../../shared/heap-taken.ts";
import { milliseconds, type Pid } from "../../shared/units.ts";
import type { GatewayScript } from "../gateway/gateway.ts";
import type { Recorder } from "../recorder/recorder.ts";

export interface TakeParts {
  readonly pid: Pid;
  readonly script: GatewayScript;
  readonly recorder: Recorder;
  readonly names: boolean;
}

const deadlineMs = 30_000;
/** A C call of the target may hold the GIL for seconds. */
const beginLimit = milliseconds(30_000);
const partLimit = milliseconds(10_000);
const firstBatchMs = 5_000;
const leastMemory = 256e6;
const mostMemory = 8e9;

type Whole = Extract<HeapPart, { kind: "whole" }>;
interface Begun {
  readonly id: number;
  /** Microseconds since the recording began. */
  readonly t: number;
  readonly pauseMs: number;
}

export async function takeHeap(parts: TakeParts, id: number, asked: HeapTakeRequest): Promise<Result<HeapTaken>> {
  const { recorder } = parts;
  const begun = await begin(parts, id, asked);
  if (!begun.ok) return begun;
  const walk = await receive(parts, id);
  if (!walk.ok) {
    recorder.beside((writer) => writer.heap.drop(id));
    return walk;
  }
  const { objects, edges, seconds, bytes, chunks } = walk.value;
  const { t, pauseMs } = begun.value;
  const row = { id, t, pause: pauseMs * 1000, walk: seconds * 1e6, objects, edges, size: bytes, chunks };
  const stored = recorder.beside((writer) => writer.heap.snapshot(row));
  return stored.ok ? ok({ id, atMs: t / 1000, pauseMs, seconds, objects, edges, bytes }) : stored;
}

async function begin(
  { pid, script, recorder, names }: TakeParts,
  id: number,
  asked: HeapTakeRequest,
): Promise<Result<Begun>> {
  const origin = await originOf(recorder);
  if (origin === undefined) return fail("snapshot-failed", { pid, why: "the recording has not begun yet" });
  const request = {
    names,
    deadlineMs: asked.deadlineSeconds === undefined ? deadlineMs : asked.deadlineSeconds * 1000,
    mostBytes: Math.round(asked.mostBytes ?? Math.min(mostMemory, Math.max(leastMemory, freemem() / 2))),
  };
  const answer = await script.call(agentCalls.heapBegin, [request], undefined, beginLimit);
  if (!answer.ok) return answer;
  const parsed = v.safeParse(heapBegun, answer.value.value);
  if (!parsed.success) return fail("agent-error", { pid, what: "its answer to heapBegin is not understood" });
  const reply = parsed.output;
  if (reply.kind === "walking") return ok({ id, t: Math.max(0, (reply.at - origin) / 1000), pauseMs: reply.pauseMs });
  return failed(
    failure(isFailureCode(reply.code) ? reply.code : "snapshot-refused", { why: reply.code, ...reply.values, pid }),
  );
}

const isFailureCode = (code: string): code is FailureCode => failureCodes.includes(code);

/** The first batch, a tenth of a second after arming, says when the recording began. */
async function originOf(recorder: Recorder): Promise<number | undefined> {
  for (let waited = 0; recorder.origin === undefined && waited < firstBatchMs; waited += 10) await sleep(10);
  return recorder.origin;
}

async function receive(
  { pid, script, recorder }: TakeParts,
  id: number,
): Promise<Result<Whole & { bytes: number; chunks: number }>> {
  for (let bytes = 0, chunks = 0; ; ) {
    const answer = await script.call(agentCalls.heapPart, [], undefined, partLimit);
    if (!answer.ok) return answer;
    const parsed = v.safeParse(heapPart, answer.value.value);
    if (!parsed.success) return fail("agent-error", { pid, what: "its part of a walk is not understood" });
    const part = parsed.output;
    if (part.kind === "failed") return fail("snapshot-failed", { pid, why: part.why });
    if (part.kind === "whole") return ok({ ...part, bytes, chunks });
    const found = answer.value.bytes;
    if (found === undefined || found.length === 0) continue;
    const ordinal = chunks++;
    bytes += found.length;
    const stored = recorder.beside((writer) => writer.heap.chunk(id, ordinal, found));
    if (!stored.ok) return stored;
  }
}
