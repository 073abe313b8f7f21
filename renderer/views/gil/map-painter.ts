// The whole recording in, the narrow map above the tracks out: held below, waited above, a frame around what is seen. Next: Minimap.tsx.
import { clear, columnsOf, fillFromStrip, type Lane } from "../../logic/gil/columns.ts";
import { paintLane } from "../../logic/gil/pixels.ts";
import { xOf } from "../../logic/gil/span.ts";
import type { Tracks } from "../../state/gil/tracks.ts";
import type { Look } from "./look.ts";
import type { Surface } from "./surface.ts";

const leastWidth = 4;

export function paintMap(surface: Surface, tracks: Tracks, look: Look): void {
  const { ratio, size, context } = surface;
  const picture = surface.begin(look.lanes.released);
  const whole = tracks.whole.get();
  const overview = tracks.tiles.overview.get();
  if (overview) {
    const threads = [...overview.strip.lanes.keys()];
    const columns = columnsOf(picture.width, threads.length);
    clear(columns);
    fillFromStrip(columns, { span: whole, threads, x0: 0, x1: picture.width }, overview.strip);
    const height = Math.round(size.height * ratio);
    paintLane(picture, together(columns.lanes, picture.width), columns.known, { top: 0, height, shift: 0 }, look.lanes);
  }
  surface.show();
  const span = tracks.span.get();
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
