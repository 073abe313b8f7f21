// A key, the chosen node and the picture in; the node that is chosen next out. Next: views/flame/use-graph-keys.ts.
import type { Layout } from "./layout.ts";
import { childrenOf, type Tree } from "./tree.ts";

export type Move = "in" | "out" | "before" | "after" | "first" | "root";

export interface Place {
  readonly tree: Tree;
  readonly layout: Layout;
  readonly weights: Float64Array;
  readonly zoomed: number;
}

/** Into the widest of what is called; aside to the next in its row, whoever called it. Undefined where there is none. */
export function moved({ tree, layout, weights, zoomed }: Place, from: number, move: Move): number | undefined {
  switch (move) {
    case "out":
      return from === 0 ? undefined : tree.parent[from];
    case "in":
      return widest(tree, weights, from);
    case "root":
      return zoomed;
    case "first":
      return rowOf(layout, tree.depth[from] ?? 0)[0];
    case "before":
    case "after": {
      const row = rowOf(layout, tree.depth[from] ?? 0);
      const at = row.indexOf(from);
      return at < 0 ? undefined : row[at + (move === "after" ? 1 : -1)];
    }
    default:
      return move satisfies never;
  }
}

function widest(tree: Tree, weights: Float64Array, node: number): number | undefined {
  let best: number | undefined;
  for (const child of childrenOf(tree, node))
    if ((weights[child] ?? 0) > (best === undefined ? 0 : (weights[best] ?? 0))) best = child;
  return best;
}

/** Nodes of a row from left to right, those that can be seen. */
const rowOf = ({ boxes }: Layout, depth: number): readonly number[] =>
  boxes
    .filter((box) => box.depth === depth && box.node !== undefined)
    .sort((a, b) => a.left - b.left)
    .flatMap(({ node }) => node ?? []);
