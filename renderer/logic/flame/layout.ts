// A tree, the node that fills the width, and a width in pixels in; boxes, none narrower than a pixel, out. Next: views/flame/painter.ts.
import { childrenOf, type Tree } from "./tree.ts";

export interface Box {
  /** Undefined: several nodes that are narrower than a pixel each. */
  readonly node: number | undefined;
  readonly depth: number;
  readonly left: number;
  readonly width: number;
}
export interface Layout {
  readonly boxes: readonly Box[];
  /** How many rows there are. */
  readonly rows: number;
}

const narrowest = 1;

/** `weights` decide the widths: what a node weighs is at least what its children weigh together. */
export function layoutOf(tree: Tree, weights: Float64Array, zoomed: number, width: number): Layout {
  const boxes: Box[] = ancestorsOf(tree, zoomed).map((node) => ({
    ...{ node, depth: tree.depth[node] ?? 0, left: 0, width },
  }));
  const whole = weights[zoomed] ?? 0;
  const waiting: Box[] = [{ node: zoomed, depth: tree.depth[zoomed] ?? 0, left: 0, width }];
  let rows = 0;
  for (let box = waiting.pop(); box; box = waiting.pop()) {
    boxes.push(box);
    rows = Math.max(rows, box.depth + 1);
    if (box.node === undefined || whole <= 0) continue;
    waiting.push(...below(tree, weights, { ...box, node: box.node }, width / whole));
  }
  return { boxes, rows };
}

/** Neighbours that are too narrow to be seen become one box of their width together. */
function below(tree: Tree, weights: Float64Array, parent: Box & { readonly node: number }, scale: number): Box[] {
  const boxes: Box[] = [];
  const depth = parent.depth + 1;
  let [left, thin] = [parent.left, 0];
  const merge = () => {
    if (thin >= narrowest / 2) boxes.push({ node: undefined, depth, left: left - thin, width: thin });
    thin = 0;
  };
  for (const node of childrenOf(tree, parent.node)) {
    const width = (weights[node] ?? 0) * scale;
    if (width >= narrowest) {
      merge();
      boxes.push({ node, depth, left, width });
    } else thin += width;
    left += width;
  }
  merge();
  return boxes;
}

function ancestorsOf(tree: Tree, node: number): readonly number[] {
  const nodes: number[] = [];
  for (let at = node; at > 0; ) {
    at = tree.parent[at] ?? 0;
    nodes.unshift(at);
  }
  return nodes;
}

/** What stands at a place of the picture. */
export const boxAt = ({ boxes }: Layout, x: number, depth: number): Box | undefined =>
  boxes.find((box) => box.depth === depth && x >= box.left && x < box.left + box.width);
