// A cycle in; how many objects and edges are drawn of it, and which edge is marked, out.
import { expect, test } from "vitest";
import { drawnCycle } from "./cycle.ts";

const cycle = (count: number, breaks: number) => ({
  steps: Array.from({ length: count + 1 }, (_, at) => ({
    type: "Node",
    address: `0x${(at % count) + 1}`,
    edge: at === 0 ? "" : `.edge${at}`,
  })),
  breaks,
  say: "",
});

test("each object stands once, and the edge that breaks it is marked", () => {
  const drawn = drawnCycle(cycle(3, 2));
  expect(drawn?.nodes.map(({ own }) => own)).toEqual([true, false, false]);
  expect(drawn?.edges.map(({ words, breaks }) => `${words}${breaks ? " breaks" : ""}`)).toEqual([
    ".edge1",
    ".edge2 breaks",
    ".edge3",
  ]);
});

test("one that holds itself has one edge; a long one is told in words alone", () => {
  expect(drawnCycle(cycle(1, 1))?.edges).toHaveLength(1);
  expect(drawnCycle(cycle(11, 1))).toBeUndefined();
});
