// What all threads hold in, the top lane out: held by anybody, and by whom where one has it long enough to be named. Next: painter.ts.
import type { Columns } from "../../logic/gil/columns.ts";
import type { Look } from "./look.ts";
import type { Scene } from "./scene.ts";
import { writeIn } from "./slices.ts";

/** One of several in a column is its owner when it has most of what is held there. */
const most = 0.6;
const [leastGapped, leastNamed, leastFull] = [3, 40, 0.85];

export interface Run {
  /** Lane of the owner; undefined where several share it or nobody has it. */
  readonly lane: number | undefined;
  readonly from: number;
  readonly to: number;
  /** The least part of a column that it holds: a low one has no room for a name. */
  readonly least: number;
}

export function paintOwner(context: CanvasRenderingContext2D, scene: Scene, columns: Columns, width: number): void {
  const { look, threads, marks } = scene;
  const perColumn = width / columns.width;
  paintHeld(context, look, columns, perColumn);
  context.textAlign = "left";
  for (const run of ownersOf(columns)) {
    const [left, right] = [run.from * perColumn, run.to * perColumn];
    if (run.lane === undefined || right - left < leastGapped) continue;
    context.fillStyle = look.surface;
    context.fillRect(right - 1, look.axis + look.pad, 1, look.owner - 2 * look.pad);
    const name = marks.names.get(threads[run.lane] ?? 0);
    const middle = look.axis + look.owner / 2;
    if (name && right - left >= leastNamed && run.least >= leastFull)
      writeIn(context, name, { left, right, middle, colour: look.onHold });
  }
}

/** Neighbours of one height are one rectangle; all of them are one path. */
function paintHeld(context: CanvasRenderingContext2D, look: Look, columns: Columns, perColumn: number): void {
  const [floor, height] = [look.axis + look.owner - look.pad, look.owner - 2 * look.pad];
  const heights = heldBy(columns, height);
  context.fillStyle = look.edge;
  context.fillRect(0, floor, columns.width * perColumn, 1);
  context.fillStyle = look.hold;
  context.beginPath();
  for (let from = 0, x = 1; x <= heights.length; x++) {
    if (x < heights.length && heights[x] === heights[from]) continue;
    const up = heights[from] ?? 0;
    if (up > 0) context.rect(from * perColumn, floor - up, (x - from) * perColumn, up);
    from = x;
  }
  context.fill();
}

function heldBy({ lanes, width }: Columns, height: number): Uint8Array {
  const all = new Float32Array(width);
  for (const { held } of lanes) for (let x = 0; x < width; x++) all[x] = (all[x] ?? 0) + (held[x] ?? 0);
  return Uint8Array.from(all, (part) => (part <= 0 ? 0 : Math.max(1, Math.round(Math.min(1, part) * height))));
}

export function ownersOf({ lanes, width }: Columns): readonly Run[] {
  const runs: Run[] = [];
  let run: Run | undefined;
  for (let x = 0; x < width; x++) {
    const lane = ownerAt(lanes, x);
    const held = lane === undefined ? 0 : (lanes[lane]?.held[x] ?? 0);
    if (run && run.lane === lane) run = { ...run, to: x + 1, least: Math.min(run.least, held) };
    else {
      if (run) runs.push(run);
      run = { lane, from: x, to: x + 1, least: held };
    }
  }
  return run ? [...runs, run] : runs;
}

function ownerAt(lanes: Columns["lanes"], x: number): number | undefined {
  let [all, best, owner] = [0, 0, 0];
  for (let at = 0; at < lanes.length; at++) {
    const held = lanes[at]?.held[x] ?? 0;
    all += held;
    if (held > best) [best, owner] = [held, at];
  }
  return best > 0 && best >= most * Math.max(all, 0.5) ? owner : undefined;
}
