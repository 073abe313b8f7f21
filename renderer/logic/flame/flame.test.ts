// Stacks drawn in; trees of them, their shapes, their boxes and the ways through them out.
import fc from "fast-check";
import { expect, test } from "vitest";
import { flameTree } from "../../../engine/analysis/flame.ts";
import { drawnStacks } from "../../../test/fixtures/drawn-stacks.ts";
import { boxAt, layoutOf } from "./layout.ts";
import { moved } from "./moves.ts";
import { nodeName, nodeNamed } from "./node-name.ts";
import { search } from "./search.ts";
import { calledBy, callersOf, flattened, frameIndex, inverted, withoutStandard } from "./shapes.ts";
import { childrenOf, columnsOf, frameOf, nodeAt, pathTo, type Tree, treeOf, weightsOf } from "./tree.ts";

const rest = { measure: "bytes", seconds: 10, deepest: 8 } as const;
const drawn = (...stacks: readonly string[]): Tree =>
  treeOf(columnsOf({ ...rest, ...flameTree(drawnStacks(...stacks)) }));
const compared = (a: readonly string[], b: readonly string[]): Tree =>
  treeOf(columnsOf({ ...rest, ...flameTree(drawnStacks(...b), drawnStacks(...a)) }));

/** A node a line, indented, siblings in their order, with its total. */
function told(tree: Tree, node = 0): readonly string[] {
  const indent = "  ".repeat(tree.depth[node] ?? 0);
  const line = `${indent}${frameOf(tree, node)?.function ?? "all"} ${tree.total[node]}`;
  return [line, ...[...childrenOf(tree, node)].flatMap((child) => told(tree, child))];
}
const oneOf = (tree: Tree, name: string): number => frameIndex(tree, { function: name, file: "/srv/app/web.py" }) ?? -1;
const find = (tree: Tree, ...names: readonly string[]): number =>
  nodeAt(
    tree,
    names.map((name) => ({ function: name, file: "/srv/app/web.py" })),
  );

const usual = ["main>serve>parse 6", "main>serve>answer 3", "main>answer 1", "main>*run>work 4"];

test("a node holds what is below it; siblings stand by their names", () => {
  expect(told(drawn(...usual))).toEqual([
    "all 14",
    "  main 14",
    "    answer 1",
    "    run 4",
    "      work 4",
    "    serve 9",
    "      answer 3",
    "      parse 6",
  ]);
});

test("without Python's own frames what they called stands below who called them", () => {
  expect(told(treeOf(withoutStandard(drawn("main>*run>work 4", "main>work 1", "main>*run 2"))))).toEqual([
    "all 7",
    "  main 7",
    "    work 5",
  ]);
});

test("without recursion a call within itself counts for the outer one", () => {
  const tree = drawn("main>f>f>f>x 2", "main>f>g>f>y 3", "main>g>main 1");
  expect(told(treeOf(flattened(tree)))).toEqual([
    "all 6",
    "  main 6",
    "    f 5",
    "      g 0",
    "      x 2",
    "      y 3",
    "    g 0",
  ]);
});

test("a node is found again by its short name, also where the tree has grown", () => {
  const tree = drawn(...usual);
  const name = nodeName("Stacks", tree, find(tree, "main", "serve", "parse"));
  const grown = drawn("main>aa 1", ...usual);
  expect(name).toMatch(/^[0-9a-f]{1,8}$/);
  expect(nodeNamed("Stacks", grown, name)).toBe(find(grown, "main", "serve", "parse"));
  expect([nodeNamed("Callers", tree, name), nodeNamed("Stacks", drawn("main 1"), name)]).toEqual([0, 0]);
});

test("inverted, what allocated stands outermost and its callers below", () => {
  expect(told(treeOf(inverted(drawn("main>serve>parse 6", "main>parse 3"))))).toEqual([
    "all 9",
    "  parse 9",
    "    main 3",
    "    serve 6",
    "      main 6",
  ]);
});

test("the sandwich of a function: its callers with what it cost them, and what it calls", () => {
  const tree = drawn("main>a>f>x 2", "main>b>f>y 3", "main>b>f 1", "main>f>a>f>x 4", "main>a 9");
  const one = oneOf(tree, "f");
  expect(told(treeOf(calledBy(tree, one)))).toEqual(["f 10", "  a 4", "    f 4", "      x 4", "  x 2", "  y 3"]);
  expect(told(treeOf(callersOf(tree, one)))).toEqual([
    "f 10",
    "  a 2",
    "    main 2",
    "  b 4",
    "    main 4",
    "  main 4",
  ]);
});

test("of two recordings the differences add up without cancelling each other", () => {
  const tree = compared(["main>a 5", "main>b 1"], ["main>a 1", "main>b 4"]);
  const node = find(tree, "main");
  expect([tree.total[node], tree.baseTotal?.[node], tree.apart?.[node]]).toEqual([5, 6, 7]);
  expect(weightsOf(tree, "delta")[0]).toBe(7);
  expect(weightsOf(tree, "a")[0]).toBe(6);
});

test("boxes are as wide as they weigh, and what is narrower than a pixel is one box", () => {
  const tree = drawn("main>a 500", ...Array.from({ length: 40 }, (_, at) => `main>t${at} 0.5`), "main>z 480");
  const { boxes, rows } = layoutOf(tree, tree.total, 0, 100);
  const row = boxes.filter((box) => box.depth === 2).sort((a, b) => a.left - b.left);
  expect(row.map(({ node, left, width }) => [node === undefined, Math.round(left), Math.round(width)])).toEqual([
    [false, 0, 50],
    [true, 50, 2],
    [false, 52, 48],
  ]);
  expect(rows).toBe(3);
});

test("zoomed, a node has the whole width and its callers stand above it", () => {
  const tree = drawn(...usual);
  const zoomed = find(tree, "main", "serve");
  const layout = layoutOf(tree, tree.total, zoomed, 90);
  expect(layout.boxes.filter(({ width }) => width === 90).map(({ depth }) => depth)).toEqual([0, 1, 2]);
  expect(boxAt(layout, 45, 3)?.node).toBe(find(tree, "main", "serve", "parse"));
  expect(boxAt(layout, 45, 4)).toBeUndefined();
});

test("arrows go into the widest, out, and along the row, whoever called what stands there", () => {
  const tree = drawn(...usual);
  const place = { tree, layout: layoutOf(tree, tree.total, 0, 1000), weights: tree.total, zoomed: 0 };
  const serve = find(tree, "main", "serve");
  expect(moved(place, 0, "in")).toBe(find(tree, "main"));
  expect(moved(place, find(tree, "main"), "in")).toBe(serve);
  const answer = find(tree, "main", "serve", "answer");
  expect(moved(place, answer, "before")).toBe(
    nodeAt(tree, [
      { function: "main", file: "/srv/app/web.py" },
      { function: "run", file: "/usr/lib/python3.11/threading.py" },
      { function: "work", file: "/srv/app/web.py" },
    ]),
  );
  expect(moved(place, answer, "out")).toBe(serve);
  expect(moved(place, serve, "after")).toBeUndefined();
  expect(moved(place, 0, "out")).toBeUndefined();
});

test("a search counts a frame within another that was found once", () => {
  const tree = drawn("main>parse>parse 6", "main>answer 4");
  expect(search(tree, tree.total, "PARSE")).toMatchObject({ functions: 1, part: 0.6 });
  expect(search(tree, tree.total, "web.py")).toMatchObject({ functions: 3, part: 1 });
  expect(search(tree, tree.total, " ")).toBeUndefined();
});

const names = fc.array(fc.constantFrom("a", "b", "c", "*d", "~e"), { minLength: 1, maxLength: 6 });
const stack = fc.tuple(names, fc.integer({ min: 1, max: 99 })).map(([of, weight]) => `${of.join(">")} ${weight}`);
const several = fc.array(stack, { minLength: 1, maxLength: 12 });

test("whatever its shape, a tree weighs the same, and a box lies within the one above it", () => {
  fc.assert(
    fc.property(several, several, fc.integer({ min: 1, max: 700 }), (a, b, width) => {
      const tree = compared(a, b);
      for (const shape of [tree, treeOf(inverted(tree)), treeOf(withoutStandard(tree))]) {
        expect([shape.total[0], shape.baseTotal?.[0]]).toEqual([tree.total[0], tree.baseTotal?.[0]]);
        const weights = weightsOf(shape, "delta");
        for (const { node, left, width: wide } of layoutOf(shape, weights, 0, width).boxes) {
          if (node === undefined || node === 0) continue;
          const above = layoutOf(shape, weights, 0, width).boxes.find((box) => box.node === shape.parent[node]);
          expect(left + 1e-6).toBeGreaterThanOrEqual(above?.left ?? Number.NaN);
          expect(left + wide - 1e-6).toBeLessThanOrEqual((above?.left ?? 0) + (above?.width ?? 0));
        }
        for (let node = 0; node < shape.length; node++) expect(nodeAt(shape, pathTo(shape, node))).toBe(node);
      }
    }),
    { numRuns: 40 },
  );
});

test("whoever a function is, its callers and what it calls weigh the same", () => {
  fc.assert(
    fc.property(several, (stacks) => {
      const tree = drawn(...stacks);
      for (let one = 0; one < tree.frames.length; one++)
        expect(treeOf(callersOf(tree, one)).total[0]).toBe(treeOf(calledBy(tree, one)).total[0]);
    }),
    { numRuns: 40 },
  );
});
