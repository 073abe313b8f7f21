// Bars with their labels in, Recharts out: one colour, no motion, labels where there is room. Next: parts/Figure.tsx.
import { memo } from "react";
import { Bar, BarChart, CartesianGrid, Tooltip, XAxis, YAxis } from "recharts";
import { count, shortCount } from "../logic/format.ts";
import { valueTicks } from "../logic/ticks.ts";
import { useTurn } from "../state/use-turn.ts";
import { Fitted, Sized } from "./Charts.tsx";

export interface HistogramPoint {
  /** Below the axis: where the bar begins. */
  readonly label: string;
  /** In the sheet beside the pointer: from where to where. */
  readonly range: string;
  readonly count: number;
}
interface Given {
  readonly label: string;
  readonly points: readonly HistogramPoint[];
  readonly colour: string;
}

const margin = { top: 8, right: 12, bottom: 0, left: 0 };

export function HistogramOf(given: Given) {
  const points = useTurn(given.points);
  return <Sized points={points}>{points && <Bars {...given} points={points} />}</Sized>;
}

const Bars = memo(function Bars({ label, points, colour }: Given) {
  const ticks = valueTicks(Math.max(0, ...points.map((point) => point.count)), "count");
  return (
    <Fitted>
      <BarChart data={[...points]} margin={margin} title={label} barCategoryGap="8%">
        <CartesianGrid vertical={false} stroke="var(--edge)" />
        <XAxis dataKey="label" tickLine={false} stroke="var(--edge-strong)" height={22} interval="preserveStartEnd" />
        <YAxis
          width={52}
          domain={[0, ticks.at(-1) ?? 1]}
          ticks={[...ticks]}
          tickFormatter={shortCount}
          tickLine={false}
          axisLine={false}
          interval={0}
        />
        <Tooltip
          isAnimationActive={false}
          cursor={{ fill: "var(--accent-soft)" }}
          content={({ active, payload }) => (active ? <BarTip found={payload?.[0]?.payload} /> : null)}
        />
        <Bar dataKey="count" fill={colour} isAnimationActive={false} />
      </BarChart>
    </Fitted>
  );
});

interface TipGiven {
  readonly found: HistogramPoint | undefined;
}
function BarTip({ found }: TipGiven) {
  if (!found) return null;
  return (
    <div className="tip">
      <span className="faint">{found.range}</span>
      <div className="strong">{count(found.count)}</div>
    </div>
  );
}
