// A chart over the time of a recording in, the same with the recording's marks as flags out; what is pointed at can be marked.
import type { PointerEvent, ReactNode } from "react";
import type { Axis } from "../../logic/marks.ts";
import { plot } from "../../parts/Charts.tsx";
import { Flags, timeAt } from "../../parts/Flags.tsx";
import { useMarks } from "../../state/use-marks.ts";
import { dragOf } from "./drag.ts";

interface Given {
  readonly path: string;
  /** The ends of the chart's axis, in seconds. */
  readonly axis: Axis;
  /** The first interval is veiled: what it shows is warm-up. */
  readonly veiled?: boolean;
  /** Instead of it this part of the axis, 0 to 1. */
  readonly warmUp?: number;
  readonly children: ReactNode;
}

export function Flagged({ path, axis, veiled, warmUp, children }: Given) {
  const { store, flags } = useMarks(path);
  const point = ({ currentTarget, clientX }: PointerEvent<HTMLElement>) => {
    const { left, width } = currentTarget.getBoundingClientRect();
    store.pointed.set(timeAt(axis, clientX - left - plot.left, width - plot.left - plot.right));
  };
  const [first] = flags;
  return (
    <div className="flagged" onPointerMove={point} onPointerLeave={() => store.pointed.set(undefined)}>
      {children}
      {warmUp !== undefined && <Veil part={warmUp} />}
      {veiled && first && <Veil part={partOf(axis, first.shown)} />}
      <Flags flags={flags} axis={axis} drag={dragOf(store)} on="plot" />
    </div>
  );
}

const partOf = ({ from, to }: Axis, until: number): number =>
  Math.max(0, Math.min(1, (until - from) / Math.max(1e-9, to - from)));

function Veil({ part }: { readonly part: number }) {
  return (
    <div className="flags" aria-hidden="true" data-on="plot">
      <div className="warm-up" style={{ width: `${part * 100}%` }}>
        caches fill
      </div>
    </div>
  );
}
