// Tracks in, what each thread did in the part that is seen out: exactly where holds are known, else from the buckets. Next: views/gil/InView.tsx.
import { type Spent, spentIn } from "../../logic/gil/holds.ts";
import { lengthOf, overlap, type Span } from "../../logic/gil/span.ts";
import { type Strip, sumsOver } from "../../logic/gil/strip.ts";
import { levelFor, spanOfTile, tilesOver } from "../../logic/gil/tiles.ts";
import type { Tracks } from "./tracks.ts";

/** A width that all screens come close to; only the level of detail hangs on it. */
const usualPixels = 1000;

export function spentInView(tracks: Tracks, span: Span): readonly Spent[] {
  const sums = new Map<number, Spent>();
  for (const id of tilesOver(span, levelFor(lengthOf(span) / usualPixels))) {
    const place = spanOfTile(id);
    const part = { fromMs: Math.max(span.fromMs, place.fromMs), toMs: Math.min(span.toMs, place.toMs) };
    if (overlap(span, place) <= 0) continue;
    const tile = tracks.tiles.best(id);
    const strip = tile?.strip ?? tracks.tiles.overview.get()?.strip;
    const spent = tile?.holds ? spentIn(tile.holds.inOrder, part) : strip ? spentOfStrip(strip, part) : [];
    for (const one of spent) sums.set(one.threadId, added(sums.get(one.threadId), one));
  }
  return [...sums.values()];
}

/** How often a thread waited is not in the buckets. */
export function spentOfStrip(strip: Strip, span: Span): readonly Spent[] {
  return [...strip.lanes].map(([threadId, lane]) => {
    const { heldMs, waitedMs, holds } = sumsOver(strip, lane, span);
    return { threadId, heldMs, waitedMs, holds: Math.round(holds), waits: undefined };
  });
}

function added(before: Spent | undefined, one: Spent): Spent {
  if (!before) return one;
  return {
    threadId: one.threadId,
    heldMs: before.heldMs + one.heldMs,
    waitedMs: before.waitedMs + one.waitedMs,
    holds: before.holds + one.holds,
    waits: before.waits === undefined || one.waits === undefined ? undefined : before.waits + one.waits,
  };
}
