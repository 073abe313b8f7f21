// A recorder's figures in, the state that doors show out. Next: engine.ts.
import { statfsSync } from "node:fs";
import { dirname } from "node:path";
import type { TargetFacts } from "../../shared/documents.ts";
import type { Failure } from "../../shared/failures.ts";
import type { EventCounts } from "../../shared/records.ts";
import type { RecordingState } from "../../shared/rpc-contract.ts";
import { readStatus, throughDevice } from "../preflight/proc.ts";
import type { RecorderState } from "../recorder/recorder.ts";
import { collectedCounts } from "../store/balance.ts";
import type { PhaseClock } from "./phases.ts";

export interface StateParts {
  readonly path: string;
  readonly clock: PhaseClock;
  readonly heardSeconds: number | null;
  readonly target: TargetFacts;
  readonly recorder: RecorderState;
  /** With --max-size the oldest makes room: the disk does not fill up. */
  readonly rolling: boolean;
  readonly ended: Failure | undefined;
}

/** Before this the file's size says more about its empty tables than about the rate. */
const leastSeconds = 2;

export function recordingState({
  path,
  clock,
  heardSeconds,
  target,
  recorder,
  rolling,
  ended,
}: StateParts): RecordingState {
  const { collected, seconds, bytes, produced, stored, dropped, rate, changes, trimmed } = recorder;
  const counted = (counts: EventCounts, followed: number | undefined) => ({
    ...collectedCounts(counts, collected),
    ...(followed === undefined ? {} : { changes: followed }),
  });
  return {
    path,
    phase: clock.phase,
    steps: clock.steps,
    target,
    heardSeconds,
    seconds,
    bytes,
    produced: counted(produced, changes?.produced),
    stored: counted(stored, changes?.stored),
    dropped: counted(dropped, changes?.dropped),
    rate,
    roomSeconds: rolling || seconds < leastSeconds ? null : (roomBytes(path) * seconds) / bytes,
    rssBytes: clock.phase === "recording" ? rssOf(target.pid) : null,
    trimmed,
    ended: ended ? { code: ended.code, cause: ended.cause, fix: ended.fix } : null,
  };
}

/** On the way to a recording: nothing counted yet. */
export function startingState(path: string, { phase, steps }: PhaseClock): RecordingState {
  const none = { seconds: 0, bytes: 0, produced: {}, stored: {}, dropped: {}, rate: 0, roomSeconds: null, ended: null };
  return { path, phase, steps, target: null, heardSeconds: null, ...none, rssBytes: null, trimmed: false };
}

/** Of one behind a device nothing newer is known than what was copied before it was entered. */
const rssOf = (pid: number): number | null => (throughDevice() ? null : (readStatus(pid)?.rssBytes ?? null));

function roomBytes(path: string): number {
  const { bavail, bsize } = statfsSync(dirname(path));
  return bavail * bsize;
}
