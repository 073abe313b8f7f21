// A recording's tracks in, the card that shows them out: map, tools, lanes, and the same in words. Next: Stage.tsx, InView.tsx.
import { memo, useCallback, useMemo } from "react";
import type { GilReport, GilThread } from "../../../shared/gil-document.ts";
import type { GilNow } from "../../../shared/gil-views.ts";
import { currentAmong, shownThreads, toggled } from "../../logic/gil/shown.ts";
import { namesOf, spoken } from "../../logic/gil/threads.ts";
import type { GilRoute } from "../../logic/gil-route.ts";
import { Note, sentence } from "../../parts/States.tsx";
import type { Tracks } from "../../state/gil/tracks.ts";
import { useTrackKeys } from "../../state/gil/use-track-keys.ts";
import { useReadable } from "../../state/use-poll.ts";
import { refine } from "../../state/use-route.ts";
import { TrackMarks } from "../marks/TrackFlags.tsx";
import { InView } from "./InView.tsx";
import { Minimap } from "./Minimap.tsx";
import { marksOf, written } from "./marks.ts";
import type { Pins } from "./Names.tsx";
import { Said } from "./Said.tsx";
import { described, Stage } from "./Stage.tsx";
import { filterBox, ThreadFilter } from "./ThreadFilter.tsx";
import { Tools } from "./Tools.tsx";

interface Given {
  readonly route: GilRoute;
  readonly tracks: Tracks;
  readonly path: string;
  readonly report: GilReport;
  readonly now: GilNow | undefined;
}

export const TracksCard = memo(function TracksCard({ route, tracks, path, report, now }: Given) {
  const overview = useReadable(tracks.tiles.overview);
  const problem = useReadable(tracks.tiles.problem);
  // Threads come and stay: the list is the same until there is a new one.
  const key = overview?.heads.map((head) => `${head.threadId} ${head.name}`).join();
  // biome-ignore lint/correctness/useExhaustiveDependencies: named by the key
  const heads = useMemo(() => overview?.heads ?? [], [key]);
  const threads = useMemo(() => heads.map((head) => head.threadId), [heads]);
  const names = useMemo(() => namesOf([], heads), [heads]);
  const marks = useMemo(
    () => marksOf(report.longHolds, new Map(threads.map((id) => [id, written(spoken(names, id))]))),
    [report.longHolds, threads, names],
  );
  const shown = useShown(threads, report.threads, route);
  const pins = usePins(route);
  const pin = useCallback(() => {
    const current = currentAmong(tracks.thread.get(), shown);
    if (current !== undefined) pins.toggle(current);
  }, [tracks, shown, pins]);
  useTrackKeys({ tracks, threads: shown, path, find, pin });
  return (
    <section className="card tracks" aria-label="Tracks">
      <ThreadFilter
        filter={route.filter}
        change={(filter) => refine({ ...route, filter })}
        shown={shown.length}
        of={threads.length}
      />
      <Tools tracks={tracks} find={find} pin={pin} />
      {problem && problem.code !== "engine-lost" && (
        <Note title="Not up to date" text={`${sentence(problem.cause)} ${problem.fix}`} />
      )}
      <Minimap tracks={tracks} />
      <Stage
        tracks={tracks}
        threads={threads}
        shown={shown}
        pins={pins}
        names={names}
        marks={marks}
        now={now}
        path={path}
      />
      {shown.length === 0 && threads.length > 0 && <p className="quiet pad-x">No thread matches the filter.</p>}
      <TrackMarks path={path} tracks={tracks} />
      <p id={described} className="heard">
        One lane a thread, time to the right. W and S look closer and from further away, A and D move, full stop and
        comma go to the next and the previous hold of the chosen thread, arrows up and down choose the thread, P pins it
        to the top, F shows what is chosen, 0 shows all. What is in view stands in the table below the tracks.
      </p>
      <Said tracks={tracks} names={names} shown={shown} />
      <InView tracks={tracks} threads={shown} names={names} />
    </section>
  );
});

const find = (): void => document.querySelector<HTMLInputElement>(`#${filterBox} input`)?.focus();

/** The same list while it has the same threads: a new one is a new picture. */
function useShown(threads: readonly number[], report: readonly GilThread[], route: GilRoute): readonly number[] {
  const now = shownThreads(threads, report, route);
  const key = now.join();
  // biome-ignore lint/correctness/useExhaustiveDependencies: named by the key
  return useMemo(() => now, [key]);
}

function usePins(route: GilRoute): Pins {
  return useMemo(
    () => ({ ids: route.pins, toggle: (id) => refine({ ...route, pins: toggled(route.pins, id) }) }),
    [route],
  );
}
