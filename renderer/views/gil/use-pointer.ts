// What a pointer does on the tracks in: pointing, choosing, drawing a span, moving, zooming. Without one the keys do the same.
import { type PointerEvent, type RefObject, useEffect, useRef } from "react";
import { between, lengthOf, msAt, panned } from "../../logic/gil/span.ts";
import type { Tracks } from "../../state/gil/tracks.ts";
import { readLook } from "./look.ts";
import { type Pointer, pointedAt } from "./pointing.ts";

interface Drag {
  readonly kind: "span" | "move";
  readonly fromX: number;
  readonly fromMs: number;
  readonly moved: boolean;
}
interface Given {
  readonly tracks: Tracks;
  readonly threads: readonly number[];
  readonly stage: RefObject<HTMLElement | null>;
  readonly scroll: RefObject<HTMLElement | null>;
}

const leastDrag = 4;
const zoomPerPixel = 1.0022;

export function usePointer({ tracks, threads, stage, scroll }: Given) {
  const last = useRef<Pointer | undefined>(undefined);
  const drag = useRef<Drag | undefined>(undefined);
  const point = () => {
    const { current } = stage;
    const found = last.current && current ? pointedAt(tracks, threads, readLook(current), last.current) : undefined;
    tracks.pointed.set(drag.current ? undefined : found);
  };
  const place = (event: { readonly clientX: number; readonly clientY: number }): Pointer => {
    const box = stage.current?.getBoundingClientRect();
    const [left, top] = [box?.left ?? 0, box?.top ?? 0];
    const scrollTop = scroll.current?.scrollTop ?? 0;
    const at = { x: event.clientX, y: event.clientY };
    return { at, x: at.x - left, y: at.y - top, width: box?.width ?? 1, scrollTop };
  };
  useWheel(stage, tracks, place);
  return {
    point,
    handlers: {
      onPointerDown: (event: PointerEvent<HTMLElement>) => {
        if (event.button > 1) return;
        const { x, width } = place(event);
        const kind = event.shiftKey || event.button === 1 ? "move" : "span";
        drag.current = { kind, fromX: x, fromMs: msAt(tracks.span.get(), width, x), moved: false };
        event.currentTarget.setPointerCapture(event.pointerId);
      },
      onPointerMove: (event: PointerEvent<HTMLElement>) => {
        const now = place(event);
        last.current = now;
        if (drag.current) drag.current = dragged(tracks, drag.current, now);
        point();
      },
      onPointerUp: (event: PointerEvent<HTMLElement>) => {
        const { current } = drag;
        drag.current = undefined;
        last.current = place(event);
        point();
        if (current && !current.moved) choose(tracks);
      },
      onPointerLeave: () => {
        last.current = undefined;
        point();
      },
      onDoubleClick: () => tracks.focus(),
    },
  };
}

function dragged(tracks: Tracks, drag: Drag, { x, width }: Pointer): Drag {
  if (!drag.moved && Math.abs(x - drag.fromX) < leastDrag) return drag;
  const ms = msAt(tracks.span.get(), width, x);
  if (drag.kind === "span") tracks.choose({ kind: "span", span: between(drag.fromMs, ms) });
  else tracks.see(panned(tracks.span.get(), (drag.fromMs - ms) / lengthOf(tracks.span.get()), tracks.whole.get()));
  return { ...drag, moved: true };
}

function choose(tracks: Tracks): void {
  const pointed = tracks.pointed.get();
  if (!pointed) return;
  tracks.thread.set(pointed.threadId);
  tracks.choose(pointed.moment ? { kind: "hold", hold: pointed.moment.hold } : undefined);
}

/** Listened to by hand: React's own listener may not keep the page from zooming. */
function useWheel(stage: RefObject<HTMLElement | null>, tracks: Tracks, place: (event: WheelEvent) => Pointer): void {
  const latest = useRef(place);
  useEffect(() => {
    latest.current = place;
  });
  useEffect(() => {
    const element = stage.current;
    const turn = (event: WheelEvent) => {
      const { x, width } = latest.current(event);
      const sideways = event.shiftKey ? event.deltaY + event.deltaX : event.deltaX;
      if (event.ctrlKey || event.metaKey) tracks.zoom(zoomPerPixel ** event.deltaY, msAt(tracks.span.get(), width, x));
      else if (Math.abs(sideways) > 0) tracks.pan(sideways / width);
      else return;
      event.preventDefault();
    };
    element?.addEventListener("wheel", turn, { passive: false });
    return () => element?.removeEventListener("wheel", turn);
  }, [stage, tracks]);
}
