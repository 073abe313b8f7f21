// Drawn heaps in; ways to a root, cycles and what breaks them, written out, out.
import { describe, expect, it } from "vitest";
import { type Drawn, drawHeap } from "../../../test/fixtures/drawn-heap.ts";
import { selfKept, shortestCycle } from "./cycles.ts";
import { edgeWords, rootWords } from "./edge-words.ts";
import { HeapAnalysis } from "./heap-analysis.ts";
import { reverseEdges, unexplained } from "./in-degree.ts";
import { type Step, ways } from "./paths.ts";
import { reach } from "./reach.ts";

const stepText = ({ graph, nameOf }: Drawn, { node, edge }: Step): string =>
  edge === undefined ? nameOf(node) : `${edgeWords(graph, edge)} ${nameOf(node)}`;

function waysTo(drawing: string, name: string): readonly string[] {
  const drawn = drawHeap(drawing);
  const { graph, node } = drawn;
  const left = unexplained(graph);
  return ways({ graph, reverse: reverseEdges(graph) }, reach(graph, left), left, node(name)).map(({ from, steps }) =>
    [typeof from === "string" ? from : rootWords(from), ...steps.map((step) => stepText(drawn, step))].join(" > "),
  );
}

function cycleOf(drawing: string, name: string): string | undefined {
  const drawn = drawHeap(drawing);
  const cycle = shortestCycle(drawn.graph, new HeapAnalysis(drawn.graph).dominators.immediate, drawn.node(name));
  if (!cycle) return undefined;
  const texts = cycle.steps.map((step) => stepText(drawn, step));
  return `${texts.join(" > ")}; break ${texts[cycle.breaks]}`;
}

describe("ways to a root", () => {
  it("are the shortest one and one that shares nothing with it", () => {
    const drawing = `
      module app = app
      local serve() = frame
      app: module -> .__dict__ globals
      globals: dict -> ["users"] users
      users: list -> [3] user
      frame: frame -> local session session
      session: Session -> .cache cache
      cache: dict -> ["x"] entry
      entry: tuple -> [0] user
      user: User
    `;
    expect(waysTo(drawing, "user")).toEqual([
      'module app > app > .__dict__ globals > ["users"] users > [3] user',
      'serve() > frame > local session session > .cache cache > ["x"] entry > [0] user',
    ]);
  });

  it("begin at a module where a frame is as near", () => {
    const drawing = `
      local serve() = frame
      module app = app
      frame: frame -> .f_globals globals
      app: module -> .__dict__ globals
      globals: dict -> ["x"] x
      x: str
    `;
    expect(waysTo(drawing, "x")).toEqual([
      'module app > app > .__dict__ globals > ["x"] x',
      'serve() > frame > .f_globals globals > ["x"] x',
    ]);
  });

  it("share as little as can be where they must share", () => {
    const drawing = `
      module app = app
      app: module -> ["a"] a, ["b"] b
      a: list -> [0] hub
      b: list -> [0] hub
      hub: dict -> ["x"] x
      x: str
    `;
    expect(waysTo(drawing, "x")).toEqual([
      'module app > app > ["a"] a > [0] hub > ["x"] x',
      'module app > app > ["b"] b > [0] hub > ["x"] x',
    ]);
    expect(waysTo(drawing, "a")).toEqual(['module app > app > ["a"] a']);
    expect(waysTo(drawing, "app")).toEqual(["module app > app"]);
  });

  it("go through words only where nothing better leads", () => {
    const drawing = `
      module app = app
      app: module -> ["array"] array, ["deep"] deep
      array: ndarray -> word x, word y
      deep: list -> [0] deeper
      deeper: list -> [0] x
      x: str
      y: str
    `;
    expect(waysTo(drawing, "x")).toEqual(['module app > app > ["deep"] deep > [0] deeper > [0] x']);
    expect(waysTo(drawing, "y")).toEqual(['module app > app > ["array"] array > a word in its memory y']);
  });

  it("end at what C holds, or nowhere", () => {
    const drawing = `
      forgotten: dict +1 -> ["x"] inner
      inner: str
      a: Node -> .next b
      b: Node -> .next a
    `;
    expect(waysTo(drawing, "inner")).toEqual(['c > forgotten > ["x"] inner']);
    expect(waysTo(drawing, "a")).toEqual([]);
  });
});

describe("cycles", () => {
  it("name the edge that refers back", () => {
    const drawing = `
      module app = app
      app: module -> .__dict__ globals
      globals: dict -> ["tree"] parent, ["f"] f
      parent: Node -> .children children
      children: list -> [0] child
      child: Node -> .parent parent, .f f
      f: function -> inside globals
    `;
    expect(cycleOf(drawing, "child")).toBe(
      "child > .parent parent > .children children > [0] child; break .parent parent",
    );
    expect(cycleOf(drawing, "parent")).toBe(
      "parent > .children children > [0] child > .parent parent; break .parent parent",
    );
    expect(cycleOf(drawing, "f")).toBeUndefined();
  });

  it("that keep only themselves are told with what hides them from the collector", () => {
    const { graph, nameOf } = drawHeap(`
      module app = c
      a: Node #10 !traverses -> .next b
      b: Blind #5 -> .next a, .tail tail
      tail: str
      c: Node !traverses -> .next c
      d: Node #2 !traverses -> .self d
    `);
    const left = unexplained(graph);
    const found = selfKept(graph, reach(graph, left), left);
    expect(found.map(({ members, bytes, unseen }) => [[...members].map(nameOf).sort(), bytes, unseen])).toEqual([
      [["a", "b"], 15, 1],
      [["d"], 2, 0],
    ]);
  });
});
