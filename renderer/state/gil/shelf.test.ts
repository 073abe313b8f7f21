// In: tiles as they come. Out: which one is drawn, which one is asked for, and which ones make room.
import { expect, test } from "vitest";
import { holdIndexOf, type TileId } from "../../logic/gil/tiles.ts";
import { Shelf } from "./shelf.ts";

const kept = (
  level: number,
  index: number,
  more: { numbers?: number; exact?: boolean; edgeMs?: number; live?: boolean } = {},
) => {
  const { numbers = 3, exact = false, edgeMs = 10_000, live = false } = more;
  const values = new Float32Array(numbers / 3);
  const lanes = new Map([[7, { held: values, waited: values, holds: values }]]);
  const strip = { fromMs: 0, bucketMs: 1, buckets: numbers / 3, lanes, holds: 0 };
  const holds = exact ? holdIndexOf([]) : undefined;
  return {
    tile: { id: { level, index }, strip, holds },
    settledMs: live ? edgeMs - 1000 : Number.POSITIVE_INFINITY,
    edgeMs,
  };
};
const at = (level: number, index: number): TileId => ({ level, index });

test("a coarser tile stands in until the right one comes; it does not keep it from being asked for", () => {
  const shelf = new Shelf();
  shelf.put(kept(3, 1));
  expect(shelf.best(at(1, 5))?.id).toEqual(at(3, 1));
  expect(shelf.isKnown(at(1, 5), 10_000)).toBe(false);
  shelf.put(kept(1, 5));
  expect(shelf.best(at(1, 5))?.id).toEqual(at(1, 5));
});

test("where each hold is known nothing finer is asked for", () => {
  const shelf = new Shelf();
  shelf.put(kept(3, 1, { exact: true }));
  expect(shelf.isKnown(at(-9, 5 * 2 ** 10), 10_000)).toBe(true);
  expect(shelf.best(at(-9, 5 * 2 ** 10))?.id).toEqual(at(3, 1));
});

test("the newest second of a recording that goes on is asked for again", () => {
  const shelf = new Shelf();
  shelf.put(kept(0, 0, { live: true, edgeMs: 1200 }));
  expect(shelf.isKnown(at(0, 0), 1200)).toBe(true);
  expect(shelf.isKnown(at(0, 0), 1300)).toBe(false);
  shelf.put(kept(0, 0, { live: true, edgeMs: 2000 }));
  expect(shelf.isKnown(at(0, 0), 90_000)).toBe(true);
});

test("what was not looked at for longest makes room", () => {
  const shelf = new Shelf();
  for (let index = 0; index < 9; index++) {
    shelf.put(kept(0, index, { numbers: 600_000 }));
    shelf.best(at(0, 0));
  }
  expect(Array.from({ length: 9 }, (_, index) => (shelf.best(at(0, index)) ? "+" : ".")).join("")).toBe("+...+++++");
});
