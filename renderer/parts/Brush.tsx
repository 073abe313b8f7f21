// A chart over time in; the same chart, over which a stretch of time can be dragged, out. What a drag does, two fields beside it do as well.
import { type PointerEvent, type ReactNode, useState } from "react";
import { plot } from "./Charts.tsx";

interface Range {
  readonly from: number;
  readonly to: number;
}
interface Given {
  /** The ends of the axis, in seconds. */
  readonly axis: Range;
  readonly range: Range | undefined;
  /** Told when the drag ends. */
  readonly change: (range: Range) => void;
  readonly children: ReactNode;
}

/** Shorter than this it was a click. */
const leastPixels = 5;

export function Brush({ axis, range, change, children }: Given) {
  const [drag, setDrag] = useState<Range | undefined>(undefined);
  const at = (event: PointerEvent<HTMLElement>) => timeAt(event, axis);
  const down = (event: PointerEvent<HTMLElement>) => {
    if (event.button === 0) setDrag({ from: at(event), to: at(event) });
  };
  const move = (event: PointerEvent<HTMLElement>) => {
    if (drag && event.buttons === 1) setDrag({ ...drag, to: at(event) });
  };
  const up = (event: PointerEvent<HTMLElement>) => {
    if (!drag) return;
    const found = ordered({ from: drag.from, to: at(event) });
    const pixels = ((found.to - found.from) / (axis.to - axis.from)) * event.currentTarget.clientWidth;
    if (pixels >= leastPixels) change(found);
    setDrag(undefined);
  };
  const shown = drag ? ordered(drag) : range;
  return (
    <div
      className="brush"
      onPointerDown={down}
      onPointerMove={move}
      onPointerUp={up}
      onPointerLeave={() => setDrag(undefined)}
    >
      {children}
      {shown && <div className="brushed" style={placeOf(shown, axis)} />}
    </div>
  );
}

const ordered = ({ from, to }: Range): Range => (from <= to ? { from, to } : { from: to, to: from });

function timeAt({ currentTarget, clientX }: PointerEvent<HTMLElement>, { from, to }: Range): number {
  const { left, width } = currentTarget.getBoundingClientRect();
  const part = (clientX - left - plot.left) / Math.max(1, width - plot.left - plot.right);
  return from + Math.max(0, Math.min(1, part)) * (to - from);
}

function placeOf(range: Range, axis: Range) {
  const part = (at: number) => Math.max(0, Math.min(1, (at - axis.from) / Math.max(1e-9, axis.to - axis.from)));
  const room = `(100% - ${plot.left + plot.right}px)`;
  return {
    left: `calc(${plot.left}px + ${room} * ${part(range.from)})`,
    width: `calc(${room} * ${part(range.to) - part(range.from)})`,
  };
}
