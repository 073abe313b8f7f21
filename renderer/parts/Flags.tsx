// Flags and the axis they stand on in, a layer over a chart out: each can be dragged along. What a drag does, the list of marks does as well.
import { type PointerEvent, useEffect, useState } from "react";
import { axisTime, duration } from "../logic/format.ts";
import { type Axis, type Flag, hasRoom, type Move, partOf, toMillisecond } from "../logic/marks.ts";

export interface Drag {
  readonly preview: (move: Move | undefined) => void;
  readonly drop: (move: Move) => void;
  /** It was not moved. */
  readonly press: (at: number) => void;
}
interface Given {
  readonly flags: readonly Flag[];
  readonly axis: Axis;
  readonly drag: Drag;
  /** Where the layer lies: over the plot of a chart, or over the tracks, whose canvas draws what is only held here. */
  readonly on: "plot" | "tracks";
}

/** Shorter than this it was a click. */
const leastPixels = 3;

export function Flags({ flags, axis, drag, on }: Given) {
  return (
    <div className="flags" data-on={on} aria-hidden="true">
      {flags.map((flag, at) => {
        const part = partOf(axis, flag.shown);
        if (part === undefined) return null;
        const text = hasRoom(flags, at, axis) ? flag.label : flag.short;
        return <OneFlag key={flag.at} flag={flag} text={text} part={part} axis={axis} drag={drag} />;
      })}
    </div>
  );
}

interface OneGiven {
  readonly flag: Flag;
  readonly text: string;
  readonly part: number;
  readonly axis: Axis;
  readonly drag: Drag;
}

function OneFlag({ flag, text, part, axis, drag }: OneGiven) {
  const [from, setFrom] = useState<number | undefined>(undefined);
  const isDragged = from !== undefined;
  useEscape(isDragged, () => {
    setFrom(undefined);
    drag.preview(undefined);
  });
  const down = (event: PointerEvent<HTMLElement>) => {
    // What lies below begins a drag of its own with a press.
    event.stopPropagation();
    if (event.button !== 0) return;
    event.currentTarget.setPointerCapture(event.pointerId);
    setFrom(event.clientX);
  };
  const move = (event: PointerEvent<HTMLElement>) => {
    if (from !== undefined && Math.abs(event.clientX - from) >= leastPixels)
      drag.preview({ at: flag.at, to: timeUnder(event, axis) });
  };
  const up = (event: PointerEvent<HTMLElement>) => {
    if (from === undefined) return;
    setFrom(undefined);
    if (flag.shown !== flag.at) drag.drop({ at: flag.at, to: timeUnder(event, axis) });
    else drag.press(flag.at);
  };
  const shown = isDragged ? axisTime(toMillisecond(flag.shown)) : text;
  return (
    <div className="flag" style={{ left: `${part * 100}%` }} data-dragged={isDragged || undefined}>
      <span
        className="flag-head"
        title={`Mark ${flag.label} at ${duration(flag.shown)}; drag it along`}
        onPointerDown={down}
        onPointerMove={move}
        onPointerUp={up}
      >
        {shown}
      </span>
    </div>
  );
}

/** Before anything else hears of the key: elsewhere it drops what is chosen. */
function useEscape(isOn: boolean, act: () => void): void {
  useEffect(() => {
    if (!isOn) return;
    const press = (event: KeyboardEvent) => {
      if (event.key !== "Escape") return;
      event.stopImmediatePropagation();
      act();
    };
    addEventListener("keydown", press, { capture: true });
    return () => removeEventListener("keydown", press, { capture: true });
  });
}

function timeUnder(event: PointerEvent<HTMLElement>, axis: Axis): number {
  const layer = event.currentTarget.closest(".flags");
  const { left, width } = (layer ?? event.currentTarget).getBoundingClientRect();
  return timeAt(axis, event.clientX - left, width);
}

export function timeAt({ from, to }: Axis, x: number, width: number): number {
  const part = Math.max(0, Math.min(1, x / Math.max(1, width)));
  return toMillisecond(from + part * (to - from));
}
