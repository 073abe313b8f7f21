// A series in, its three charts out, each with its sentence and its table. Next: parts/Charts.tsx.
import { memo } from "react";
import type { Bucket } from "../../../shared/rpc-contract.ts";
import { bytesSentence, flowSentence, liveSentence, type Series } from "../../logic/figures.ts";
import { bytes, count, duration, shortCount } from "../../logic/format.ts";
import type { Range } from "../../logic/routes.ts";
import { Brush } from "../../parts/Brush.tsx";
import { axisOf, BarsOf, LinesOf, type Point } from "../../parts/Charts.tsx";
import { Figure, type Twin } from "../../parts/Figure.tsx";
import { Flagged } from "../marks/Flagged.tsx";

interface Given {
  readonly path: string;
  readonly series: Series;
  readonly range: Range | undefined;
  readonly brush: (range: Range) => void;
}

/** Only a new series draws anew, not each second that passes. */
export const Figures = memo(function Figures({ path, series, range, brush }: Given) {
  const { buckets, bucketSeconds } = series;
  const lines = buckets.map(({ at, live, liveBytes }): Point => ({ at, objects: live, memory: liveBytes }));
  const flow = buckets.map(
    ({ at, allocated, freed }): Point => ({
      at: at + bucketSeconds / 2,
      allocated,
      freed: freed === null ? null : -freed,
    }),
  );
  const axis = { from: buckets[0]?.at ?? 0, to: (buckets.at(-1)?.at ?? 0) + bucketSeconds };
  const each = bucketSeconds === 1 ? "second" : duration(bucketSeconds);
  return (
    <div className="charts">
      <Figure
        title="Live objects"
        sentence={liveSentence(series)}
        twin={twinOf(buckets, "Live objects", (bucket) => count(bucket.live))}
      >
        <Flagged path={path} axis={axisOf(lines)}>
          <LinesOf
            label="Live objects over time"
            points={lines}
            lines={[{ name: "objects", colour: "var(--alive)" }]}
            unit="count"
            format={shortCount}
          />
        </Flagged>
      </Figure>
      <Figure
        title="Live memory"
        sentence={bytesSentence(series)}
        twin={twinOf(buckets, "Live memory", (bucket) => bytes(bucket.liveBytes))}
      >
        <Flagged path={path} axis={axisOf(lines)}>
          <LinesOf
            label="Live memory over time"
            points={lines}
            lines={[{ name: "memory", colour: "var(--alive)" }]}
            unit="bytes"
            format={bytes}
          />
        </Flagged>
      </Figure>
      <Figure
        whole
        title={`Allocated and freed in each ${each}`}
        sentence={flowSentence(series)}
        twin={flowTwin(buckets)}
        legend={<FlowLegend />}
      >
        <Flagged path={path} axis={axis}>
          <Brush axis={axis} range={range} change={brush}>
            <BarsOf
              label="Allocations above the line, frees below it"
              points={flow}
              format={(value) => shortCount(Math.abs(value))}
              bars={flowBars}
              seconds={bucketSeconds}
            />
          </Brush>
        </Flagged>
      </Figure>
    </div>
  );
});

const flowBars = [
  { name: "allocated", colour: "var(--alive)" },
  { name: "freed", colour: "var(--freed)" },
];

function FlowLegend() {
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

/** A table of 600 rows is read by nobody. */
const twinRows = 40;
const thinned = (buckets: readonly Bucket[]) => {
  const every = Math.ceil(buckets.length / twinRows);
  return buckets.filter((_, at) => at % every === 0 || at === buckets.length - 1);
};

function twinOf(buckets: readonly Bucket[], head: string, cell: (bucket: Bucket) => string): Twin {
  return { heads: ["After", head], rows: thinned(buckets).map((bucket) => [duration(bucket.at), cell(bucket)]) };
}

function flowTwin(buckets: readonly Bucket[]): Twin {
  const rows = thinned(buckets).map((bucket) => [duration(bucket.at), count(bucket.allocated), count(bucket.freed)]);
  return { heads: ["From", "Allocated", "Freed"], rows };
}
