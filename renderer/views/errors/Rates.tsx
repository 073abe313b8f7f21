// A recording in, its errors a second over time out: raised, and lost by clearing or overwriting. Next: parts/Charts.tsx.
import { memo, useMemo } from "react";
import type { ErrorRates } from "../../../shared/gil-views.ts";
import { ratesSentence } from "../../logic/errors.ts";
import { duration, rate, shortCount } from "../../logic/format.ts";
import { averageOf, grouped } from "../../logic/thinned.ts";
import { axisOf, LinesOf, type Point } from "../../parts/Charts.tsx";
import { Figure, type Twin } from "../../parts/Figure.tsx";
import { Loaded } from "../../parts/States.tsx";
import { useApp } from "../../state/app-context.ts";
import { createPoll } from "../../state/poll.ts";
import { usePoll } from "../../state/use-poll.ts";
import { Flagged } from "../marks/Flagged.tsx";

const buckets = 240;
const everyMs = 1000;

export function Rates({ path, live }: { readonly path: string; readonly live: boolean }) {
  const { bridge } = useApp();
  const poll = useMemo(() => createPoll(bridge, "errors.series", { path, buckets }), [bridge, path]);
  const rates = usePoll(poll, live ? everyMs : undefined);
  return (
    <Loaded loadable={rates}>
      {(found) =>
        found && (
          <div className="charts below">
            <RatesFigure path={path} rates={found} whole />
          </div>
        )
      }
    </Loaded>
  );
}

const lines = [
  { name: "raised", colour: "var(--alive)" },
  { name: "lost", colour: "var(--leak)", dash: "5 3" },
];

interface ChartGiven {
  readonly path: string;
  readonly rates: ErrorRates;
  readonly whole?: boolean;
}
export const RatesFigure = memo(function RatesFigure({ path, rates, whole = false }: ChartGiven) {
  const points = useMemo(() => rates.buckets.map(({ at, raised, lost }): Point => ({ at, raised, lost })), [rates]);
  return (
    <Figure
      whole={whole}
      title="Errors a second"
      sentence={ratesSentence(rates)}
      twin={twinOf(rates)}
      legend={<Legend />}
    >
      <Flagged path={path} axis={axisOf(points)}>
        <LinesOf label="Errors a second over time" points={points} lines={lines} unit="count" format={shortCount} />
      </Flagged>
    </Figure>
  );
});

function Legend() {
  return (
    <div className="legend">
      <span>
        <i className="line-solid raised" />
        raised
      </span>
      <span>
        <i className="line-dashed lost" />
        lost: cleared or overwritten
      </span>
    </div>
  );
}

function twinOf({ buckets: all }: ErrorRates): Twin {
  const rows = grouped(all).map((group) => [
    duration(group[0].at),
    rate(averageOf(group, (bucket) => bucket.raised)),
    rate(averageOf(group, (bucket) => bucket.lost)),
  ]);
  return { heads: ["From", "Raised, on average", "Lost, on average"], rows };
}
