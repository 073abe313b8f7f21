// Tracks, and a canvas to draw them on, in; the picture of what is seen out. Next: owner.ts and slices.ts write on it.
import { axisTicks, labelFrom, type Piece } from "../../logic/gil/axis.ts";
import {
  type Columns,
  clear,
  columnsOf,
  fillFromHolds,
  fillFromStrip,
  forget,
  type Window,
} from "../../logic/gil/columns.ts";
import { paintLane } from "../../logic/gil/pixels.ts";
import { lengthOf, type Span, xOf } from "../../logic/gil/span.ts";
import { levelFor, spanOfTile, type TileId, tilesOver } from "../../logic/gil/tiles.ts";
import { headsOf } from "./flag-painter.ts";
import type { Look } from "./look.ts";
import { paintOwner } from "./owner.ts";
import { headHeight, rowsOf, type Scene } from "./scene.ts";
import { paintMarks, paintSlices } from "./slices.ts";
import type { Surface } from "./surface.ts";

const tickEvery = 120;

export class Painter {
  readonly #surface: Surface;
  #columns: Columns = columnsOf(0, 0);

  constructor(surface: Surface) {
    this.#surface = surface;
  }

  draw(scene: Scene): void {
    const { look, tracks } = scene;
    const { size } = this.#surface;
    const span = tracks.span.get();
    const columns = this.#fill(scene, span);
    this.#paintPixels(scene, columns, span);
    const rows = rowsOf(scene, size.height);
    const { context } = this.#surface;
    context.font = look.font;
    context.textBaseline = "middle";
    context.save();
    context.beginPath();
    context.rect(0, headHeight(look), size.width, size.height);
    context.clip();
    paintSlices(context, scene, rows, size.width);
    paintMarks(context, scene, rows, size.width);
    context.restore();
    paintOwner(context, scene, columns, size.width);
    const heads = headsOf(context, tracks.flags.get(), span, size.width);
    paintAxis(context, look, span, { from: 0, to: size.width, taken: heads });
  }

  #fill(scene: Scene, span: Span): Columns {
    const { width } = this.#surface.begin(scene.look.ground);
    if (this.#columns.width !== width || this.#columns.lanes.length !== scene.threads.length)
      this.#columns = columnsOf(width, scene.threads.length);
    clear(this.#columns);
    const level = levelFor(lengthOf(span) / this.#surface.size.width);
    for (const id of tilesOver(span, level)) this.#fillTile(scene, span, id);
    forget(this.#columns, span, scene.tracks.whole.get());
    return this.#columns;
  }

  #fillTile({ tracks, threads }: Scene, span: Span, id: TileId): void {
    const { width } = this.#columns;
    const place = spanOfTile(id);
    const x = (ms: number) => Math.max(0, Math.min(width, Math.round(xOf(span, width, ms))));
    const window: Window = { span, threads, x0: x(place.fromMs), x1: x(place.toMs) };
    const tile = tracks.tiles.best(id);
    const overview = tracks.tiles.overview.get()?.strip;
    if (tile?.holds) fillFromHolds(this.#columns, window, tile.holds.inOrder);
    else if (tile) fillFromStrip(this.#columns, window, tile.strip);
    else if (overview) fillFromStrip(this.#columns, window, overview);
  }

  #paintPixels(scene: Scene, columns: Columns, span: Span): void {
    const { look } = scene;
    const { ratio, size, picture } = this.#surface;
    const shift = Math.round((span.fromMs / lengthOf(span)) * columns.width) % 6;
    const scaled = (n: number) => Math.round(n * ratio);
    for (const row of rowsOf(scene, size.height)) {
      const lane = columns.lanes[row.at];
      if (!lane) continue;
      const place = { top: scaled(row.top + look.pad), height: scaled(look.lane - 2 * look.pad), shift };
      paintLane(picture, lane, columns.known, place, look.lanes);
      const line = scaled(row.top + look.lane) - 1;
      picture.pixels.fill(look.line, line * picture.width, (line + 1) * picture.width);
    }
    // What scrolled under the head is covered by it.
    picture.pixels.fill(look.ground, 0, scaled(headHeight(look)) * picture.width);
    this.#surface.show();
  }
}

interface AxisRow extends Piece {
  /** By the flags, which lie on it. */
  readonly taken: readonly Piece[];
}

function paintAxis(context: CanvasRenderingContext2D, look: Look, span: Span, row: AxisRow): void {
  const width = row.to;
  context.fillStyle = look.faint;
  context.textAlign = "left";
  for (const { ms, text } of axisTicks(span, Math.max(2, Math.floor(width / tickEvery)))) {
    const x = Math.round(xOf(span, width, ms));
    context.fillRect(x, look.axis - 6, 1, 6);
    const from = labelFrom(x, context.measureText(text).width, row, row.taken);
    if (from !== undefined) context.fillText(text, from, look.axis / 2 - 1);
  }
  context.fillStyle = look.edge;
  context.fillRect(0, look.axis - 1, width, 1);
  context.fillRect(0, headHeight(look) - 1, width, 1);
}
