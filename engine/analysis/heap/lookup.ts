// An address or the name of a type in, objects of a graph out. Used by the files of this room.
import type { HeapGraph } from "./heap-graph.ts";

/** The object that begins at `address`. */
export function nodeAt({ addresses, count }: HeapGraph, address: number): number | undefined {
  let [low, high] = [0, count];
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((addresses[middle] ?? 0) < address) low = middle + 1;
    else high = middle;
  }
  return low < count && addresses[low] === address ? low : undefined;
}

export const typeName = (graph: HeapGraph, node: number): string => graph.typeList[graph.types[node] ?? 0]?.name ?? "?";

/** Types of this name: two modules may each have a `Node`. `Node` stands for `app.Node` where nothing is called just so. */
export function typesNamed({ typeList }: HeapGraph, name: string): ReadonlySet<number> {
  const where = (is: (typeName: string) => boolean) =>
    new Set(typeList.flatMap((type, index) => (is(type.name) ? index : [])));
  const exact = where((typeName) => typeName === name);
  return exact.size > 0 ? exact : where((typeName) => typeName.endsWith(`.${name}`));
}

export const addressText = (address: number): string => `0x${address.toString(16)}`;
