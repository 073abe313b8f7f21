// Drawn heaps in; what is unexplained, reached, held by C alone and lost, out.
import { describe, expect, it } from "vitest";
import { type Drawn, drawHeap } from "../../../test/fixtures/drawn-heap.ts";
import { edgeKind } from "./heap-graph.ts";
import { reverseEdges, unexplained } from "./in-degree.ts";
import { reach, reachState } from "./reach.ts";

function statesOf({ graph, nameOf }: Drawn): Readonly<Record<string, string>> {
  const { states } = reach(graph, unexplained(graph));
  const word = (state: number) => Object.entries(reachState).find(([, value]) => value === state)?.[0] ?? "?";
  return Object.fromEntries([...states].map((state, node) => [nameOf(node), word(state)]));
}

describe("unexplained references", () => {
  it("are what the count has more than edges and roots", () => {
    const { graph } = drawHeap(`
      module app = a
      local x = b
      a: module -> ["b"] b, ["c"] c
      b: list -> [0] c
      c: str +3
      d: str !immortal
    `);
    expect([...graph.counts]).toEqual([0, 2, 5, Number.NaN]);
    expect([...unexplained(graph)]).toEqual([0, 0, 3, Number.NaN]);
  });

  it("count the type of an instance only where the type was made at run time", () => {
    const { graph, node } = drawHeap(`
      Node: type !type
      a: Node -> type Node
      b: list -> type int
      int: int !type +1
    `);
    expect(unexplained(graph)[node("Node")]).toBe(0);
    expect(graph.counts[node("Node")]).toBe(1);
    expect(graph.counts[node("int")]).toBe(1);
  });

  it("begin after the count of what is compiled into CPython 3.11, which is never freed", () => {
    const { graph, node } = drawHeap("zero: int +999999999\none: int +1000000099\nholder: list +1 -> [0] one");
    expect([...unexplained(graph)]).toEqual([0, 100, 1]);
    const { states } = reach(graph, unexplained(graph));
    expect([states[node("zero")], states[node("holder")]]).toEqual([reachState.reached, reachState.held]);
  });

  it("turn edges round", () => {
    const { graph, node, nameOf } = drawHeap(`
      a: list -> [0] c, [1] c
      b: list -> [0] c, [1] a
      c: list
    `);
    const { start, sources } = reverseEdges(graph);
    const into = (name: string) => [...sources.subarray(start[node(name)], start[node(name) + 1])].map(nameOf);
    expect([into("a"), into("b"), into("c")]).toEqual([["b"], [], ["a", "a", "b"]]);
    expect(graph.edgeKinds[0]).toBe(edgeKind.item);
  });
});

describe("reach", () => {
  it("tells reached, held by C and lost apart", () => {
    const drawn = drawHeap(`
      module app = app
      app: module -> ["kept"] kept
      kept: list
      forgotten: dict +1 -> ["x"] inner
      inner: str
      a: Node -> .next b
      b: Node -> .previous a, .tail tail
      tail: str
    `);
    expect(statesOf(drawn)).toEqual({
      app: "reached",
      kept: "reached",
      forgotten: "held",
      inner: "held",
      a: "lost",
      b: "lost",
      tail: "lost",
    });
    const { starts } = reach(drawn.graph, unexplained(drawn.graph));
    expect([...starts].map(drawn.nameOf)).toEqual(["app", "forgotten", "b"]);
  });

  it("proves nothing by a word", () => {
    const drawn = drawHeap(`
      module app = app
      app: module -> ["array"] array
      array: ndarray -> word element
      element: list -> [0] leaf
      leaf: str
      lonely: ndarray -> word other
      other: str
    `);
    const { app, array, element, leaf, other } = statesOf(drawn);
    expect([app, array, element, leaf, other]).toEqual(["reached", "reached", "perhaps", "perhaps", "lost"]);
  });

  it("never calls immortal objects and types of C lost", () => {
    const states = statesOf(
      drawHeap(`
        none: NoneType !immortal -> deep
        deep: str
        int: type !type +5
        Made: type !type
        made: Made -> type Made
      `),
    );
    expect(states).toEqual({ none: "reached", deep: "reached", int: "reached", Made: "lost", made: "lost" });
  });

  it("finds its way through a list of a hundred thousand links", () => {
    const links = Array.from({ length: 100_000 }, (_, at) => `n${at}: Node -> .next n${(at + 1) % 100_000}`);
    const { graph } = drawHeap(`module app = n0\n${links.join("\n")}`);
    expect(reach(graph, unexplained(graph)).states.every((state) => state === reachState.reached)).toBe(true);
    const rootless = { ...graph, roots: [] };
    expect(reach(rootless, unexplained(rootless)).starts.length).toBe(1);
  });
});
