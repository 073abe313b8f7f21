// What the engine told of a recording that goes on in, what the bar and the foot say of it out. Next: views/frame.
import { type Overhead, overheadOf } from "../../shared/overhead.ts";
import type { RecordingState } from "../../shared/rpc-contract.ts";
import { duration, unknown } from "./format.ts";

/** The agent sends ten times a second: so long a pause is no chance. */
const longPauseSeconds = 2;

export interface Health {
  readonly isWell: boolean;
  readonly words: string;
}

/** Undefined where no agent is expected. */
export function healthOf({ phase, heardSeconds }: RecordingState): Health | undefined {
  if (phase !== "recording") return undefined;
  if (heardSeconds === null) return { isWell: true, words: "agent not heard yet" };
  if (heardSeconds < longPauseSeconds) return { isWell: true, words: "agent answers" };
  return { isWell: false, words: `agent silent for ${duration(Math.floor(heardSeconds))}` };
}

/** "≈ 1–4 % of a core"; undefined where nothing is recorded now. */
export function overheadWords(state: RecordingState): string | undefined {
  if (state.phase !== "recording") return undefined;
  const found = overheadOf(state.rate, state.produced);
  return found === undefined ? unknown : `≈ ${range(found)} of a core`;
}

function range({ least, most }: Overhead): string {
  const [from, to] = [percent(least), percent(most)];
  return from === to ? `${to} %` : `${from}–${to} %`;
}

/** It is an estimate: no more than its first figures are worth a word. */
function percent(part: number): string {
  const value = part * 100;
  if (value === 0) return "0";
  if (value < 0.1) return "<0.1";
  return value < 1 ? value.toFixed(1) : String(Math.round(value));
}

export const overheadMeans =
  "Estimated: events a second, shared out by the kinds that came so far, times what one of each kind was measured to cost the process. The figures stand in docs/safety.md.";
