// A recording's distribution in, contention over time and how long holds and waits last out. Next: parts/Charts.tsx, parts/Histogram.tsx.
import { memo, useMemo } from "react";
import type { GilDistribution, HistogramBar } from "../../../shared/gil-views.ts";
import { count, duration, fraction } from "../../logic/format.ts";
import { barLabel, barRange, contentionSentence, histogramSentence } from "../../logic/gil/distribution.ts";
import { thinned } from "../../logic/thinned.ts";
import { axisOf, LinesOf, type Point } from "../../parts/Charts.tsx";
import { Figure, type Twin } from "../../parts/Figure.tsx";
import { HistogramOf } from "../../parts/Histogram.tsx";
import { Loaded } from "../../parts/States.tsx";
import { useApp } from "../../state/app-context.ts";
import type { Tracks } from "../../state/gil/tracks.ts";
import { createPoll } from "../../state/poll.ts";
import { usePoll, useReadable } from "../../state/use-poll.ts";
import { Flagged } from "../marks/Flagged.tsx";

const everyMs = 3000;

interface Given {
  readonly path: string;
  readonly live: boolean;
  readonly tracks: Tracks;
}

/** Asked for once the tracks are there: it is the slowest answer, and it stands below them. */
export function Distribution({ path, live, tracks }: Given) {
  const overview = useReadable(tracks.tiles.overview);
  return overview ? <Asked path={path} live={live} /> : null;
}

function Asked({ path, live }: Omit<Given, "tracks">) {
  const { bridge } = useApp();
  const poll = useMemo(() => createPoll(bridge, "gil.distribution", { path }), [bridge, path]);
  const found = usePoll(poll, live ? everyMs : undefined);
  return (
    <Loaded loadable={found}>
      {(distribution) => distribution && <Charts path={path} distribution={distribution} />}
    </Loaded>
  );
}

const lines = [
  { name: "waiting", colour: "var(--wait)", dash: "5 3" },
  { name: "holding", colour: "var(--hold)" },
];
const threads = (value: number) => Number(value.toFixed(2)).toString();

interface ChartsGiven {
  readonly path: string;
  readonly distribution: GilDistribution;
}
const Charts = memo(function Charts({ path, distribution }: ChartsGiven) {
  const { contention } = distribution;
  const points = useMemo(
    () => contention.map(({ atMs, waiting, held }): Point => ({ at: atMs / 1000, waiting, holding: held })),
    [contention],
  );
  return (
    <div className="charts below">
      <Figure
        whole
        title="Threads that wait and hold, on average"
        sentence={contentionSentence(distribution)}
        twin={contentionTwin(distribution)}
        legend={<Legend />}
      >
        <Flagged path={path} axis={axisOf(points)}>
          <LinesOf label="Contention over time" points={points} lines={lines} unit="count" format={threads} />
        </Flagged>
      </Figure>
      <Histogram
        title="How long holds last"
        bars={distribution.holds}
        sentence={histogramSentence(distribution.holds, "hold", "holds")}
        colour="var(--hold)"
      />
      <Histogram
        title="How long waits last"
        bars={distribution.waits}
        sentence={histogramSentence(distribution.waits, "wait", "waits")}
        colour="var(--wait)"
      />
    </div>
  );
});

interface HistogramGiven {
  readonly title: string;
  readonly sentence: string;
  readonly bars: readonly HistogramBar[];
  readonly colour: string;
}
function Histogram({ title, sentence, bars, colour }: HistogramGiven) {
  const rows = bars.map((bar) => [barRange(bar), count(bar.count)]);
  const points = useMemo(
    () => bars.map((bar) => ({ label: barLabel(bar), range: barRange(bar), count: bar.count })),
    [bars],
  );
  return (
    <Figure title={title} sentence={sentence} twin={{ heads: ["Lasting", "How many"], rows }}>
      <HistogramOf label={title} points={points} colour={colour} />
    </Figure>
  );
}

function Legend() {
  return (
    <div className="legend">
      <span>
        <i className="line-dashed" />
        waiting
      </span>
      <span>
        <i className="line-solid" />
        holding
      </span>
    </div>
  );
}

function contentionTwin({ contention }: GilDistribution): Twin {
  const rows = thinned(contention).map(({ atMs, waiting, held }) => [
    duration(atMs / 1000),
    threads(waiting),
    fraction(held),
  ]);
  return { heads: ["After", "Threads waiting", "Held"], rows };
}
