// A series in, the chart of live memory out, with its sentence, its table and its marks. Next: parts/Charts.tsx.
import { useMemo } from "react";
import type { Bucket } from "../../../shared/rpc-contract.ts";
import { bytesSentence, type Series, warmUpPart } from "../../logic/figures.ts";
import { bytes, duration } from "../../logic/format.ts";
import { thinned } from "../../logic/thinned.ts";
import { axisOf, LinesOf, type Point } from "../../parts/Charts.tsx";
import { Figure } from "../../parts/Figure.tsx";
import { Flagged } from "../marks/Flagged.tsx";

const lines = [{ name: "memory", colour: "var(--alive)" }];
const band = { least: "least", most: "most" };

export function LiveMemory({ path, series }: { readonly path: string; readonly series: Series }) {
  const { buckets } = series;
  const points = useMemo(() => buckets.map(pointOf), [buckets]);
  const rows = thinned(buckets).map(({ at, liveBytes }) => [duration(at), bytes(liveBytes)]);
  return (
    <Figure title="Live memory" sentence={bytesSentence(series)} twin={{ heads: ["After", "Live memory"], rows }}>
      <Flagged path={path} axis={axisOf(points)} warmUp={warmUpPart}>
        <LinesOf label="Live memory over time" points={points} lines={lines} band={band} unit="bytes" format={bytes} />
      </Flagged>
    </Figure>
  );
}

const pointOf = ({ at, liveBytes, liveBytesRange: range }: Bucket): Point => ({
  ...{ at, memory: liveBytes, least: range?.least ?? null, most: range?.most ?? null },
});
