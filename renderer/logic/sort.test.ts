// In: rows with something missing. Out: their order.
import { expect, test } from "vitest";
import { sorted } from "./sort.ts";

test("unknown stands last whichever way", () => {
  const rows = [{ n: 2 }, { n: null }, { n: 10 }, { n: 1 }];
  expect(sorted(rows, (row) => row.n, "up").map((row) => row.n)).toEqual([1, 2, 10, null]);
  expect(sorted(rows, (row) => row.n, "down").map((row) => row.n)).toEqual([10, 2, 1, null]);
});

test("equal rows keep their order", () => {
  const rows = [
    { n: 1, name: "a" },
    { n: 1, name: "b" },
  ];
  expect(sorted(rows, (row) => row.n, "down").map((row) => row.name)).toEqual(["a", "b"]);
});
