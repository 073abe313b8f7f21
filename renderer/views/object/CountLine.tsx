// An object's count at each point in, the line of it in steps out. Next: parts/Charts.tsx.
import { memo } from "react";
import type { ObjectSteps } from "../../../shared/history-views.ts";
import { count, duration } from "../../logic/format.ts";
import { lineSentence } from "../../logic/history.ts";
import { rangeTicks } from "../../logic/ticks.ts";
import { axisOf, LinesOf, type Point } from "../../parts/Charts.tsx";
import { Figure, type Twin } from "../../parts/Figure.tsx";
import { Flagged } from "../marks/Flagged.tsx";

const lines = [{ name: "count", colour: "var(--alive)" }];

interface Given {
  readonly path: string;
  readonly steps: ObjectSteps;
}

export const CountLine = memo(function CountLine({ path, steps }: Given) {
  const points = steps.points.map(({ t, refcount }): Point => ({ at: t / 1000, count: refcount }));
  const counts = steps.points.map(({ refcount }) => refcount);
  const ticks = rangeTicks(Math.min(...counts), Math.max(...counts));
  return (
    <div className="charts below">
      <Figure whole title="Its reference count" sentence={lineSentence(steps)} twin={twinOf(steps)}>
        <Flagged path={path} axis={axisOf(points)}>
          <LinesOf
            label="Reference count over time"
            points={points}
            lines={lines}
            unit="count"
            format={count}
            ticks={ticks}
            steps
          />
        </Flagged>
      </Figure>
    </div>
  );
});

/** A table of 600 rows is read by nobody. */
const twinRows = 40;

function twinOf({ points }: ObjectSteps): Twin {
  const every = Math.max(1, Math.ceil(points.length / twinRows));
  const rows = points
    .filter((_, at) => at % every === 0 || at === points.length - 1)
    .map(({ t, refcount }) => [duration(t / 1000), count(refcount)]);
  return { heads: ["After", "Count"], rows };
}
