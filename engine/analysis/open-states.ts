// A reader in; who holds and who waits without an end yet, in milliseconds of the recording, out. Used by every view of the GIL:
// a hold is stored when it ends, so a program that never lets go has no hold but this one.
import { holdFlags } from "../../shared/records.ts";
import type { GilReader } from "../store/gil-reader.ts";
import type { Recorded } from "./recorded.ts";

export interface OpenState {
  readonly thread: number;
  readonly state: "waiting" | "holding";
  readonly sinceMs: number;
  /** Until the newest batch. */
  readonly forMs: number;
}

export function openStates(reader: Recorded, gil: GilReader): readonly OpenState[] {
  if (!gil.now) return [];
  const { atMs, gil: state } = gil.now;
  const { originNs } = gil.facts;
  const ended = reader.file.status !== "recording";
  return state.open.flatMap(({ thread, state: is, since }) => {
    const sinceMs = (since - originNs) / 1e6;
    if (is === "holding" && ended && isTold(gil, thread, sinceMs)) return [];
    return [{ thread, state: is, sinceMs, forMs: Math.max(0, atMs - sinceMs) }];
  });
}

/** A recording that ended in order wrote the last hold as it stood, marked as unfinished: it is not to be counted twice. */
function isTold(gil: GilReader, of: number, sinceMs: number): boolean {
  // Nobody else held it since, so these are the last one or two chunks.
  for (const { flags, thread } of gil.holds(sinceMs, Number.POSITIVE_INFINITY))
    if (flags.some((bits, row) => (bits & holdFlags.unfinished) !== 0 && thread[row] === of)) return true;
  return false;
}
