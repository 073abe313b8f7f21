// A recording in; what its reader should know before the figures out. Next: views/live/Cautions.tsx.
import { counted, duration, fraction } from "./format.ts";
import type { RecordingView } from "./recording.ts";

export interface Caution {
  readonly title: string;
  readonly text: string;
}
type Known = Pick<RecordingView, "roomSeconds" | "trimmed" | "dropped" | "produced">;

/** Time to make room, or to stop in order. */
const shortSeconds = 600;

export function cautionsOf({ roomSeconds, trimmed, dropped, produced }: Known): readonly Caution[] {
  const cautions: Caution[] = [];
  if (roomSeconds !== undefined && roomSeconds < shortSeconds)
    cautions.push({
      title: "The disk is nearly full",
      text: `At this rate it is full in ${duration(roomSeconds)}. Then the recording ends by itself and keeps what it has; the process goes on.`,
    });
  if (trimmed)
    cautions.push({
      title: "The largest size is reached",
      text: "The oldest detail makes room for the newest. Sums stay whole; what is long past is told more coarsely.",
    });
  if (dropped > 0)
    cautions.push({
      title: "Events were dropped",
      text: `${counted(dropped, "event", "events")} (${fraction(dropped / produced)}) came faster than they could be taken. All figures here are less by these.`,
    });
  return cautions;
}
