// A series in, its three charts out. Next: LiveObjects.tsx, LiveMemory.tsx, Flow.tsx.
import { memo } from "react";
import type { Series } from "../../logic/figures.ts";
import type { Range } from "../../logic/routes.ts";
import { Flow } from "./Flow.tsx";
import { LiveMemory } from "./LiveMemory.tsx";
import { LiveObjects } from "./LiveObjects.tsx";

interface Given {
  readonly path: string;
  readonly series: Series;
  readonly range: Range | undefined;
  readonly brush: (range: Range) => void;
}

/** Only a new series draws anew, not each second that passes. */
export const Figures = memo(function Figures({ path, series, range, brush }: Given) {
  return (
    <div className="charts">
      <LiveObjects path={path} series={series} />
      <LiveMemory path={path} series={series} />
      <Flow path={path} series={series} range={range} brush={brush} />
    </div>
  );
});
