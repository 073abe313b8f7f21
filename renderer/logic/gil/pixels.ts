// Columns in, the pixels of a lane out: held grows solid from the floor, waited hangs hatched from the ceiling. Next: views/gil/paint.ts.
// Written pixel by pixel because that takes the same time whatever is in it; a path of thousands of rectangles does not.
import type { Lane } from "./columns.ts";

/** Colours as a canvas keeps them in memory, alpha first. */
export interface LaneColours {
  readonly hold: number;
  readonly wait: number;
  readonly waitSoft: number;
  readonly released: number;
  readonly unknown: number;
  readonly unknownSoft: number;
}
export interface Picture {
  readonly width: number;
  readonly pixels: Uint32Array;
}
export interface Place {
  readonly top: number;
  readonly height: number;
  /** How far the hatching has moved: it belongs to the time, not to the screen. */
  readonly shift: number;
}

const [stripe, half] = [6, 3];

export function paintLane(to: Picture, lane: Lane, known: Uint8Array, place: Place, colours: LaneColours): void {
  const heights = heightsOf(lane, known, to.width, place.height);
  const first = Math.max(0, -place.top);
  const last = Math.min(place.height, to.pixels.length / to.width - place.top);
  for (let y = first; y < last; y++) {
    const row = (place.top + y) * to.width;
    // Most rows of most lanes are empty.
    const isEmpty = y >= heights.highestCeiling && place.height - y > heights.highestFloor;
    if (isEmpty) to.pixels.fill(colours.released, row, row + to.width);
    else paintRow(to, row, y, heights, place, colours);
  }
}

function paintRow(
  { width, pixels }: Picture,
  row: number,
  y: number,
  { floor, ceiling }: Heights,
  { height, shift }: Place,
  colours: LaneColours,
): void {
  const up = height - y;
  const wait = y === 0 ? colours.wait : colours.waitSoft;
  let phase = (((y + shift) % stripe) + stripe) % stripe;
  for (let x = 0; x < width; x++) {
    const hatched = phase < half;
    const held = floor[x] ?? 0;
    let colour = colours.released;
    if (held === nothingKnown) colour = hatched ? colours.unknown : colours.unknownSoft;
    else if (up <= held) colour = colours.hold;
    else if (y < (ceiling[x] ?? 0)) colour = hatched ? colours.wait : wait;
    pixels[row + x] = colour;
    phase = phase === stripe - 1 ? 0 : phase + 1;
  }
}

interface Heights {
  readonly floor: Uint8Array;
  readonly ceiling: Uint8Array;
  readonly highestFloor: number;
  readonly highestCeiling: number;
}
/** Instead of a height; lanes are lower than that. */
const nothingKnown = 255;

/** What is there at all is at least one pixel high: a thread that holds 0.1 % of the time does hold. */
function heightsOf(lane: Lane, known: Uint8Array, width: number, height: number): Heights {
  const [floor, ceiling] = [new Uint8Array(width), new Uint8Array(width)];
  let [highestFloor, highestCeiling] = [0, 0];
  for (let x = 0; x < width; x++) {
    const up = known[x] === 0 ? nothingKnown : pixelsOf(lane.held[x] ?? 0, height);
    const down = pixelsOf(lane.waited[x] ?? 0, height);
    floor[x] = up;
    ceiling[x] = down;
    if (up > highestFloor) highestFloor = up;
    if (down > highestCeiling) highestCeiling = down;
  }
  return { floor, ceiling, highestFloor, highestCeiling };
}

const pixelsOf = (part: number, height: number) =>
  part <= 0 ? 0 : Math.min(height, Math.max(1, Math.round(part * height)));

/** "#0072b2", or "#fff" as a build shortens it, as a canvas keeps it. What is no such colour is black. */
export function pixelOf(colour: string): number {
  const short = /^#([0-9a-f])([0-9a-f])([0-9a-f])$/i;
  const long = colour.trim().replace(short, "#$1$1$2$2$3$3");
  const found = /^#([0-9a-f]{2})([0-9a-f]{2})([0-9a-f]{2})$/i.exec(long);
  const [red = 0, green = 0, blue = 0] = [1, 2, 3].map((part) => Number.parseInt(found?.[part] ?? "0", 16));
  return ((255 << 24) | (blue << 16) | (green << 8) | red) >>> 0;
}
