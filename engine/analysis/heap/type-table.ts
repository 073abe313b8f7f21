// An analysed heap in; one row a type, out: how many, their bytes, what they retain, what is unexplained and unreachable. Next: heap.types, the snapshot document.
import type { HeapTypeRow } from "../../../shared/heap-views.ts";
import { type Dominators, nobody } from "./dominators.ts";
import type { HeapAnalysis } from "./heap-analysis.ts";
import { type HeapGraph, heapFlag } from "./heap-graph.ts";
import { reachState } from "./reach.ts";

/** The most retained first. Types of the same name are one row. */
export function typeTable({ graph, unexplained, reach, dominators }: HeapAnalysis): readonly HeapTypeRow[] {
  const rows = new Map<string, HeapTypeRow>();
  const retained = retainedByType(graph, dominators);
  const rowOf = graph.typeList.map(({ name }) => {
    const row = rows.get(name) ?? emptyRow(name);
    rows.set(name, row);
    return row;
  });
  graph.typeList.forEach((_, type) => {
    const row = rowOf[type];
    if (row) row.retained += retained[type] ?? 0;
  });
  for (let node = 0; node < graph.count; node++) {
    const row = rowOf[graph.types[node] ?? 0];
    if (!row || ((graph.flags[node] ?? 0) & heapFlag.state) !== 0) continue;
    const size = graph.sizes[node] ?? 0;
    const left = unexplained[node] ?? 0;
    row.count++;
    row.bytes += size;
    if (left > 0) row.unexplainedReferences += left;
    if ((reach.states[node] ?? 0) > reachState.held) continue;
    row.unreachable++;
    row.unreachableBytes += size;
  }
  return [...rows.values()].filter(({ count }) => count > 0).sort((a, b) => b.retained - a.retained);
}

const emptyRow = (type: string): HeapTypeRow => ({
  ...{ type, count: 0, bytes: 0, retained: 0, unexplainedReferences: 0, unreachable: 0, unreachableBytes: 0 },
});

/**
 * What an object retains counts for its type where no object of the same type dominates it. The tree of dominators is walked depth first, with how many of
 * each type are on the way.
 */
function retainedByType({ count, types, typeList }: HeapGraph, { immediate, retained }: Dominators): Float64Array {
  const sums = new Float64Array(typeList.length);
  const onTheWay = new Uint32Array(typeList.length);
  const { first, next } = children(immediate);
  for (let top = 0; top < count; top++) {
    if (immediate[top] !== nobody) continue;
    for (let node = top, down = true; ; ) {
      const type = types[node] ?? 0;
      if (down) {
        if (onTheWay[type] === 0) sums[type] = (sums[type] ?? 0) + (retained[node] ?? 0);
        onTheWay[type] = (onTheWay[type] ?? 0) + 1;
        const child = first[node] ?? nobody;
        if (child !== nobody) {
          node = child;
          continue;
        }
      }
      onTheWay[type] = (onTheWay[type] ?? 0) - 1;
      if (node === top) break;
      const sibling = next[node] ?? nobody;
      down = sibling !== nobody;
      node = down ? sibling : (immediate[node] ?? top);
    }
  }
  return sums;
}

function children(immediate: Uint32Array): { readonly first: Uint32Array; readonly next: Uint32Array } {
  const first = new Uint32Array(immediate.length).fill(nobody);
  const next = new Uint32Array(immediate.length).fill(nobody);
  for (let node = immediate.length - 1; node >= 0; node--) {
    const above = immediate[node] ?? nobody;
    if (above === nobody) continue;
    next[node] = first[above] ?? nobody;
    first[above] = node;
  }
  return { first, next };
}
