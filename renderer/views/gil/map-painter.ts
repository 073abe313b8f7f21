// The whole recording in, the narrow map above the tracks out: held below, waited above, a frame around what is seen. Next: Minimap.tsx.
import { columnsOf, fillFromStrip, type Lane } from "../../logic/gil/columns.ts";
import { paintLane } from "../../logic/gil/pixels.ts";
import { xOf } from "../../logic/gil/span.ts";
import type { Overview } from "../../state/gil/tile-store.ts";
import type { Tracks } from "../../state/gil/tracks.ts";
import { paintFlagLines } from "./flag-painter.ts";
import type { Look } from "./look.ts";
import type { Surface } from "./surface.ts";

const leastWidth = 4;

/** What was summed up of a recording at a width; the same for every picture until more is known. */
interface Summed {
  readonly overview: Overview;
  readonly wholeMs: number;
  readonly width: number;
  readonly lane: Lane;
  readonly known: Uint8Array;
}

export class MapPainter {
  readonly #surface: Surface;
  readonly #tracks: Tracks;
  #summed: Summed | undefined;

  constructor(surface: Surface, tracks: Tracks) {
    this.#surface = surface;
    this.#tracks = tracks;
  }

  draw(look: Look): void {
    const { ratio, size } = this.#surface;
    const picture = this.#surface.begin(look.lanes.released);
    const overview = this.#tracks.tiles.overview.get();
    if (overview) {
      const { lane, known } = this.#sum(overview, picture.width);
      paintLane(picture, lane, known, { top: 0, height: Math.round(size.height * ratio), shift: 0 }, look.lanes);
    }
    this.#surface.show();
    this.#paintFrame(look);
    paintFlagLines(this.#surface, this.#tracks.flags.get(), this.#tracks.whole.get(), look);
  }

  #sum(overview: Overview, width: number): Summed {
    const whole = this.#tracks.whole.get();
    const kept = this.#summed;
    if (kept && kept.overview === overview && kept.wholeMs === whole.toMs && kept.width === width) return kept;
    const threads = [...overview.strip.lanes.keys()];
    const columns = columnsOf(width, threads.length);
    fillFromStrip(columns, { span: whole, threads, x0: 0, x1: width }, overview.strip);
    const lane = together(columns.lanes, width);
    this.#summed = { overview, wholeMs: whole.toMs, width, lane, known: columns.known };
    return this.#summed;
  }

  /** What is not seen below is veiled. */
  #paintFrame(look: Look): void {
    const { size, context } = this.#surface;
    const [span, whole] = [this.#tracks.span.get(), this.#tracks.whole.get()];
    const from = xOf(whole, size.width, span.fromMs);
    const to = Math.max(from + leastWidth, xOf(whole, size.width, span.toMs));
    context.globalAlpha = 0.55;
    context.fillStyle = look.surface;
    context.fillRect(0, 0, from, size.height);
    context.fillRect(to, 0, size.width - to, size.height);
    context.globalAlpha = 1;
    context.lineWidth = 2;
    context.strokeStyle = look.accent;
    context.strokeRect(from + 1, 1, to - from - 2, size.height - 2);
  }
}

/** Half the height for holding, half for waiting: a thread that waits all the time fills its half as one that holds does. */
function together(lanes: readonly Lane[], width: number): Lane {
  const held = new Float32Array(width);
  const waited = new Float32Array(width);
  for (const lane of lanes)
    for (let x = 0; x < width; x++) {
      held[x] = Math.min(0.5, (held[x] ?? 0) + (lane.held[x] ?? 0) / 2);
      waited[x] = Math.min(0.5, (waited[x] ?? 0) + (lane.waited[x] ?? 0) / 2);
    }
  return { held, waited };
}
