// A recording in, what grew from each mark to the next out: the axis with its flags, the table of intervals, the marks as a list.
import { useMemo } from "react";
import { liveSentence, type Series } from "../../logic/figures.ts";
import { count, duration, shortCount } from "../../logic/format.ts";
import type { GrowsRoute } from "../../logic/routes.ts";
import { axisOf, LinesOf, type Point } from "../../parts/Charts.tsx";
import { Figure } from "../../parts/Figure.tsx";
import { Loaded } from "../../parts/States.tsx";
import { useApp } from "../../state/app-context.ts";
import { createPoll } from "../../state/poll.ts";
import { usePoll } from "../../state/use-poll.ts";
import { Flagged } from "../marks/Flagged.tsx";
import { MarkList } from "../marks/MarkList.tsx";
import { Intervals } from "./Intervals.tsx";

interface Given {
  readonly route: GrowsRoute;
  readonly path: string;
  readonly live: boolean;
}

const buckets = 240;
const everyMs = 1000;

export function BetweenMarks({ route, path, live }: Given) {
  return (
    <>
      <Axis path={path} live={live} />
      <Intervals route={route} path={path} live={live} />
      <MarkList path={path} live={live} />
    </>
  );
}

/** Where the marks stand, and where they can be dragged to while the table below is in sight. */
function Axis({ path, live }: Omit<Given, "route">) {
  const { bridge } = useApp();
  const poll = useMemo(() => createPoll(bridge, "recording.series", { path, buckets }), [bridge, path]);
  return (
    <Loaded loadable={usePoll(poll, live ? everyMs : undefined)}>
      {(series) => (series.buckets.length === 0 ? null : <Chart path={path} series={series} />)}
    </Loaded>
  );
}

const twinRows = 40;

function Chart({ path, series }: { readonly path: string; readonly series: Series }) {
  const points = series.buckets.map(({ at, live }): Point => ({ at, objects: live }));
  const every = Math.ceil(series.buckets.length / twinRows);
  const rows = series.buckets.filter((_, at) => at % every === 0).map(({ at, live }) => [duration(at), count(live)]);
  return (
    <div className="growth-chart">
      <Figure title="Live objects" sentence={liveSentence(series)} twin={{ heads: ["After", "Live objects"], rows }}>
        <Flagged path={path} axis={axisOf(points)} veiled>
          <LinesOf
            label="Live objects over time"
            points={points}
            lines={[{ name: "objects", colour: "var(--alive)" }]}
            unit="count"
            format={shortCount}
          />
        </Flagged>
      </Figure>
    </div>
  );
}
