// A chart that changes under a pointer that does not move in; what the pointer is over now, told again to the chart, out.
import { type MouseEvent as ReactMouseEvent, useEffect, useRef } from "react";

interface Place {
  readonly on: Element;
  readonly clientX: number;
  readonly clientY: number;
}

/** Recharts asks what is under the pointer only when it moves; without this its sheet would go on showing an older point. */
export function useStillPointer(points: unknown) {
  const place = useRef<Place | undefined>(undefined);
  useEffect(() => {
    const { current } = place;
    // Named here, so that new points are a reason to tell.
    if (points === undefined || !current) return;
    const { clientX, clientY } = current;
    current.on.dispatchEvent(new MouseEvent("mousemove", { bubbles: true, clientX, clientY }));
  }, [points]);
  return {
    onMouseMove: ({ target, clientX, clientY }: ReactMouseEvent) => {
      if (target instanceof Element) place.current = { on: target, clientX, clientY };
    },
    onMouseLeave: () => {
      place.current = undefined;
    },
  };
}
