// The engine's state of a running recording, or what a finished one says of itself, in; what the screens say about either out. Next: views.
import type { RecordingTold, TargetFacts } from "../../shared/documents.ts";
import type { RecordingState } from "../../shared/rpc-contract.ts";
import type { Problem } from "./loadable.ts";

export type Status = "starting" | "recording" | "stopping" | "closed" | "recovered";

/** One shape for a live, a closed and a recovered recording, so that every screen works for all of them. */
export interface RecordingView {
  readonly path: string;
  readonly name: string;
  readonly status: Status;
  readonly target: TargetFacts | undefined;
  readonly seconds: number;
  readonly produced: number;
  readonly dropped: number;
  readonly droppedByKind: Readonly<Record<string, number>>;
  /** What it was asked to collect; undefined while that is not known. */
  readonly collected: readonly string[] | undefined;
  readonly bytes: number | undefined;
  readonly rate: number | undefined;
  readonly roomSeconds: number | undefined;
  /** Resident memory of the target, where that is known. */
  readonly rssBytes: number | undefined;
  /** Its oldest detail made room for the newest. */
  readonly trimmed: boolean;
  /** Why it ended, when not because it was asked to. */
  readonly ended: Problem | undefined;
}

export function fromState(state: RecordingState): RecordingView {
  return {
    path: state.path,
    name: fileName(state.path),
    status: statusOf(state),
    target: state.target ?? undefined,
    seconds: state.seconds,
    produced: total(state.produced),
    dropped: total(state.dropped),
    droppedByKind: state.dropped,
    collected: undefined,
    bytes: state.bytes,
    rate: state.phase === "recording" ? state.rate : undefined,
    roomSeconds: state.phase === "recording" ? (state.roomSeconds ?? undefined) : undefined,
    rssBytes: state.rssBytes ?? undefined,
    trimmed: state.trimmed,
    ended: state.ended ?? undefined,
  };
}

export function fromFile(path: string, { target, recording }: RecordingTold): RecordingView {
  return {
    path,
    name: fileName(path),
    status: recording.status,
    target,
    seconds: recording.seconds,
    produced: total(recording.produced),
    dropped: total(recording.dropped),
    droppedByKind: recording.dropped,
    collected: recording.collected,
    bytes: undefined,
    rate: undefined,
    roomSeconds: undefined,
    rssBytes: undefined,
    trimmed: false,
    ended: undefined,
  };
}

export const isLive = (state: RecordingState): boolean => state.phase !== "closed" && state.ended === null;

/** The recording that is meant when none is named: the one that runs, else the last one of this engine. */
export function present(states: readonly RecordingState[]): RecordingState | undefined {
  return states.findLast(isLive) ?? states.at(-1);
}

export const isUnfinished = ({ status }: { readonly status: Status }): boolean =>
  status !== "closed" && status !== "recovered";

export const fileName = (path: string): string => path.split(/[/\\]/).at(-1) || path;

/** "gunicorn: worker" has its name in the command; an interpreter's script says more than the interpreter. */
export function targetName(target: TargetFacts): string {
  const words = target.command.trim().split(/\s+/);
  const script = words.slice(1).find((word) => !word.startsWith("-"));
  return fileName(script ?? words[0] ?? "") || fileName(target.executable) || String(target.pid);
}

function statusOf({ phase, ended }: RecordingState): Status {
  if (phase === "closed" || ended !== null) return "closed";
  return phase === "recording" || phase === "stopping" ? phase : "starting";
}

const total = (counts: Readonly<Record<string, number>>) => Object.values(counts).reduce((sum, n) => sum + n, 0);
