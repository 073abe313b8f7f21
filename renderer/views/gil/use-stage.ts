// Two canvases and what is to be drawn in; a picture that is drawn when something changed, at most once a frame, out. Next: painter.ts.
import { type RefObject, useEffect, useRef } from "react";
import type { Tracks } from "../../state/gil/tracks.ts";
import { onWorn } from "../../state/settings.ts";
import { readLook } from "./look.ts";
import type { Marks } from "./marks.ts";
import { paintOverlay } from "./overlay.ts";
import { Painter } from "./painter.ts";
import type { Scene } from "./scene.ts";
import { Surface } from "./surface.ts";

export interface StageGiven {
  readonly tracks: Tracks;
  readonly threads: readonly number[];
  readonly shown: readonly number[];
  readonly marks: Marks;
  readonly scroll: RefObject<HTMLElement | null>;
  readonly base: RefObject<HTMLCanvasElement | null>;
  readonly over: RefObject<HTMLCanvasElement | null>;
}

/** `change` is called before each picture: what is under a pointer that rests changes when the picture moves. */
export function useStage(given: StageGiven, change: () => void): void {
  const { tracks, threads, shown, marks, scroll, base, over } = given;
  const latest = useRef(change);
  useEffect(() => {
    latest.current = change;
  });
  useEffect(() => {
    if (!base.current || !over.current || !scroll.current) return;
    const stage = new Stage(base.current, over.current, scroll.current, { tracks, threads, shown, marks });
    return stage.run(() => latest.current());
  }, [tracks, threads, shown, marks, scroll, base, over]);
}

type Drawn = Pick<Scene, "tracks" | "threads" | "shown" | "marks">;

class Stage {
  readonly #base: Surface;
  readonly #over: Surface;
  readonly #canvas: HTMLCanvasElement;
  readonly #scroll: HTMLElement;
  readonly #drawn: Drawn;
  readonly #painter: Painter;
  #look;
  #dirty = { base: true, over: true };
  #frame: number | undefined;

  constructor(base: HTMLCanvasElement, over: HTMLCanvasElement, scroll: HTMLElement, drawn: Drawn) {
    this.#base = new Surface(base, { isSeeThrough: false });
    this.#over = new Surface(over, { isSeeThrough: true });
    this.#canvas = base;
    this.#scroll = scroll;
    this.#drawn = drawn;
    this.#painter = new Painter(this.#base);
    this.#look = readLook(base);
  }

  run(before: () => void): () => void {
    const { tracks } = this.#drawn;
    const all = () => this.#ask(true, before);
    const top = () => this.#ask(false, before);
    const look = () => {
      this.#look = readLook(this.#canvas);
      all();
    };
    const sizes = new ResizeObserver(all);
    sizes.observe(this.#canvas);
    this.#scroll.addEventListener("scroll", all, { passive: true });
    const stops = [
      ...[tracks.span, tracks.whole, tracks.tiles.version, tracks.flags].map((cell) => cell.subscribe(all)),
      ...[tracks.chosen, tracks.pointed].map((cell) => cell.subscribe(top)),
      onWorn(look),
      () => sizes.disconnect(),
      () => this.#scroll.removeEventListener("scroll", all),
      () => this.#frame !== undefined && cancelAnimationFrame(this.#frame),
    ];
    all();
    // Letters measured before their font is there would be cut in the wrong place.
    void document.fonts.ready.then(all);
    return () => {
      for (const stop of stops) stop();
    };
  }

  #ask(base: boolean, before: () => void): void {
    this.#dirty = { base: this.#dirty.base || base, over: true };
    this.#frame ??= requestAnimationFrame(() => {
      this.#frame = undefined;
      before();
      this.#draw();
    });
  }

  #draw(): void {
    const { clientWidth: width, clientHeight: height } = this.#canvas;
    if (width === 0 || height === 0) return;
    this.#base.resize({ width, height });
    this.#over.resize({ width, height });
    const scene: Scene = { ...this.#drawn, look: this.#look, scrollTop: this.#scroll.scrollTop };
    scene.tracks.tiles.look(scene.tracks.span.get(), width);
    if (this.#dirty.base) this.#painter.draw(scene);
    if (this.#dirty.over) paintOverlay(this.#over, scene);
    this.#dirty = { base: false, over: false };
  }
}
