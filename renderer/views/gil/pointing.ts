// A place on the tracks in, the thread, the time and the hold there out. Next: use-pointer.ts.
import { momentAt } from "../../logic/gil/holds.ts";
import { lengthOf, msAt } from "../../logic/gil/span.ts";
import { levelFor, tilesOver } from "../../logic/gil/tiles.ts";
import type { Pointed, Tracks } from "../../state/gil/tracks.ts";
import type { Look } from "./look.ts";

export interface Pointer {
  /** In the window; `x` and `y` are on the canvas. */
  readonly at: { readonly x: number; readonly y: number };
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly scrollTop: number;
}

/** So far beside a hold one may point and still mean it. */
const reachPixels = 2;

export function pointedAt(
  tracks: Tracks,
  threads: readonly number[],
  look: Pick<Look, "axis" | "owner" | "lane">,
  { at, x, y, width, scrollTop }: Pointer,
): Pointed | undefined {
  const lane = Math.floor((y - look.axis - look.owner + scrollTop) / look.lane);
  const threadId = y < look.axis + look.owner ? undefined : threads[lane];
  if (threadId === undefined) return undefined;
  const span = tracks.span.get();
  const ms = msAt(span, width, x);
  const msPerPixel = lengthOf(span) / width;
  const [id] = tilesOver({ fromMs: ms, toMs: ms + msPerPixel / 1000 }, levelFor(msPerPixel));
  const rows = id && tracks.tiles.best(id)?.holds?.byThread.get(threadId);
  return { threadId, ms, at, moment: rows && momentAt(rows, ms, reachPixels * msPerPixel) };
}
