// A heap graph and addresses of objects in; who holds each, and which type it is where it is one, out. Used by signs.ts.
import type { Suspect } from "../../shared/diagnosis-document.ts";
import { edgeKind, type HeapGraph, heapFlag } from "../analysis/heap/heap-graph.ts";
import { reverseEdges, unexplained } from "../analysis/heap/in-degree.ts";
import { nodeAt } from "../analysis/heap/lookup.ts";
import { type Way, ways } from "../analysis/heap/paths.ts";
import { reach } from "../analysis/heap/reach.ts";
import { pathOf } from "./standing.ts";

export interface Described {
  readonly heldBy: Suspect["heldBy"];
  /** It is a type, by this name where one is known. */
  readonly isType: boolean;
  readonly typeName: string | undefined;
}

export function describedIn(graph: HeapGraph, addresses: readonly number[]): ReadonlyMap<number, Described> {
  if (addresses.length === 0) return new Map();
  const left = unexplained(graph);
  const [reached, reverse] = [reach(graph, left), reverseEdges(graph)];
  const names = new Map(graph.typeList.map(({ address, name }): readonly [number, string] => [address, name]));
  return new Map(
    addresses.flatMap((address): readonly (readonly [number, Described])[] => {
      const node = nodeAt(graph, address);
      if (node === undefined) return [];
      const found = ways({ graph, reverse }, reached, left, node);
      const isType = ((graph.flags[node] ?? 0) & heapFlag.type) !== 0;
      const typeName = isType ? (names.get(address) ?? calledBy(graph, found)) : undefined;
      return [[address, { heldBy: found.map((way) => pathOf(graph, way)), isType, typeName }]];
    }),
  );
}

/** What the namespace calls it that holds it. */
function calledBy(graph: HeapGraph, found: readonly Way[]): string | undefined {
  for (const { steps } of found) {
    const edge = steps.at(-1)?.edge;
    if (edge === undefined) continue;
    const kind = graph.edgeKinds[edge];
    const named = kind === edgeKind.value || kind === edgeKind.attribute;
    const name = named ? graph.names[graph.edgeLabels[edge] ?? -1] : undefined;
    if (name !== undefined) return name;
  }
  return undefined;
}
