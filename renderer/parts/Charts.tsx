// Points in, Recharts out, one chart after the other: at most 600 points a series, no dots, no motion, colours only from the tokens. Next: parts/Figure.tsx.
import { memo, type ReactElement, useId } from "react";
import {
  Area,
  Bar,
  BarChart,
  CartesianGrid,
  ComposedChart,
  Line,
  ReferenceLine,
  ResponsiveContainer,
  Tooltip,
  XAxis,
  YAxis,
} from "recharts";
import { axisTime } from "../logic/format.ts";
import { mirroredTicks, timeTicks, valueTicks } from "../logic/ticks.ts";
import { useTurn } from "../state/use-turn.ts";
import { Tip } from "./Tip.tsx";
import { useStillPointer } from "./use-still-pointer.ts";

export interface Point {
  readonly at: number;
  readonly [name: string]: number | null;
}
interface Given {
  readonly label: string;
  readonly points: readonly Point[];
  readonly format: (value: number) => string;
}
/** Lines are told apart by their strokes as well as by their colours. */
export interface LineLook {
  readonly name: string;
  readonly colour: string;
  readonly dash?: string;
}
interface LinesGiven extends Given {
  readonly lines: readonly LineLook[];
  readonly unit: "count" | "bytes" | "part";
  /** Which values of a point its line rose and fell between: a faint band. */
  readonly band?: { readonly least: string; readonly most: string };
  /** A value stays as it is until the next point. */
  readonly steps?: boolean;
  /** Where the axis is labelled, from one end to the other; without it from 0 to the most. */
  readonly ticks?: readonly number[];
}
interface BarsGiven extends Given {
  /** How long a bar lasts; its point stands in its middle. */
  readonly seconds: number;
  readonly bars: readonly BarLook[];
}
/** Hatched is told from solid without its colour. */
export interface BarLook {
  readonly name: string;
  readonly colour: string;
  readonly hatched?: true;
}

const mostPoints = 600;
const axisWidth = 64;
const margin = { top: 8, right: 20, bottom: 0, left: 0 };
/** What stands beside the plot, in pixels. */
export const plot = { left: axisWidth, right: margin.right } as const;

/** The ends of the axis of lines through these points. */
export const axisOf = (points: readonly Point[]) => ({ from: points[0]?.at ?? 0, to: points.at(-1)?.at ?? 0 });

export function LinesOf(given: LinesGiven) {
  const points = useTurn(given.points);
  return <Sized points={points}>{points && <Lines {...given} points={points} />}</Sized>;
}

const Lines = memo(function Lines({ label, points, format, lines, unit, steps, ticks, band }: LinesGiven) {
  const shown = points.slice(-mostPoints);
  const names = lines.map((line) => line.name);
  const most = mostOf(shown, band ? [...names, band.most] : names);
  return (
    <Fitted>
      <ComposedChart data={shown} margin={margin} title={label}>
        {frame(shown, ticks ?? ticksOf(most, unit), format)}
        {band && (
          <Area
            dataKey={(point: Point) => [point[band.least], point[band.most]]}
            fill={lines[0]?.colour ?? "none"}
            fillOpacity={0.28}
            stroke="none"
            activeDot={false}
            isAnimationActive={false}
          />
        )}
        {lines.map(({ name, colour, dash }) => (
          <Line
            key={name}
            dataKey={name}
            type={steps ? "stepAfter" : "linear"}
            stroke={colour}
            strokeWidth={1.6}
            {...(dash && { strokeDasharray: dash })}
            dot={false}
            isAnimationActive={false}
            connectNulls={false}
          />
        ))}
      </ComposedChart>
    </Fitted>
  );
});

/** Above the line what came, below what went: told apart by place as well as by colour. */
export function BarsOf(given: BarsGiven) {
  const points = useTurn(given.points);
  return <Sized points={points}>{points && <Bars {...given} points={points} />}</Sized>;
}

const Bars = memo(function Bars({ label, points, format, bars, seconds }: BarsGiven) {
  const shown = points.slice(-mostPoints);
  const hatch = useId();
  return (
    <Fitted>
      <BarChart data={shown} margin={margin} title={label} stackOffset="sign" barCategoryGap="12%" maxBarSize={18}>
        {frame(shown, mirroredTicks(tallest(shown, bars)), format, seconds / 2)}
        <ReferenceLine y={0} stroke="var(--edge-strong)" />
        {bars.map(({ name, colour, hatched }, at) => (
          <Bar
            key={name}
            dataKey={name}
            stackId="flow"
            fill={hatched ? `url(#${hatch}${at})` : colour}
            minPointSize={seen}
            isAnimationActive={false}
          />
        ))}
        {bars.map(
          ({ name, colour, hatched }, at) => hatched && <Hatch key={name} id={`${hatch}${at}`} colour={colour} />,
        )}
      </BarChart>
    </Fitted>
  );
});

/** A few among millions are seen as well. */
const seen = (value: number | undefined | null): number => (value ? 2 : 0);

const Hatch = ({ id, colour }: { readonly id: string; readonly colour: string }) => (
  <defs>
    <pattern id={id} width={5} height={5} patternUnits="userSpaceOnUse" patternTransform="rotate(45)">
      <rect width={5} height={5} fill={colour} fillOpacity={0.15} />
      <rect width={1.6} height={5} fill={colour} fillOpacity={0.75} />
    </pattern>
  </defs>
);

interface SizedGiven {
  readonly points: readonly unknown[] | undefined;
  readonly children: ReactElement | undefined;
}
/** The room of a chart, also before it is drawn. */
export const Sized = ({ points, children }: SizedGiven) => (
  <div className="sized" {...useStillPointer(points)}>
    {children}
  </div>
);

export const Fitted = ({ children }: { readonly children: ReactElement }) => (
  <ResponsiveContainer width="100%" height="100%" initialDimension={{ width: 480, height: 168 }}>
    {children}
  </ResponsiveContainer>
);

/** Recharts finds axes by looking through what it is given: a list, not a component. */
function frame(
  points: readonly Point[],
  ticks: readonly number[],
  format: (value: number) => string,
  beyond = 0,
): readonly ReactElement[] {
  const [first, last] = [(points[0]?.at ?? 0) - beyond, (points.at(-1)?.at ?? 0) + beyond];
  return [
    <CartesianGrid key="grid" vertical={false} stroke="var(--edge)" />,
    <XAxis
      key="x"
      dataKey="at"
      type="number"
      domain={[first, last]}
      ticks={[...timeTicks(first, last)]}
      tickFormatter={axisTime}
      tickLine={false}
      stroke="var(--edge-strong)"
      height={22}
    />,
    <YAxis
      key="y"
      width={axisWidth}
      domain={[ticks[0] ?? 0, ticks.at(-1) ?? 1]}
      ticks={[...ticks]}
      tickFormatter={format}
      tickLine={false}
      axisLine={false}
      interval={0}
    />,
    <Tooltip
      key="tip"
      isAnimationActive={false}
      cursor={{ stroke: "var(--edge-strong)", fill: "var(--accent-soft)" }}
      content={(shown) => <Tip shown={shown} format={format} />}
    />,
  ];
}

/** Of a part of a whole all of it is seen. */
const ticksOf = (most: number, unit: LinesGiven["unit"]): readonly number[] =>
  unit === "part" ? [0, 0.25, 0.5, 0.75, 1] : valueTicks(most, unit);

/** What stands on one another adds up. */
function tallest(points: readonly Point[], bars: readonly BarLook[]): number {
  const values = (point: Point) => bars.map(({ name }) => point[name] ?? 0);
  const up = (point: Point) => values(point).reduce((sum, value) => sum + Math.max(0, value), 0);
  const down = (point: Point) => values(point).reduce((sum, value) => sum - Math.min(0, value), 0);
  return Math.max(0, ...points.flatMap((point) => [up(point), down(point)]));
}

function mostOf(points: readonly Point[], names: readonly string[]): number {
  return Math.max(0, ...points.flatMap((point) => names.map((name) => Math.abs(point[name] ?? 0))));
}
