// In: one lane of some columns. Out: the picture, drawn with letters.
import { expect, test } from "vitest";
import { paintLane, pixelOf } from "./pixels.ts";

const letters = { hold: 1, wait: 2, waitSoft: 2, released: 0, unknown: 3, unknownSoft: 3 };

function drawn(held: readonly number[], waited: readonly number[], known: readonly number[]): readonly string[] {
  const to = { width: held.length, pixels: new Uint32Array(held.length * 4) };
  const lane = { held: Float32Array.from(held), waited: Float32Array.from(waited) };
  paintLane(to, lane, Uint8Array.from(known), { top: 0, height: 4, shift: 0 }, letters);
  const rows = Array.from({ length: 4 }, (_, y) => [...to.pixels.slice(y * to.width, (y + 1) * to.width)]);
  return rows.map((row) => row.map((pixel) => ".HW?"[pixel]).join(""));
}

test("held from the floor, waited from the ceiling, nothing known all over", () => {
  expect(drawn([1, 0.5, 0, 0, 0.25], [0, 0.5, 1, 0, 0], [1, 1, 1, 0, 1])).toEqual(["HWW?.", "HWW?.", "HHW?.", "HHW?H"]);
});

test("the shortest hold is seen", () => {
  expect(drawn([0.0001], [0], [1])).toEqual([".", ".", ".", "H"]);
});

test("a colour becomes a pixel", () => {
  expect(pixelOf("#0072b2")).toBe(0xffb27200);
  expect(pixelOf(" #1af")).toBe(0xffffaa11);
  expect(pixelOf("no colour")).toBe(0xff000000);
});
