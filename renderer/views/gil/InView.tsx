// What is seen on the tracks in, the same as a table out, once it rests: the canvas for those who read rather than see.

import { useState } from "react";
import { duration } from "../../logic/format.ts";
import { preciseTime } from "../../logic/gil/axis.ts";
import { lengthOf } from "../../logic/gil/span.ts";
import type { ThreadNames } from "../../logic/gil/threads.ts";
import { spentInView } from "../../state/gil/in-view.ts";
import type { Tracks } from "../../state/gil/tracks.ts";
import { useRested } from "../../state/gil/use-rested.ts";
import { useReadable } from "../../state/use-poll.ts";
import { SpentTable } from "./SpentTable.tsx";

interface Given {
  readonly tracks: Tracks;
  readonly threads: readonly number[];
  readonly names: ThreadNames;
}

export function InView(given: Given) {
  const [open, setOpen] = useState(false);
  return (
    <details className="twin pad-x" onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary>Show what is in view as table</summary>
      {open && <Table {...given} />}
    </details>
  );
}

function Table({ tracks, threads, names }: Given) {
  const span = useRested(tracks.span);
  useRested(tracks.tiles.version);
  useReadable(tracks.whole);
  const spent = spentInView(tracks, span);
  const rows = threads.map(
    (threadId) =>
      spent.find((one) => one.threadId === threadId) ?? { threadId, heldMs: 0, waitedMs: 0, holds: 0, waits: 0 },
  );
  return (
    <>
      <p className="quiet">
        {duration(lengthOf(span) / 1000)} from {preciseTime(span.fromMs, lengthOf(span) / 100)}.
      </p>
      <SpentTable label="What is in view" rows={rows} lengthMs={lengthOf(span)} names={names} />
    </>
  );
}
