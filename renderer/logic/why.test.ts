// Ways to an object and what was typed in; what is shown of a way, and what is asked for, out.
import { expect, test } from "vitest";
import { distancesIn, objectAsked, shortened } from "./why.ts";

const way = (length: number) =>
  Array.from({ length }, (_, at) => ({ type: "Node", address: `0x${(at + 1).toString(16)}`, edge: ".next" }));

test("of a long way both ends are shown, and how much is between them", () => {
  const parts = shortened(way(1000));
  expect(parts).toHaveLength(17);
  expect(parts[8]).toEqual({ kind: "left-out", count: 984 });
  expect(parts.at(-1)).toMatchObject({ at: 999 });
  expect(shortened(way(17)).every(({ kind }) => kind === "step")).toBe(true);
});

test("an address is asked for as it is, anything else as a type", () => {
  expect(objectAsked(" 0x7F00ab ")).toBe("0x7f00ab");
  expect(objectAsked("app.User")).toBe("type:app.User");
  expect(objectAsked("type:dict")).toBe("type:dict");
  expect(objectAsked("  ")).toBe("");
});

test("a holder on a way has its distance from the root, the shorter one of two", () => {
  const step = (address: string) => ({ type: "dict", address, edge: "" });
  const way = (...addresses: string[]) => addresses.map(step);
  const distances = distancesIn({ paths: [way("0x1", "0x2", "0x9"), way("0x3", "0x1", "0x4", "0x9")] });
  expect([...distances]).toEqual([
    ["0x1", 1],
    ["0x2", 2],
    ["0x9", 3],
    ["0x3", 1],
    ["0x4", 3],
  ]);
});
