// Tables of every length in; each row can be reached and is drawn where it belongs, out.
import fc from "fast-check";
import { expect, test } from "vitest";
import { drawnAt, scrollFor, type Tall, tallestPx, wayPx } from "./tall.ts";

const tall = (rows: number, more: Partial<Tall> = {}): Tall => ({ rows, rowPx: 30, viewPx: 600, ...more });

test("what is seen is drawn, and nothing else", () => {
  expect(drawnAt(tall(1000), 0)).toEqual({ first: 0, last: 20, fromTopPx: 0 });
  expect(drawnAt(tall(1000), 45)).toEqual({ first: 1, last: 21, fromTopPx: -15 });
  expect(drawnAt(tall(1000), wayPx(tall(1000)) - 600)).toEqual({ first: 980, last: 999, fromTopPx: 0 });
});

test("a million rows are a way that a browser can lay out, and its end is the last row", () => {
  const million = tall(1_000_000);
  expect(wayPx(million)).toBe(tallestPx);
  expect(drawnAt(million, tallestPx - 600)).toMatchObject({ first: 999_980, last: 999_999 });
});

test("what stands under an open row moves those after it", () => {
  const opened = tall(1000, { open: { at: 3, px: 300 } });
  expect(drawnAt(opened, 200)).toEqual({ first: 3, last: 16, fromTopPx: -110 });
  expect(drawnAt(opened, 420)).toEqual({ first: 4, last: 24, fromTopPx: 0 });
});

test("any row is seen whole after the scrolling that it asks for", () => {
  const lengths = fc.integer({ min: 1, max: 5_000_000 });
  fc.assert(
    fc.property(lengths, fc.nat(), fc.nat(), (rows, wanted, from) => {
      const [at, table] = [wanted % rows, tall(rows)];
      const most = Math.max(0, wayPx(table) - table.viewPx);
      const scrolled = Math.min(most, scrollFor(table, at, from % (most + 1)));
      const { first, fromTopPx, last } = drawnAt(table, scrolled);
      const topPx = fromTopPx + (at - first) * table.rowPx;
      expect(first <= at && at <= last).toBe(true);
      // A pixel of the way is worth several of the table when it is long.
      expect(topPx).toBeGreaterThanOrEqual(-1e-3 - rows / 400_000);
      expect(topPx + table.rowPx).toBeLessThanOrEqual(table.viewPx + 10 + 1e-3);
    }),
  );
});
