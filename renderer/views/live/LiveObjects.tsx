// A series in, the chart of live objects out, with its sentence, its table and its marks. Next: parts/Charts.tsx.
import { useMemo } from "react";
import type { Bucket } from "../../../shared/rpc-contract.ts";
import { liveSentence, type Series, warmUpPart } from "../../logic/figures.ts";
import { count, duration, shortCount } from "../../logic/format.ts";
import { thinned } from "../../logic/thinned.ts";
import { axisOf, LinesOf, type Point } from "../../parts/Charts.tsx";
import { Figure } from "../../parts/Figure.tsx";
import { Flagged } from "../marks/Flagged.tsx";

interface Given {
  readonly path: string;
  readonly series: Series;
  /** The stretches between the marks are told apart. */
  readonly veiled?: boolean;
}

const band = { least: "least", most: "most" };

const lines = [{ name: "objects", colour: "var(--alive)" }];

export function LiveObjects({ path, series, veiled = false }: Given) {
  const { buckets } = series;
  const points = useMemo(() => buckets.map(pointOf), [buckets]);
  const rows = thinned(buckets).map(({ at, live }) => [duration(at), count(live)]);
  const warmUp = veiled ? {} : { warmUp: warmUpPart };
  return (
    <Figure title="Live objects" sentence={liveSentence(series)} twin={{ heads: ["After", "Live objects"], rows }}>
      <Flagged path={path} axis={axisOf(points)} veiled={veiled} {...warmUp}>
        <LinesOf
          label="Live objects over time"
          points={points}
          lines={lines}
          band={band}
          unit="count"
          format={shortCount}
        />
      </Flagged>
    </Figure>
  );
}

const pointOf = ({ at, live, liveRange }: Bucket): Point => ({
  ...{ at, objects: live, least: liveRange?.least ?? null, most: liveRange?.most ?? null },
});
