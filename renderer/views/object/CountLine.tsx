// An object's count at each point in, the line of it in steps out. Next: parts/Charts.tsx.
import { memo, useMemo } from "react";
import type { ObjectSteps } from "../../../shared/history-views.ts";
import { count, duration } from "../../logic/format.ts";
import { lineSentence } from "../../logic/history.ts";
import { thinned } from "../../logic/thinned.ts";
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
  const points = useMemo(
    () => steps.points.map(({ t, refcount }): Point => ({ at: t / 1000, count: refcount })),
    [steps],
  );
  const ticks = useMemo(() => ticksOf(steps), [steps]);
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

function ticksOf({ points }: ObjectSteps): readonly number[] {
  const counts = points.map(({ refcount }) => refcount);
  return rangeTicks(Math.min(...counts), Math.max(...counts));
}

function twinOf({ points }: ObjectSteps): Twin {
  const rows = thinned(points).map(({ t, refcount }) => [duration(t / 1000), count(refcount)]);
  return { heads: ["After", "Count"], rows };
}
