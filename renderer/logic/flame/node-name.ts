// A node of a tree in, a short name of the way to it out, which finds it again in another tree; and back. For the address: it has no room for a
// stack. Used by views/flame/Pane.tsx.
import { rowName } from "../row-name.ts";
import { frameOf, type Tree } from "./tree.ts";

const below = (above: string, tree: Tree, node: number): string => {
  const frame = frameOf(tree, node);
  return rowName(`${above} ${frame?.function} ${frame?.file}`);
};

/** `of` tells one picture of a screen from the other. */
export function nodeName(of: string, tree: Tree, node: number): string {
  return node === 0 ? of : below(nodeName(of, tree, tree.parent[node] ?? 0), tree, node);
}

/** The root where nothing is of that name. */
export function nodeNamed(of: string, tree: Tree, name: string | undefined): number {
  if (name === undefined) return 0;
  const names = [of];
  for (let node = 1; node < tree.length; node++) {
    const own = below(names[tree.parent[node] ?? 0] ?? of, tree, node);
    if (own === name) return node;
    names.push(own);
  }
  return 0;
}
