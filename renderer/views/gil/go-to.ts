// A long hold of the report in, the tracks looking at it out: its whole row is asked for first, for its wait.
import type { LongHold } from "../../../shared/gil-document.ts";
import type { GilHold } from "../../../shared/gil-views.ts";
import type { Bridge } from "../../bridge.ts";
import { findHold } from "../../state/gil/find-hold.ts";
import type { Tracks } from "../../state/gil/tracks.ts";

export async function goToLongHold(bridge: Bridge, path: string, tracks: Tracks, long: LongHold): Promise<void> {
  const middleMs = long.startMs + long.ms / 2;
  const row = await findHold(bridge, path, { hold: long.hold, atMs: middleMs });
  tracks.goTo(row ?? bare(long), "near");
  tracks.thread.set(long.threadId);
  document.querySelector("[data-tracks]")?.scrollIntoView({ block: "nearest" });
}

const bare = ({ hold, threadId, startMs, ms }: LongHold): GilHold => ({
  ...{ hold, threadId, requestMs: startMs, acquiredMs: startMs, releasedMs: startMs + ms },
  ...{ waited: false, forced: false, waitedFor: null },
});
