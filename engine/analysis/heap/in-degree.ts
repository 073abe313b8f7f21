// A heap graph in; how many references to each object it explains, and how many it does not, out. Next: reach.ts, unexplained-growth.ts.
import { edgeKind, type HeapGraph, type HeapRoot } from "./heap-graph.ts";

/** Edges turned round: who refers to object i is `sources[start[i]]` to before `sources[start[i + 1]]`, once for each edge. */
export interface ReverseEdges {
  readonly start: Uint32Array;
  readonly sources: Uint32Array;
  /** Which edge each of them is, in `HeapGraph.edges`. */
  readonly through: Uint32Array;
}

/** References to each object that an edge or a root stands for. */
export function explained(graph: HeapGraph): Uint32Array {
  const { count, edgeStart, edges, edgeKinds, types } = graph;
  const into = new Uint32Array(count);
  const heap = Uint8Array.from(graph.typeList, (type) => (type.heap ? 1 : 0));
  for (let node = 0, edge = 0; node < count; node++) {
    const end = edgeStart[node + 1] ?? 0;
    const counted = heap[types[node] ?? 0] === 1;
    for (; edge < end; edge++) if (counted || edgeKinds[edge] !== edgeKind.type) bump(into, edges[edge] ?? 0);
  }
  for (const root of graph.roots) if (holdsReference(root)) bump(into, root.node);
  return into;
}

/** Words that look like a reference to each object: `explained` has counted them, and some may be none. */
export function wordsInto({ count, edges, edgeKinds }: HeapGraph): Uint32Array {
  const into = new Uint32Array(count);
  for (let edge = 0; edge < edges.length; edge++) if (edgeKinds[edge] === edgeKind.word) bump(into, edges[edge] ?? 0);
  return into;
}

/** A module is held by `sys.modules`, which is an object itself. A frame that is an object (up to 3.10) is held by the C function that runs it. */
const holdsReference = ({ kind }: HeapRoot): boolean => kind === "frame";

function bump(counters: Uint32Array, at: number): void {
  counters[at] = (counters[at] ?? 0) + 1;
}

/**
 * What CPython 3.11 gives to objects that are compiled into it, before anybody refers to them (_PyObject_IMMORTAL_REFCNT of pycore_object.h). They go on counting,
 * so a leaked reference to one of them shows all the same.
 */
const compiledInCount = 999_999_999;
/** Half as many references take gigabytes. */
export const isCompiledIn = (count: number): boolean => count > compiledInCount / 2;

/** References to each object that nothing in the graph explains: C holds them, or forgot them. NaN where the count says nothing. */
export function unexplained(graph: HeapGraph): Float64Array {
  const into = explained(graph);
  const left = new Float64Array(graph.count);
  for (let node = 0; node < graph.count; node++) {
    const count = graph.counts[node] ?? Number.NaN;
    left[node] = count - (into[node] ?? 0) - (isCompiledIn(count) ? compiledInCount : 0);
  }
  return left;
}

export function reverseEdges({ count, edgeStart, edges }: HeapGraph): ReverseEdges {
  const start = startsOf(edges, count);
  const sources = new Uint32Array(edges.length);
  const through = new Uint32Array(edges.length);
  const next = start.slice(0, count);
  for (let node = 0, edge = 0; node < count; node++) {
    const end = edgeStart[node + 1] ?? 0;
    for (; edge < end; edge++) {
      const target = edges[edge] ?? 0;
      const place = next[target] ?? 0;
      sources[place] = node;
      through[place] = edge;
      next[target] = place + 1;
    }
  }
  return { start, sources, through };
}

/** Where the run of each value begins when `values` are sorted; one element more than there are values. */
function startsOf(values: Uint32Array, count: number): Uint32Array {
  const start = new Uint32Array(count + 1);
  for (let at = 0; at < values.length; at++) bump(start, (values[at] ?? 0) + 1);
  for (let node = 0; node < count; node++) start[node + 1] = (start[node + 1] ?? 0) + (start[node] ?? 0);
  return start;
}
