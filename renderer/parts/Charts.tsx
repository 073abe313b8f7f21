// Points in, Recharts out: at most 600 a series, no dots, no motion, colours only from the tokens. Next: parts/Figure.tsx.
import type { ReactElement } from "react";
import { Bar, BarChart, CartesianGrid, Line, LineChart, ReferenceLine, ResponsiveContainer, Tooltip, XAxis, YAxis } from "recharts";
import { duration } from "../logic/format.ts";

export interface Point {
  readonly at: number;
  readonly [name: string]: number | null;
}
export interface Bars {
  readonly name: string;
  readonly colour: string;
}
interface Given {
  readonly label: string;
  readonly points: readonly Point[];
  readonly format: (value: number) => string;
}

export const mostPoints = 600;
const axisWidth = 70;
const margin = { top: 6, right: 8, bottom: 0, left: 0 };

export function LineOf({ label, points, format, name }: Given & { readonly name: string }) {
  return (
    <Sized>
      <LineChart data={points.slice(-mostPoints)} margin={margin} title={label}>
        {frame(format)}
        <Line dataKey={name} type="linear" stroke="var(--alive)" strokeWidth={1.6} dot={false} isAnimationActive={false} connectNulls={false} />
      </LineChart>
    </Sized>
  );
}

/** Above the line what came, below what went: told apart by place as well as by colour. */
export function BarsOf({ label, points, format, bars }: Given & { readonly bars: readonly Bars[] }) {
  return (
    <Sized>
      <BarChart data={points.slice(-mostPoints)} margin={margin} title={label} stackOffset="sign" barCategoryGap={1}>
        {frame(format)}
        <ReferenceLine y={0} stroke="var(--edge-strong)" />
        {bars.map((bar) => (
          <Bar key={bar.name} dataKey={bar.name} stackId="flow" fill={bar.colour} isAnimationActive={false} />
        ))}
      </BarChart>
    </Sized>
  );
}

function Sized({ children }: { readonly children: ReactElement }) {
  return (
    <ResponsiveContainer width="100%" height="100%" initialDimension={{ width: 480, height: 168 }}>
      {children}
    </ResponsiveContainer>
  );
}

/** Recharts finds axes by looking through what it is given: a list, not a component. */
function frame(format: (value: number) => string): readonly ReactElement[] {
  return [
    <CartesianGrid key="grid" vertical={false} stroke="var(--edge)" />,
    <XAxis key="x" dataKey="at" type="number" domain={["dataMin", "dataMax"]} tickFormatter={duration} tickLine={false} stroke="var(--edge-strong)" minTickGap={48} height={22} />,
    <YAxis key="y" width={axisWidth} tickFormatter={format} tickLine={false} axisLine={false} tickCount={4} />,
    <Tooltip key="tip" isAnimationActive={false} cursor={{ stroke: "var(--edge-strong)", fill: "var(--accent-soft)" }} content={(shown) => <Tip shown={shown} format={format} />} />,
  ];
}

interface Shown {
  readonly active?: boolean;
  readonly label?: string | number | undefined;
  readonly payload?: readonly { readonly dataKey?: unknown; readonly value?: unknown }[];
}
function Tip({ shown, format }: { readonly shown: Shown; readonly format: (value: number) => string }) {
  if (!shown.active || !shown.payload?.length) return null;
  return (
    <div className="tip">
      <span className="faint">at {duration(Number(shown.label))}</span>
      {shown.payload.map(({ dataKey, value }) => (
        <div key={String(dataKey)}>
          <span className="quiet">{String(dataKey)}</span> <b>{typeof value === "number" ? format(value) : "—"}</b>
        </div>
      ))}
    </div>
  );
}
