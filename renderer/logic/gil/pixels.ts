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
  const { width } = to;
  const [floor, ceiling] = heightsOf(lane, width, place.height);
  const [first, last] = [Math.max(0, -place.top), Math.min(place.height, to.pixels.length / width - place.top)];
  for (let y = first; y < last; y++) {
    const row = (place.top + y) * width;
    const up = place.height - y;
    for (let x = 0; x < width; x++) {
      const hatched = (x + y + place.shift) % stripe < half;
      to.pixels[row + x] =
        known[x] === 0
          ? hatched
            ? colours.unknown
            : colours.unknownSoft
          : up <= (floor[x] ?? 0)
            ? colours.hold
            : y < (ceiling[x] ?? 0)
              ? hatched || y === 0
                ? colours.wait
                : colours.waitSoft
              : colours.released;
    }
  }
}

/** What is there at all is at least one pixel high: a thread that holds 0.1 % of the time does hold. */
function heightsOf(lane: Lane, width: number, height: number): readonly [Uint8Array, Uint8Array] {
  const [floor, ceiling] = [new Uint8Array(width), new Uint8Array(width)];
  for (let x = 0; x < width; x++) {
    floor[x] = pixelsOf(lane.held[x] ?? 0, height);
    ceiling[x] = pixelsOf(lane.waited[x] ?? 0, height);
  }
  return [floor, ceiling];
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
