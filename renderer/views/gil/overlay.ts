// What is pointed at and chosen in, lines and frames over the tracks out: its own canvas, so that a moving pointer draws little. Next: Stage.tsx.
import type { GilHold } from "../../../shared/gil-views.ts";
import { holderOf, holdSpan } from "../../logic/gil/holds.ts";
import { type Span, xOf } from "../../logic/gil/span.ts";
import { paintFlags } from "./flag-painter.ts";
import { headHeight, type Row, rowsOf, type Scene } from "./scene.ts";
import { holdsSeen } from "./slices.ts";
import type { Surface } from "./surface.ts";

const barb = 4;

export function paintOverlay(surface: Surface, scene: Scene): void {
  const { context, size } = surface;
  const { tracks, look } = scene;
  surface.wipe();
  const chosen = tracks.chosen.get();
  const pointed = tracks.pointed.get();
  const rows = rowsOf(scene, size.height);
  if (chosen?.kind === "span") paintSpan(surface, scene, chosen.span);
  paintFlags(surface, scene);
  if (pointed) {
    context.fillStyle = look.faint;
    context.fillRect(Math.round(xOf(tracks.span.get(), size.width, pointed.ms)), 0, 1, size.height);
  }
  const hold = pointed?.moment?.hold;
  if (hold) paintHold(surface, scene, rows, hold, look.ink);
  if (chosen?.kind === "hold") paintHold(surface, scene, rows, chosen.hold, look.accent);
}

function paintSpan({ context, size }: Surface, { tracks, look }: Scene, chosen: Span): void {
  const span = tracks.span.get();
  const [from, to] = [xOf(span, size.width, chosen.fromMs), xOf(span, size.width, chosen.toMs)];
  context.globalAlpha = 0.14;
  context.fillStyle = look.accent;
  context.fillRect(from, 0, to - from, size.height);
  context.globalAlpha = 1;
  for (const x of [from, to]) context.fillRect(Math.round(x) - 1, 0, 2, size.height);
}

/** The hold, its wait, and an arrow to the one that had the GIL when the wait began. */
function paintHold(surface: Surface, scene: Scene, rows: readonly Row[], hold: GilHold, colour: string): void {
  const { context, size } = surface;
  const { tracks, look } = scene;
  const row = rows.find(({ threadId }) => threadId === hold.threadId);
  if (!row) return;
  context.lineWidth = 2;
  context.strokeStyle = colour;
  frame(surface, scene, row, holdSpan(hold));
  if (!hold.waited || hold.waitedFor === null) return;
  context.lineWidth = 1;
  frame(surface, scene, row, { fromMs: hold.requestMs, toMs: hold.acquiredMs });
  const other = rows.find(({ threadId }) => threadId === hold.waitedFor);
  if (!other) return;
  const holder = holderOf(hold, holdsSeen(tracks, other.threadId, size.width));
  context.lineWidth = 2;
  if (holder) frame(surface, scene, other, holdSpan(holder));
  const x = Math.max(0, xOf(tracks.span.get(), size.width, hold.requestMs));
  const down = other.top > row.top;
  arrow(context, x, row.top + (down ? look.lane - look.pad : look.pad), other.top + look.lane / 2);
}

function frame({ context, size }: Surface, { tracks, look }: Scene, row: Row, part: Span): void {
  const span = tracks.span.get();
  const from = Math.max(-3, xOf(span, size.width, part.fromMs));
  const to = Math.min(size.width + 3, xOf(span, size.width, part.toMs));
  if (to < 0 || from > size.width || row.top < headHeight(look) - look.lane) return;
  context.strokeRect(from, row.top + look.pad, Math.max(2, to - from), look.lane - 2 * look.pad);
}

function arrow(context: CanvasRenderingContext2D, x: number, from: number, to: number): void {
  const back = Math.sign(to - from) * -barb;
  context.beginPath();
  context.moveTo(x, from);
  context.lineTo(x, to);
  context.moveTo(x - barb, to + back);
  context.lineTo(x, to);
  context.lineTo(x + barb, to + back);
  context.stroke();
}
