// In: spans and widths. Out: the tiles that cover them.
import { expect, test } from "vitest";
import { levelFor, neighbours, parentOf, spanOfTile, tilesOver } from "./tiles.ts";

test("a bucket is one to two pixels wide", () => {
  for (const msPerPixel of [0.0003, 0.9, 1, 1.1, 77]) {
    const pixels = 2 ** levelFor(msPerPixel) / msPerPixel;
    expect(pixels).toBeGreaterThanOrEqual(1);
    expect(pixels).toBeLessThan(2);
  }
});

test("tiles cover the span without a gap", () => {
  const span = { fromMs: 700, toMs: 2100 };
  const tiles = tilesOver(span, 0);
  expect(tiles.map(({ index }) => index)).toEqual([1, 2, 3, 4]);
  expect(spanOfTile({ level: 0, index: 4 })).toEqual({ fromMs: 2048, toMs: 2560 });
});

test("a parent covers its children, also before zero", () => {
  expect(parentOf({ level: 3, index: 5 })).toEqual({ level: 4, index: 2 });
  expect(parentOf({ level: 3, index: -1 })).toEqual({ level: 4, index: -1 });
});

test("nothing beyond the recording is asked for ahead", () => {
  const ahead = neighbours(tilesOver({ fromMs: 0, toMs: 600 }, 0), { fromMs: 0, toMs: 900 });
  expect(ahead).toEqual([{ level: 1, index: 0 }]);
});
