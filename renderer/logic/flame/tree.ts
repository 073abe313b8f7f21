// A flame graph's columns, as the engine sends them or as shapes.ts makes them, in; a tree whose sums, depths and ordered children are known out. Next: layout.ts.
import type { Flame, FlameFrame } from "../../../shared/flame.ts";

export interface Columns {
  /** In the order of their names; siblings stand in the order of their frames. */
  readonly frames: readonly FlameFrame[];
  /** Each node stands after its parent; node 0 is the root. */
  readonly parent: ArrayLike<number>;
  readonly frame: ArrayLike<number>;
  /** 0 where none is known. */
  readonly line: ArrayLike<number>;
  readonly self: ArrayLike<number>;
  /** Of the other recording; undefined where there is one alone. */
  readonly base: ArrayLike<number> | undefined;
  /** Its root is the frame of one function; else it stands for everything. */
  readonly isOne: boolean;
}
export interface Tree extends Columns {
  readonly length: number;
  /** With everything below. */
  readonly total: Float64Array;
  readonly baseTotal: Float64Array | undefined;
  /** Sum of what differs, each difference without its sign; undefined where nothing is compared. */
  readonly apart: Float64Array | undefined;
  readonly depth: Int32Array;
  /** Children of a node: `order[start[node]]` up to, and without, `order[start[node + 1]]`. */
  readonly start: Int32Array;
  readonly order: Int32Array;
}

export const columnsOf = ({ frames, parent, frame, line, self, base }: Flame): Columns => ({
  ...{ frames, parent, frame, line, self },
  base: base ?? undefined,
  isOne: false,
});

export function treeOf(columns: Columns): Tree {
  const { parent, self, base } = columns;
  const length = parent.length;
  const depth = new Int32Array(length);
  for (let node = 1; node < length; node++) depth[node] = (depth[parent[node] ?? 0] ?? 0) + 1;
  const differences = base && Float64Array.from(self, (value, node) => Math.abs(value - (base[node] ?? 0)));
  return {
    ...columns,
    length,
    depth,
    total: sums(parent, self),
    baseTotal: base && sums(parent, base),
    apart: differences && sums(parent, differences),
    ...children(columns),
  };
}

/** From the last node to the first: each is whole before its parent takes it. */
function sums(parent: ArrayLike<number>, self: ArrayLike<number>): Float64Array {
  const total = Float64Array.from(self);
  for (let node = total.length - 1; node > 0; node--) {
    const up = parent[node] ?? 0;
    total[up] = (total[up] ?? 0) + (total[node] ?? 0);
  }
  return total;
}

function children({ parent, frame }: Columns): Pick<Tree, "start" | "order"> {
  const length = parent.length;
  const start = new Int32Array(length + 1);
  for (let node = 1; node < length; node++) {
    const after = (parent[node] ?? 0) + 1;
    start[after] = (start[after] ?? 0) + 1;
  }
  for (let node = 0; node < length; node++) start[node + 1] = (start[node + 1] ?? 0) + (start[node] ?? 0);
  const byFrame = Int32Array.from({ length: length - 1 }, (_, at) => at + 1);
  byFrame.sort((a, b) => (frame[a] ?? 0) - (frame[b] ?? 0) || a - b);
  const next = start.slice();
  const order = new Int32Array(length - 1);
  for (const node of byFrame) {
    const up = parent[node] ?? 0;
    const at = next[up] ?? 0;
    order[at] = node;
    next[up] = at + 1;
  }
  return { start, order };
}

export const childrenOf = ({ start, order }: Tree, node: number): Int32Array =>
  order.subarray(start[node] ?? 0, start[node + 1] ?? 0);

/** Undefined of a root that stands for everything. */
export function frameOf(tree: Columns, node: number): FlameFrame | undefined {
  return node === 0 && !tree.isOne ? undefined : tree.frames[tree.frame[node] ?? 0];
}

/** Frames from the root's children to the node: what finds it again in another tree. */
export function pathTo(tree: Tree, node: number): readonly FlameFrame[] {
  const frames: FlameFrame[] = [];
  for (let at = node; at > 0; at = tree.parent[at] ?? 0) {
    const frame = tree.frames[tree.frame[at] ?? 0];
    if (frame) frames.unshift(frame);
  }
  return frames;
}

/** The deepest node on that way; the root where nothing of it is there. */
export function nodeAt(tree: Tree, path: readonly FlameFrame[]): number {
  let node = 0;
  for (const { function: name, file } of path) {
    const found = childrenOf(tree, node).find((child) => {
      const frame = frameOf(tree, child);
      return frame?.function === name && frame.file === file;
    });
    if (found === undefined) return node;
    node = found;
  }
  return node;
}

/** What a node's width is made of. */
export function weightsOf(tree: Tree, width: "b" | "a" | "delta"): Float64Array {
  if (width === "a") return tree.baseTotal ?? tree.total;
  return width === "delta" ? (tree.apart ?? tree.total) : tree.total;
}
