// A series in, what was allocated and freed in each of its buckets out; dragging over it chooses a stretch of time. Next: parts/Charts.tsx.
import { useMemo } from "react";
import { flowSentence, type Series } from "../../logic/figures.ts";
import { count, duration, shortCount } from "../../logic/format.ts";
import type { Range } from "../../logic/routes.ts";
import { grouped, sumOf } from "../../logic/thinned.ts";
import { Brush } from "../../parts/Brush.tsx";
import { BarsOf, type Point } from "../../parts/Charts.tsx";
import { Figure } from "../../parts/Figure.tsx";
import { Flagged } from "../marks/Flagged.tsx";

interface Given {
  readonly path: string;
  readonly series: Series;
  readonly range: Range | undefined;
  readonly brush: (range: Range) => void;
}

const bars = [
  { name: "allocated", colour: "var(--alive)" },
  { name: "freed", colour: "var(--freed)" },
];

export function Flow({ path, series, range, brush }: Given) {
  const { buckets, bucketSeconds } = series;
  const points = useMemo(() => pointsOf(series), [series]);
  const rows = grouped(buckets).map((group) => [
    duration(group[0].at),
    duration((group.at(-1)?.at ?? 0) + bucketSeconds),
    count(sumOf(group, (bucket) => bucket.allocated)),
    count(sumOf(group, (bucket) => bucket.freed)),
  ]);
  const axis = { from: buckets[0]?.at ?? 0, to: (buckets.at(-1)?.at ?? 0) + bucketSeconds };
  return (
    <Figure
      whole
      title={`Allocated and freed in each ${bucketSeconds === 1 ? "second" : duration(bucketSeconds)}`}
      sentence={flowSentence(series)}
      twin={{ heads: ["From", "To", "Allocated", "Freed"], rows }}
      legend={<Legend />}
    >
      <Flagged path={path} axis={axis}>
        <Brush axis={axis} range={range} change={brush}>
          <BarsOf
            label="Allocations above the line, frees below it"
            points={points}
            format={unsigned}
            bars={bars}
            seconds={bucketSeconds}
          />
        </Brush>
      </Flagged>
    </Figure>
  );
}

const unsigned = (value: number): string => shortCount(Math.abs(value));

const pointsOf = ({ buckets, bucketSeconds }: Series): readonly Point[] =>
  buckets.map(({ at, allocated, freed }) => ({
    at: at + bucketSeconds / 2,
    allocated,
    freed: freed === null ? null : -freed,
  }));

function Legend() {
  return (
    <div className="legend">
      <span>
        <i className="alive" />
        allocated ▲
      </span>
      <span>
        <i className="freed" />
        freed ▼
      </span>
      <span className="faint">drag to see what is still alive</span>
    </div>
  );
}
