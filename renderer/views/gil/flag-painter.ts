// The marks of a recording and what is seen of it in, their flags on a canvas out: over the tracks with their words, over the map as lines.
import { axisTime } from "../../logic/format.ts";
import type { Piece } from "../../logic/gil/axis.ts";
import { type Span, xOf } from "../../logic/gil/span.ts";
import type { Flag } from "../../logic/marks.ts";
import type { Look } from "./look.ts";
import type { Scene } from "./scene.ts";
import type { Surface } from "./surface.ts";

/** As a flag over a chart is: look/marks.css. */
const head = { top: 2, height: 18, pad: 5, most: 160 } as const;

export function paintFlags(surface: Surface, { tracks, look }: Scene): void {
  const { context, size } = surface;
  const flags = tracks.flags.get();
  if (flags.length === 0) return;
  const span = tracks.span.get();
  paintFlagLines(surface, flags, span, look);
  context.font = look.font;
  context.textBaseline = "middle";
  context.textAlign = "left";
  context.lineWidth = 1;
  for (const one of headsOf(context, flags, span, size.width)) paintHead(context, look, one);
}

interface Head extends Piece {
  readonly flag: Flag;
  readonly text: string;
}

/** In the font of the context; what they cover, the axis leaves free. */
export function headsOf(
  context: CanvasRenderingContext2D,
  flags: readonly Flag[],
  span: Span,
  width: number,
): readonly Head[] {
  const wide = (text: string) => Math.min(head.most, context.measureText(text).width + 2 * head.pad);
  return flags.flatMap((flag, at) => {
    const from = placeOf(flag, span, width);
    if (from === undefined) return [];
    const next = flags[at + 1];
    const room = next ? xOf(span, width, next.shown * 1000) - from : width - from;
    const words = flag.shown === flag.at ? flag.label : axisTime(flag.shown);
    const text = wide(words) < room ? words : flag.short;
    return [{ flag, text, from, to: from + wide(text) }];
  });
}

export function paintFlagLines({ context, size }: Surface, flags: readonly Flag[], span: Span, look: Look): void {
  for (const flag of flags) {
    const x = placeOf(flag, span, size.width);
    context.fillStyle = colourOf(flag, look);
    if (x !== undefined) context.fillRect(x, 0, 1, size.height);
  }
}

function paintHead(context: CanvasRenderingContext2D, look: Look, { flag, text, from: x, to }: Head): void {
  const width = to - x;
  context.fillStyle = look.surface;
  context.fillRect(x, head.top, width, head.height);
  context.strokeStyle = colourOf(flag, look);
  context.strokeRect(x + 0.5, head.top + 0.5, width - 1, head.height - 1);
  context.fillStyle = look.ink;
  context.fillText(text, x + head.pad, head.top + head.height / 2, head.most - 2 * head.pad);
}

/** One that is on its way is told by its colour, and by its time in place of its name. */
const colourOf = (flag: Flag, look: Look): string => (flag.shown === flag.at ? look.ink : look.accent);

function placeOf(flag: Flag, span: Span, width: number): number | undefined {
  const x = Math.round(xOf(span, width, flag.shown * 1000));
  return x >= 0 && x < width ? x : undefined;
}
