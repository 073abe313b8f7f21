// A GIL report in, what one has to know to read it right out: what is missing, and why there may be nothing to find.
import type { GilReport } from "../../../shared/gil-document.ts";
import { counted } from "../../logic/format.ts";
import { preciseTime } from "../../logic/gil/axis.ts";
import type { RecordingView } from "../../logic/recording.ts";
import { Note } from "../../parts/States.tsx";
import type { Tracks } from "../../state/gil/tracks.ts";
import { useReadable } from "../../state/use-poll.ts";

interface Given {
  readonly report: GilReport;
  readonly view: RecordingView;
  readonly tracks: Tracks;
}

export function Notes({ report, view, tracks }: Given) {
  const coarseUntilMs = useReadable(tracks.tiles.overview)?.detailFromMs ?? 0;
  const dropped = view.droppedByKind["holds"] ?? 0;
  return (
    <>
      {dropped > 0 && (
        <Note
          title="Some holds are missing"
          text={`${counted(dropped, "hold was", "holds were")} dropped because the recorder could not keep up; sums are too low by that much.`}
        />
      )}
      {coarseUntilMs > 0 && (
        <Note
          title="Older detail is gone"
          text={`Single holds are kept from ${preciseTime(coarseUntilMs, 1)} on, to stay within the recording's size; before it there are sums alone.`}
        />
      )}
      {report.threads.length === 1 && (
        <Note
          title="A single thread"
          text="Only one thread took the GIL, so nobody can have waited for it. Record while the other threads work."
        />
      )}
      {report.threads.length > 1 && report.threads.every((thread) => thread.waits === 0) && (
        <Note title="Nothing waited" text="Several threads took the GIL, and none of them ever slept for it." />
      )}
    </>
  );
}
