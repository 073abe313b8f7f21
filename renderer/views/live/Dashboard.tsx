// A recording and its series in, cards and charts out. Next: Cards.tsx, Figures.tsx.
import { useCallback, useDeferredValue, useMemo } from "react";
import { figuresOf, type Series } from "../../logic/figures.ts";
import type { RecordingView } from "../../logic/recording.ts";
import { betweenMarks, grows, type LiveRoute, live, type Range } from "../../logic/routes.ts";
import { Link } from "../../parts/Link.tsx";
import { NotObserved } from "../../parts/NotObserved.tsx";
import { Ended, Ground } from "../../parts/RecordingHead.tsx";
import { Empty } from "../../parts/States.tsx";
import { refine } from "../../state/use-route.ts";
import { MarkList } from "../marks/MarkList.tsx";
import { Cards } from "./Cards.tsx";
import { Cautions } from "./Cautions.tsx";
import { Figures } from "./Figures.tsx";
import { Stretch } from "./Stretch.tsx";
import { TopTypes } from "./TopTypes.tsx";
import { useOthers } from "./use-others.ts";

interface Given {
  readonly route: LiveRoute;
  readonly view: RecordingView;
  readonly series: Series;
  readonly live: boolean;
}

export function Dashboard({ route, view, series, live: isLive }: Given) {
  const { range } = route;
  const { path } = view;
  const brush = useCallback((chosen: Range | undefined) => refine({ ...live(path), range: chosen }), [path]);
  const others = useOthers(view, isLive);
  const figures = useMemo(() => figuresOf(series), [series]);
  // Charts take the longest to draw: what is pressed meanwhile comes first.
  const drawn = useDeferredValue(series);
  return (
    <>
      <Ended view={view} />
      <Cautions view={view} />
      <div className="between">
        <div>
          <h1>{headline(isLive, figures.live !== undefined, figures.livePerSecond)}</h1>
          <Ground view={view} />
        </div>
        <Link to={grows(path)} className="button main">
          What grows
        </Link>
      </div>
      <Cards figures={figures} view={view} live={isLive} others={others} />
      {series.buckets.length === 0 ? (
        <NoEvents live={isLive} />
      ) : (
        <>
          <Figures path={path} live={isLive} series={drawn} others={others} range={range} brush={brush} />
          <TopTypes path={path} live={isLive} />
          <Stretch view={view} live={isLive} range={range} brush={brush} end={endOf(series)} />
          <MarkList path={path} live={isLive} between={betweenMarks(path)} />
        </>
      )}
      <NotObserved view={view} />
    </>
  );
}

function headline(live: boolean, known: boolean, perSecond: number | undefined): string {
  if (!known) return live ? "Waiting for the first events" : "Nothing was recorded";
  if (perSecond === undefined) return "Warming up";
  const grows = perSecond > 0.5;
  if (live) return grows ? "The number of live objects grows" : "The number of live objects is level";
  return grows ? "The number of live objects grew" : "The number of live objects stayed level";
}

function NoEvents({ live }: { readonly live: boolean }) {
  return (
    <Empty title={live ? "Attached, no events yet" : "There are no events in this recording"}>
      <p className="quiet">
        {live
          ? "The charts begin with the first batch, a tenth of a second after the first event. If it stays like this, the process allocates nothing: it may be asleep."
          : "The process allocated nothing while it was watched. Record it while it works."}
      </p>
    </Empty>
  );
}

const endOf = ({ buckets, bucketSeconds }: Series): number => (buckets.at(-1)?.at ?? 0) + bucketSeconds;
