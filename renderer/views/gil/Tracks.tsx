// A recording's tracks in, the card that shows them out: map, tools, lanes, and the same in words. Next: Stage.tsx, InView.tsx.
import { memo, useMemo } from "react";
import type { LongHold } from "../../../shared/gil-document.ts";
import type { GilNow } from "../../../shared/gil-views.ts";
import { namesOf, spoken } from "../../logic/gil/threads.ts";
import { Note, sentence } from "../../parts/States.tsx";
import type { Tracks } from "../../state/gil/tracks.ts";
import { useTrackKeys } from "../../state/gil/use-track-keys.ts";
import { useReadable } from "../../state/use-poll.ts";
import { TrackMarks } from "../marks/TrackFlags.tsx";
import { InView } from "./InView.tsx";
import { Minimap } from "./Minimap.tsx";
import { marksOf, written } from "./marks.ts";
import { Said } from "./Said.tsx";
import { described, Stage } from "./Stage.tsx";
import { Tools } from "./Tools.tsx";

interface Given {
  readonly tracks: Tracks;
  readonly path: string;
  readonly longHolds: readonly LongHold[];
  readonly now: GilNow | undefined;
}

export const TracksCard = memo(function TracksCard({ tracks, path, longHolds, now }: Given) {
  const overview = useReadable(tracks.tiles.overview);
  const problem = useReadable(tracks.tiles.problem);
  // Threads come and stay: the list is the same until there is a new one.
  const key = overview?.heads.map((head) => `${head.threadId} ${head.name}`).join();
  // biome-ignore lint/correctness/useExhaustiveDependencies: named by the key
  const heads = useMemo(() => overview?.heads ?? [], [key]);
  const threads = useMemo(() => heads.map((head) => head.threadId), [heads]);
  const names = useMemo(() => namesOf([], heads), [heads]);
  const marks = useMemo(
    () => marksOf(longHolds, new Map(threads.map((id) => [id, written(spoken(names, id))]))),
    [longHolds, threads, names],
  );
  useTrackKeys({ tracks, threads, path });
  return (
    <section className="card tracks" aria-label="Tracks">
      <Tools tracks={tracks} />
      {problem && problem.code !== "engine-lost" && (
        <Note title="Not up to date" text={`${sentence(problem.cause)} ${problem.fix}`} />
      )}
      <Minimap tracks={tracks} />
      <Stage tracks={tracks} threads={threads} names={names} marks={marks} now={now} path={path} />
      <TrackMarks path={path} tracks={tracks} />
      <p id={described} className="heard">
        One lane a thread, time to the right. W and S look closer and from further away, A and D move, full stop and
        comma go to the next and the previous hold of the chosen thread, arrows up and down choose the thread, F shows
        what is chosen, 0 shows all. What is in view stands in the table below the tracks.
      </p>
      <Said tracks={tracks} names={names} />
      <InView tracks={tracks} threads={threads} names={names} />
    </section>
  );
});
