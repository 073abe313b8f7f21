// Lanes whose pixels are drawn in, what is written on them out: gaps between holds, functions of long holds, their marks. Next: painter.ts.
import { lengthOf, type Span, xOf } from "../../logic/gil/span.ts";
import { levelFor, tilesOver } from "../../logic/gil/tiles.ts";
import type { Tracks } from "../../state/gil/tracks.ts";
import { functionOf } from "./marks.ts";
import type { Row, Scene } from "./scene.ts";

/** Narrower ones run together anyway. */
const [leastGapped, leastNamed, leastBetweenMarks] = [3, 36, 14];
const markSize = 4;

export function paintSlices(
  context: CanvasRenderingContext2D,
  scene: Scene,
  rows: readonly Row[],
  width: number,
): void {
  const { look, tracks, marks } = scene;
  const span = tracks.span.get();
  context.textAlign = "left";
  for (const row of rows)
    for (const hold of holdsSeen(tracks, row.threadId, width)) {
      const [from, to] = [xOf(span, width, hold.acquiredMs), xOf(span, width, hold.releasedMs)];
      if (to - from < leastGapped || to > width) continue;
      context.fillStyle = look.surface;
      context.fillRect(to - 1, row.top + look.pad, 1, look.lane - 2 * look.pad);
    }
  for (const row of rows)
    for (const hold of marks.byThread.get(row.threadId) ?? []) {
      const [from, to] = [xOf(span, width, hold.startMs), xOf(span, width, hold.startMs + hold.ms)];
      const [left, right] = [Math.max(0, from), Math.min(width, to)];
      const name = right - left >= leastNamed ? functionOf(hold) : undefined;
      if (name) writeIn(context, name, { left, right, middle: row.top + look.lane / 2, colour: look.onHold });
    }
}

interface Box {
  readonly left: number;
  readonly right: number;
  readonly middle: number;
  readonly colour: string;
}
const inset = 5;
const leastLetters = 3;

/** Cut with "…" where it does not fit; not written at all where nothing of it would be left. */
export function writeIn(context: CanvasRenderingContext2D, text: string, { left, right, middle, colour }: Box): void {
  const room = right - left - 2 * inset;
  const shown = cutTo(context, text, room);
  if (shown === undefined) return;
  context.fillStyle = colour;
  context.fillText(shown, left + inset, middle + 0.5);
}

function cutTo(context: CanvasRenderingContext2D, text: string, room: number): string | undefined {
  const width = context.measureText(text).width;
  if (width <= room) return text;
  const letters = Array.from(text);
  // A little less than its share: letters differ in width, and "…" takes room as well.
  const kept = Math.floor((letters.length * room) / width) - 2;
  return kept < leastLetters ? undefined : `${letters.slice(0, kept).join("")}…`;
}

/** A small triangle above each long hold, so that it is found from afar. */
export function paintMarks(context: CanvasRenderingContext2D, scene: Scene, rows: readonly Row[], width: number): void {
  const { look, tracks, marks } = scene;
  const span = tracks.span.get();
  context.fillStyle = look.ink;
  for (const row of rows) {
    let last = Number.NEGATIVE_INFINITY;
    for (const hold of marks.byThread.get(row.threadId) ?? []) {
      const x = xOf(span, width, hold.startMs + hold.ms / 2);
      if (x < 0 || x > width || x - last < leastBetweenMarks) continue;
      last = x;
      context.beginPath();
      context.moveTo(x - markSize, row.top);
      context.lineTo(x + markSize, row.top);
      context.lineTo(x, row.top + markSize + 1);
      context.fill();
    }
  }
}

/** Holds of a thread that are known one by one and seen, in order. */
export function holdsSeen(tracks: Tracks, threadId: number, width: number) {
  const span = tracks.span.get();
  const tiles = tilesOver(span, levelFor(lengthOf(span) / width)).map((id) => tracks.tiles.best(id));
  const indexes = new Set(tiles.map((tile) => tile?.holds).filter((holds) => holds !== undefined));
  const rows = [...indexes].flatMap((index) => seenOf(index.byThread.get(threadId) ?? [], span));
  // A hold across the border of two tiles is in both.
  return rows.filter((row, at) => rows[at - 1]?.hold !== row.hold);
}

function seenOf<T extends { readonly releasedMs: number; readonly requestMs: number }>(rows: readonly T[], span: Span) {
  const first = rows.findIndex((row) => row.releasedMs > span.fromMs);
  if (first < 0) return [];
  const end = rows.findIndex((row, at) => at >= first && row.requestMs >= span.toMs);
  return rows.slice(first, end < 0 ? undefined : end);
}
