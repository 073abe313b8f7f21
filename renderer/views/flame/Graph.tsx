// A tree and what is chosen of it in; its picture, which takes keys and a pointer, out. What it shows is said in words by its owner. Next: painter.ts.
import { type KeyboardEvent, type MouseEvent, type RefObject, useEffect, useMemo, useRef, useState } from "react";
import { boxAt, type Layout, layoutOf } from "../../logic/flame/layout.ts";
import { type Move, moved } from "../../logic/flame/moves.ts";
import type { Unit } from "../../logic/flame/said.ts";
import type { Found } from "../../logic/flame/search.ts";
import type { Tree } from "../../logic/flame/tree.ts";
import { onWorn } from "../../state/settings.ts";
import { Surface } from "../gil/surface.ts";
import { readLook } from "./look.ts";
import { paint } from "./painter.ts";

interface Given {
  readonly label: string;
  readonly described: string;
  readonly tree: Tree;
  readonly weights: Float64Array;
  readonly unit: Unit;
  readonly found: Found | undefined;
  readonly upside?: boolean;
  readonly chosen: number;
  readonly zoomed: number;
  readonly choose: (node: number) => void;
  readonly zoom: (node: number) => void;
  readonly point: (node: number | undefined) => void;
}

const usualWidth = 960;

export function Graph(given: Given) {
  const { tree, weights, zoomed, upside = false } = given;
  const canvas = useRef<HTMLCanvasElement>(null);
  const width = useWidth(canvas);
  const layout = useMemo(() => layoutOf(tree, weights, zoomed, width), [tree, weights, zoomed, width]);
  usePicture(canvas, given, layout, width);
  const nodeUnder = (event: MouseEvent<HTMLElement>) => {
    const at = event.currentTarget.getBoundingClientRect();
    const row = Math.floor((event.clientY - at.top) / rowOf(event.currentTarget));
    return boxAt(layout, event.clientX - at.left, upside ? layout.rows - 1 - row : row)?.node;
  };
  const press = (event: MouseEvent<HTMLElement>) => {
    const node = nodeUnder(event);
    if (node === undefined) return;
    given.choose(node);
    given.zoom(node);
  };
  return (
    <div
      className="flame"
      role="application"
      // biome-ignore lint/a11y/noNoninteractiveTabindex: the graph takes keys of its own, as an application does
      tabIndex={0}
      data-rows={layout.rows}
      aria-label={given.label}
      aria-describedby={given.described}
      onKeyDown={(event) => act(event, given, layout)}
      onPointerMove={(event) => given.point(nodeUnder(event))}
      onPointerLeave={() => given.point(undefined)}
      onClick={press}
    >
      <span aria-hidden="true">
        <canvas ref={canvas} />
      </span>
    </div>
  );
}

const moves: Readonly<Record<string, Move>> = {
  ArrowLeft: "before",
  ArrowRight: "after",
  Home: "root",
};

function act(event: KeyboardEvent, given: Given, layout: Layout): void {
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  const { tree, chosen, zoomed, upside } = given;
  const [inwards, outwards] = upside ? ["ArrowUp", "ArrowDown"] : ["ArrowDown", "ArrowUp"];
  const move = event.key === inwards ? "in" : event.key === outwards ? "out" : moves[event.key];
  if (move) {
    const next = moved({ ...given, layout }, chosen, move);
    if (next !== undefined) given.choose(next);
    // Above what fills the width there is only what called it.
    if (next !== undefined && move === "out" && chosen === zoomed) given.zoom(next);
  } else if (event.key === "Enter" || event.key === " ") given.zoom(chosen);
  else if (event.key === "Escape" || event.key === "Backspace") {
    const out = zoomed === 0 ? 0 : (tree.parent[zoomed] ?? 0);
    given.zoom(event.key === "Escape" ? 0 : out);
    given.choose(event.key === "Escape" ? 0 : out);
  } else return;
  event.preventDefault();
  event.stopPropagation();
}

function useWidth(canvas: RefObject<HTMLCanvasElement | null>): number {
  const [width, setWidth] = useState(usualWidth);
  useEffect(() => {
    const element = canvas.current?.parentElement;
    if (!element) return;
    const measure = () => element.clientWidth > 0 && setWidth(element.clientWidth);
    const sizes = new ResizeObserver(measure);
    sizes.observe(element);
    measure();
    return () => sizes.disconnect();
  }, [canvas]);
  return width;
}

function usePicture(canvas: RefObject<HTMLCanvasElement | null>, given: Given, layout: Layout, width: number): void {
  const surface = useRef<Surface>(undefined);
  const { tree, unit, chosen, zoomed, found, upside = false } = given;
  useEffect(() => {
    const element = canvas.current;
    if (!element) return;
    surface.current ??= new Surface(element, { isSeeThrough: false });
    let isOld = false;
    const draw = () => {
      if (isOld) return;
      const look = readLook(element);
      element.style.height = `${layout.rows * look.row}px`;
      surface.current?.resize({ width, height: layout.rows * look.row });
      if (surface.current) paint(surface.current, look, { tree, layout, unit, chosen, zoomed, found, upside });
    };
    const frame = requestAnimationFrame(draw);
    const stop = onWorn(draw);
    // Letters measured before their font is there would be cut in the wrong place.
    void document.fonts.ready.then(draw);
    return () => {
      isOld = true;
      cancelAnimationFrame(frame);
      stop();
    };
  }, [canvas, tree, unit, chosen, zoomed, found, upside, layout, width]);
}

const rowOf = (element: Element): number => readLook(element).row;
