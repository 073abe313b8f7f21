// The elements of a long table in, how tall they are, how far it is scrolled and which rows are drawn out. Next: parts/TallTable.tsx.
import { type RefObject, useLayoutEffect, useRef, useState } from "react";
import { flushSync } from "react-dom";
import { drawnAt, scrollFor, type Tall, wayPx } from "../logic/tall.ts";

/** Until they are measured, which is before the first picture. */
const guess = { headPx: 30, rowPx: 30, wholePx: 600, openPx: 0 } as const;

export interface Scrolled extends ReturnType<typeof drawnAt> {
  readonly scroller: RefObject<HTMLElement | null>;
  readonly tall: Tall;
  readonly headPx: number;
  readonly onScroll: () => void;
  /** Scrolls so that the row is seen. */
  readonly reveal: (at: number) => void;
}

export function useTall(rows: number, openAt: number | undefined): Scrolled {
  const scroller = useRef<HTMLElement>(null);
  const [measured, setMeasured] = useState<Readonly<Record<keyof typeof guess, number>>>(guess);
  const [scrolledPx, setScrolled] = useState(0);
  const { headPx, rowPx, openPx } = measured;
  const open = openAt === undefined ? undefined : { at: openAt, px: openPx };
  const tall: Tall = { rows, rowPx, viewPx: Math.max(rowPx, measured.wholePx - headPx), open };
  // biome-ignore lint/correctness/useExhaustiveDependencies: what stands under another row is of another height
  useLayoutEffect(() => {
    const measure = () => {
      const now = scroller.current && measureIn(scroller.current);
      if (now) setMeasured((before) => (isSame(before, now) ? before : now));
    };
    measure();
    const watcher = new ResizeObserver(measure);
    if (scroller.current) watcher.observe(scroller.current);
    const more = scroller.current?.querySelector("tr.more");
    if (more) watcher.observe(more);
    return () => watcher.disconnect();
  }, [openAt]);
  const onScroll = () => {
    const now = scroller.current?.scrollTop ?? 0;
    // In the same frame: the rows never lag behind.
    flushSync(() => setScrolled(now));
  };
  const reveal = (at: number) => {
    const element = scroller.current;
    if (!element) return;
    element.scrollTop = scrollFor(tall, at, element.scrollTop);
    setScrolled(element.scrollTop);
  };
  const most = Math.max(0, wayPx(tall) - tall.viewPx);
  return { scroller, tall, headPx, onScroll, reveal, ...drawnAt(tall, Math.min(scrolledPx, most)) };
}

function measureIn(scroller: HTMLElement) {
  const px = (selector: string) => scroller.querySelector(selector)?.getBoundingClientRect().height;
  return {
    headPx: px("thead") ?? guess.headPx,
    rowPx: px("tbody tr[data-at]") ?? guess.rowPx,
    wholePx: scroller.clientHeight,
    openPx: px("tbody tr.more") ?? 0,
  };
}

const isSame = (a: Readonly<Record<keyof typeof guess, number>>, b: typeof a): boolean =>
  Math.abs(a.rowPx - b.rowPx) < 0.01 && a.headPx === b.headPx && a.wholePx === b.wholePx && a.openPx === b.openPx;
