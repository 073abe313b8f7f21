// Keys held down in, steps of the picture out: smooth while they are held, one step a press where motion is not wanted. Next: use-track-keys.ts.
import { isStill } from "../settings.ts";
import type { Tracks } from "./tracks.ts";

export type Move = "in" | "out" | "left" | "right";

/** Of what is seen, in a second. */
const panPerSecond = 0.9;
const zoomPerSecond = 4;
const step = { pan: 0.2, zoom: 1.5 } as const;
/** After a pause of the browser one does not find oneself elsewhere. */
const longestFrameMs = 50;

export class Motion {
  readonly #tracks: Tracks;
  readonly #held = new Set<Move>();
  #frame: number | undefined;
  #before = 0;

  constructor(tracks: Tracks) {
    this.#tracks = tracks;
  }

  press(move: Move): void {
    if (isStill()) return this.#apply(move, step.pan, step.zoom);
    if (this.#held.has(move)) return;
    this.#held.add(move);
    if (this.#frame !== undefined) return;
    this.#before = performance.now();
    // A tap is seen at once, without waiting for how long it will be held.
    this.#apply(move, step.pan / 4, step.zoom ** 0.25);
    this.#frame = requestAnimationFrame((now) => this.#run(now));
  }

  release(move: Move): void {
    this.#held.delete(move);
  }

  stop(): void {
    this.#held.clear();
    if (this.#frame !== undefined) cancelAnimationFrame(this.#frame);
    this.#frame = undefined;
  }

  #run(now: number): void {
    const seconds = Math.min(longestFrameMs, Math.max(0, now - this.#before)) / 1000;
    this.#before = now;
    for (const move of this.#held) this.#apply(move, panPerSecond * seconds, zoomPerSecond ** seconds);
    this.#frame = this.#held.size > 0 ? requestAnimationFrame((next) => this.#run(next)) : undefined;
  }

  #apply(move: Move, pan: number, zoom: number): void {
    if (move === "in") this.#tracks.zoom(1 / zoom);
    else if (move === "out") this.#tracks.zoom(zoom);
    else this.#tracks.pan(move === "left" ? -pan : pan);
  }
}
