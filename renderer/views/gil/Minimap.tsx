// Tracks in, the whole recording as a narrow map out; a press or a drag on it moves what is seen.
import { type PointerEvent, useEffect, useRef } from "react";
import { lengthOf, msAt } from "../../logic/gil/span.ts";
import type { Tracks } from "../../state/gil/tracks.ts";
import { onWorn } from "../../state/settings.ts";
import { type Look, readLook } from "./look.ts";
import { MapPainter } from "./map-painter.ts";
import { Surface } from "./surface.ts";

export function Minimap({ tracks }: { readonly tracks: Tracks }) {
  const canvas = useRef<HTMLCanvasElement>(null);
  useEffect(() => (canvas.current ? run(canvas.current, tracks) : undefined), [tracks]);
  const move = (event: PointerEvent<HTMLElement>) => {
    if (event.buttons === 0) return;
    const box = event.currentTarget.getBoundingClientRect();
    const ms = msAt(tracks.whole.get(), box.width, event.clientX - box.left);
    const half = lengthOf(tracks.span.get()) / 2;
    tracks.see({ fromMs: ms - half, toMs: ms + half });
  };
  const press = (event: PointerEvent<HTMLElement>) => {
    event.currentTarget.setPointerCapture(event.pointerId);
    move(event);
  };
  return (
    <div className="track-map" aria-hidden="true" onPointerDown={press} onPointerMove={move}>
      <canvas ref={canvas} />
    </div>
  );
}

function run(canvas: HTMLCanvasElement, tracks: Tracks): () => void {
  const surface = new Surface(canvas, { isSeeThrough: false });
  const painter = new MapPainter(surface, tracks);
  let look: Look = readLook(canvas);
  let frame: number | undefined;
  const draw = () => {
    frame = undefined;
    surface.resize({ width: canvas.clientWidth, height: canvas.clientHeight });
    painter.draw(look);
  };
  const ask = () => {
    frame ??= requestAnimationFrame(draw);
  };
  const sizes = new ResizeObserver(ask);
  sizes.observe(canvas);
  const stops = [
    ...[tracks.span, tracks.whole, tracks.tiles.overview, tracks.flags].map((cell) => cell.subscribe(ask)),
    onWorn(() => {
      look = readLook(canvas);
      ask();
    }),
    () => sizes.disconnect(),
    () => frame !== undefined && cancelAnimationFrame(frame),
  ];
  ask();
  return () => {
    for (const stop of stops) stop();
  };
}
