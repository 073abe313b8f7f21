// A recording in, what grew from each mark to the next out: the axis with its flags, the table of intervals, the marks as a list.
import { useMemo } from "react";
import type { GrowsRoute } from "../../logic/routes.ts";
import { Loaded } from "../../parts/States.tsx";
import { useApp } from "../../state/app-context.ts";
import { createPoll } from "../../state/poll.ts";
import { usePoll } from "../../state/use-poll.ts";
import { LiveObjects } from "../live/LiveObjects.tsx";
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
      {(series) =>
        series.buckets.length > 0 && (
          <div className="growth-chart">
            <LiveObjects path={path} series={series} veiled />
          </div>
        )
      }
    </Loaded>
  );
}
