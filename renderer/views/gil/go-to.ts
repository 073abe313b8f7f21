// A long hold of the report in, the tracks looking at it out: its whole row is asked for first, for its wait.
import type { LongHold } from "../../../shared/gil-document.ts";
import type { Bridge } from "../../bridge.ts";
import type { Tracks } from "../../state/gil/tracks.ts";

export async function goToLongHold(bridge: Bridge, path: string, tracks: Tracks, long: LongHold): Promise<void> {
  const span = { fromMs: long.startMs, toMs: long.startMs + long.ms };
  const middle = (span.fromMs + span.toMs) / 2;
  const answer = await bridge.call("gil.holds", { path, fromMs: middle, toMs: middle + 1e-6, limit: 8 });
  const row = answer.ok ? answer.value?.rows.find((hold) => hold.hold === long.hold) : undefined;
  tracks.goTo(
    row ?? {
      hold: long.hold,
      threadId: long.threadId,
      requestMs: long.startMs,
      acquiredMs: long.startMs,
      releasedMs: span.toMs,
      waited: false,
      forced: false,
      waitedFor: null,
    },
    "near",
  );
  const lane = tracks.tiles.overview.get()?.heads.findIndex((head) => head.threadId === long.threadId) ?? -1;
  if (lane >= 0) tracks.lane.set(lane);
  document.querySelector("[data-tracks]")?.scrollIntoView({ block: "nearest" });
}
