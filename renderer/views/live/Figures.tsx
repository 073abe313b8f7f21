// A series and what else was collected in, the charts out. Next: LiveObjects.tsx, LiveMemory.tsx, GilWaits.tsx, Flow.tsx.
import { memo } from "react";
import type { Series } from "../../logic/figures.ts";
import type { Range } from "../../logic/routes.ts";
import { RatesFigure } from "../errors/Rates.tsx";
import { Flow } from "./Flow.tsx";
import { GilWaits } from "./GilWaits.tsx";
import { LiveMemory } from "./LiveMemory.tsx";
import { LiveObjects } from "./LiveObjects.tsx";
import type { Others } from "./use-others.ts";

interface Given {
  readonly path: string;
  readonly live: boolean;
  readonly series: Series;
  readonly others: Others;
  readonly range: Range | undefined;
  readonly brush: (range: Range) => void;
}

/** Only a new series draws anew, not each second that passes. */
export const Figures = memo(function Figures({ path, live, series, others, range, brush }: Given) {
  const { rates, contention } = others;
  return (
    <div className="charts">
      <LiveObjects path={path} series={series} />
      <LiveMemory path={path} series={series} />
      {rates && <RatesFigure path={path} rates={rates} />}
      {contention && <GilWaits path={path} contention={contention} />}
      <Flow path={path} live={live} range={range} brush={brush} />
    </div>
  );
});
