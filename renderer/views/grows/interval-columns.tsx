// Intervals in, the columns of their table out: whether it goes on, what and where, then one an interval. Next: Intervals.tsx.
import type { ReactNode } from "react";
import type { Interval, IntervalRow, Intervals } from "../../../shared/marks.ts";
import { what, where } from "../../logic/finding.ts";
import { axisTime, bytes, change, duration, exactBytes } from "../../logic/format.ts";
import { headOf, type Measure } from "../../logic/intervals.ts";
import { hashOf, live } from "../../logic/routes.ts";
import type { Column } from "../../parts/DataTable.tsx";
import { Said } from "../../parts/Words.tsx";

const whatAndWhere: readonly Column<IntervalRow>[] = [
  { id: "type", head: "Type", text: true, room: "cut", cell: (row) => <Said sentence={[what(row)]} /> },
  { id: "where", head: "Where", text: true, room: "cut", cell: (row) => <Said sentence={where(row)} /> },
  { id: "steady", head: "After warm-up", text: true, cell: (row) => row.steady && <Steady /> },
];

const Steady = () => (
  <span className="tag" data-meaning="leak" title="It grew in each interval after warm-up">
    ▲ steady
  </span>
);

export function intervalColumns(path: string, found: Intervals, measure: Measure): readonly Column<IntervalRow>[] {
  return [
    ...whatAndWhere,
    ...found.intervals.map(
      (one, at): Column<IntervalRow> => ({
        id: String(at),
        head: <Head path={path} found={found} at={at} one={one} />,
        cell: (row) => (
          <Grown
            value={row[measure][at]}
            measure={measure}
            isWarmUp={isWarmUp(found.intervals, at)}
            isUp={row.steady}
          />
        ),
      }),
    ),
  ];
}

export function totals({ intervals, total }: Intervals, measure: Measure): readonly ReactNode[] {
  return [
    "All sites",
    "",
    "",
    ...intervals.map((one, at) => (
      <Grown
        key={one.from}
        value={total[measure][at]}
        measure={measure}
        isWarmUp={isWarmUp(intervals, at)}
        isUp={false}
      />
    )),
  ];
}

const isWarmUp = (all: readonly Interval[], at: number): boolean => at === 0 && all.length > 1;

interface HeadGiven {
  readonly path: string;
  readonly found: Intervals;
  readonly at: number;
  readonly one: Interval;
}
/** It leads to what of the interval is still alive. */
function Head({ path, found, at, one }: HeadGiven) {
  const range = { from: one.from, to: one.to };
  return (
    <span className="interval">
      <a
        href={hashOf({ ...live(path), range })}
        title={`From ${axisTime(one.from)} to ${axisTime(one.to)}: what of it is still alive`}
      >
        {headOf(found, at)}
      </a>
      <span className="faint">
        {isWarmUp(found.intervals, at) ? "warm-up: caches fill" : duration(one.to - one.from)}
      </span>
    </span>
  );
}

interface GrownGiven {
  readonly value: number | null | undefined;
  readonly measure: Measure;
  readonly isWarmUp: boolean;
  /** Said in colour only where it is steady. */
  readonly isUp: boolean;
}
function Grown({ value, measure, isWarmUp: isFaint, isUp }: GrownGiven) {
  if (value === 0) return <span className="faint">=</span>;
  const text = measure === "objects" ? change(value) : signed(value);
  return (
    <span
      className={isFaint || value == null ? "faint" : isUp ? "up" : undefined}
      title={measure === "bytes" ? exactBytes(value) : undefined}
    >
      {text}
    </span>
  );
}

const signed = (value: number | null | undefined): string => `${value != null && value > 0 ? "+" : ""}${bytes(value)}`;
