// What is chosen in, a spoken sentence about it out: what a screen reader hears when "." goes from hold to hold.

import { visible } from "../../logic/escape.ts";
import { duration } from "../../logic/format.ts";
import { preciseTime } from "../../logic/gil/axis.ts";
import { currentAmong } from "../../logic/gil/shown.ts";
import { lengthOf } from "../../logic/gil/span.ts";
import { spoken, type ThreadNames } from "../../logic/gil/threads.ts";
import type { Choice, Tracks } from "../../state/gil/tracks.ts";
import { useRested } from "../../state/gil/use-rested.ts";
import { useReadable } from "../../state/use-poll.ts";

interface Given {
  readonly tracks: Tracks;
  readonly names: ThreadNames;
  readonly shown: readonly number[];
}

export function Said({ tracks, names, shown }: Given) {
  const chosen = useRested(tracks.chosen);
  const thread = currentAmong(useReadable(tracks.thread), shown);
  const about = chosen ? choiceWords(chosen, names) : thread === undefined ? "" : `Thread ${spoken(names, thread)}.`;
  return (
    <p className="heard" role="status">
      {visible(about)}
    </p>
  );
}

function choiceWords(chosen: Choice, names: ThreadNames): string {
  if (chosen.kind === "span")
    return `${duration(lengthOf(chosen.span) / 1000)} chosen, from ${preciseTime(chosen.span.fromMs, lengthOf(chosen.span) / 100)}.`;
  const { hold } = chosen;
  const waited = hold.waited
    ? `, after waiting ${duration((hold.acquiredMs - hold.requestMs) / 1000)}${hold.waitedFor === null ? "" : ` for ${spoken(names, hold.waitedFor)}`}`
    : "";
  const held = duration((hold.releasedMs - hold.acquiredMs) / 1000);
  return `${spoken(names, hold.threadId)} holds the GIL for ${held} at ${preciseTime(hold.acquiredMs, 0.001)}${waited}.`;
}
