// Stacks drawn in, the one tree of them out.
import fc from "fast-check";
import { expect, test } from "vitest";
import { drawnStacks } from "../../test/fixtures/drawn-stacks.ts";
import { type FlameTree, flameTree, type WeighedStack } from "./flame.ts";

/** `main>parse` 12, a node a line, in the order in which its siblings stand. */
function told({ frames, parent, frame, self, base }: FlameTree): readonly string[] {
  const names = parent.map((_, node) => (node === 0 ? "" : (frames[frame[node] ?? 0]?.function ?? "?")));
  const paths: string[] = [];
  for (const [node, up] of parent.entries()) paths.push(node === 0 ? "" : `${paths[up]}>${names[node]}`);
  return paths.map((path, node) => `${path.slice(1) || "all"} ${self[node]}${base ? ` was ${base[node]}` : ""}`).sort();
}

test("stacks that begin alike share their nodes, each node counts what it allocated itself", () => {
  const tree = flameTree(drawnStacks("main>serve 2", "main>serve>parse 3", "main 1", "main>serve>parse 4"));
  expect(told(tree)).toEqual(["all 0", "main 1", "main>serve 2", "main>serve>parse 7"]);
  expect(tree.line).toEqual([0, 1, 2, 3]);
});

test("frames stand in the order of their names, whatever weighs more and wherever it was recorded", () => {
  const order = (...stacks: readonly string[]) =>
    flameTree(drawnStacks(...stacks)).frames.map((frame) => frame.function);
  expect(order("main>b 1", "main>a 9", "main>c 5")).toEqual(["a", "b", "c", "main"]);
  expect(order("main>c 1", "main>a 1", "main>b 70")).toEqual(["a", "b", "c", "main"]);
});

test("a stack without a frame belongs to the whole; what weighs nothing, or shrinks, is not there", () => {
  const tree = flameTree([{ frames: [], weight: 5 }, ...drawnStacks("main 0", "other -3")]);
  expect(told(tree)).toEqual(["all 5"]);
});

test("of two recordings a place is one node, also in another folder; what only one has is there with 0", () => {
  const a = drawnStacks("main>leak 9", "main>old 1");
  const moved = drawnStacks("main>leak 2", "main>fresh 4").map(({ frames, weight }) => ({
    frames: frames.map((frame) => ({ ...frame, file: "/other/place/web.py" })),
    weight,
  }));
  expect(told(flameTree(moved, a))).toEqual([
    "all 0 was 0",
    "main 0 was 0",
    "main>fresh 4 was 0",
    "main>leak 2 was 9",
    "main>old 0 was 1",
  ]);
});

test("two files of one name in one recording stay two", () => {
  const two = ["/a/x/web.py", "/a/y/web.py"].map((file) => ({
    ...{ frames: [{ function: "run", file, line: 1 }], weight: 1 },
  }));
  expect(flameTree(two, two).frames).toHaveLength(2);
});

test("what has no room is told, and the heaviest stay", () => {
  const tree = flameTree(drawnStacks("a 1", "b 5", "c 3"), undefined, 3);
  expect(told(tree)).toEqual(["all 0", "b 5", "c 3"]);
  expect(tree.left).toEqual({ stacks: 1, weight: 1 });
});

const names = fc.array(fc.constantFrom("a", "b", "c", "*d", "~e"), { minLength: 1, maxLength: 6 });
const stack = fc.tuple(names, fc.integer({ min: 1, max: 1000 })).map(([of, weight]) => `${of.join(">")} ${weight}`);
const several = fc.array(stack, { maxLength: 12 }).map((drawn) => drawnStacks(...drawn));
const weigh = (stacks: readonly WeighedStack[]) => stacks.reduce((sum, { weight }) => sum + weight, 0);
const sum = (column: readonly number[]) => column.reduce((total, value) => total + value, 0);

test("nothing is lost or counted twice, and the order of the stacks does not matter", () => {
  fc.assert(
    fc.property(several, several, (a, b) => {
      const tree = flameTree(b, a);
      expect([sum(tree.self), sum(tree.base ?? [])]).toEqual([weigh(b), weigh(a)]);
      expect(told(flameTree(b.toReversed(), a.toReversed()))).toEqual(told(tree));
      expect(tree.parent.every((up, node) => node === 0 || up < node)).toBe(true);
      expect(flameTree(b.toReversed(), a.toReversed()).frames).toEqual(tree.frames);
    }),
  );
});
