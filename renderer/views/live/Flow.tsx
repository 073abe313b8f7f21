// A recording in, what was allocated and freed over its time and how much of it is alive out; dragging over it chooses a stretch. Next: parts/Charts.tsx.
import { memo, useMemo } from "react";
import type { FlowBucket, Flow as Found } from "../../../shared/flow.ts";
import { flowSentence } from "../../logic/figures.ts";
import { count, duration, shortCount } from "../../logic/format.ts";
import type { Range } from "../../logic/routes.ts";
import { grouped, sumOf } from "../../logic/thinned.ts";
import { Brush } from "../../parts/Brush.tsx";
import { BarsOf, type Point } from "../../parts/Charts.tsx";
import { Figure, type Twin } from "../../parts/Figure.tsx";
import { Loaded } from "../../parts/States.tsx";
import { useApp } from "../../state/app-context.ts";
import { createPoll } from "../../state/poll.ts";
import { usePoll } from "../../state/use-poll.ts";
import { Flagged } from "../marks/Flagged.tsx";

interface Given {
  readonly path: string;
  readonly live: boolean;
  readonly range: Range | undefined;
  readonly brush: (range: Range) => void;
}

/** Three bars each. */
const buckets = 160;
const everyMs = 2000;

export function Flow({ path, live, range, brush }: Given) {
  const { bridge } = useApp();
  const poll = useMemo(() => createPoll(bridge, "recording.flow", { path, buckets }), [bridge, path]);
  return (
    <Loaded loadable={usePoll(poll, live ? everyMs : undefined)}>
      {(flow) => <Chart path={path} flow={flow} range={range} brush={brush} />}
    </Loaded>
  );
}

const bars = [
  { name: "alive", colour: "var(--alive)" },
  { name: "other", colour: "var(--ink-3)", hatched: true },
  { name: "freed", colour: "var(--freed)" },
] as const;

type ChartGiven = Omit<Given, "live"> & { readonly flow: Found };

const Chart = memo(function Chart({ path, flow, range, brush }: ChartGiven) {
  const { buckets: all, bucketSeconds } = flow;
  const points = useMemo(() => all.map((bucket) => pointOf(bucket, bucketSeconds / 2)), [all, bucketSeconds]);
  const axis = { from: all[0]?.at ?? 0, to: (all.at(-1)?.at ?? 0) + bucketSeconds };
  return (
    <Figure
      whole
      title={`Allocated and freed in each ${bucketSeconds === 1 ? "second" : duration(bucketSeconds)}`}
      sentence={flowSentence(flow)}
      twin={twinOf(flow)}
      legend={<Legend />}
    >
      <Flagged path={path} axis={axis}>
        <Brush axis={axis} range={range} change={brush}>
          <BarsOf
            label="Allocations above the line, those that are alive as solid bars; frees below it"
            points={points}
            format={unsigned}
            bars={bars}
            seconds={bucketSeconds}
          />
        </Brush>
      </Flagged>
    </Figure>
  );
});

const unsigned = (value: number): string => shortCount(Math.abs(value));

const pointOf = ({ at, allocated, freed, alive }: FlowBucket, middle: number): Point => ({
  at: at + middle,
  alive,
  other: allocated === null ? null : allocated - (alive ?? 0),
  freed: freed === null ? null : -freed,
});

function twinOf({ buckets: all, bucketSeconds }: Found): Twin {
  const rows = grouped(all).map((group) => [
    duration(group[0].at),
    duration((group.at(-1)?.at ?? 0) + bucketSeconds),
    count(sumOf(group, (bucket) => bucket.allocated)),
    count(sumOf(group, (bucket) => bucket.alive)),
    count(sumOf(group, (bucket) => bucket.freed)),
  ]);
  return { heads: ["From", "To", "Allocated", "Of these alive, at least", "Freed"], rows };
}

function Legend() {
  return (
    <div className="legend">
      <span title="Sums are kept of each site, not of each object: what is solid is alive even if all that its sites freed since was of this time.">
        <i className="alive" />
        allocated ▲ and surely alive
      </span>
      <span>
        <i className="other" />
        allocated ▲, freed since or not told apart
      </span>
      <span>
        <i className="freed" />
        freed ▼
      </span>
      <span className="faint">drag to see what is still alive</span>
    </div>
  );
}
