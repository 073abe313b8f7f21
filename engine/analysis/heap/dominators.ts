// A heap graph and where it begins in; for each object the one through which all ways to it lead, and what would go with it, out.
// Semi-NCA (Georgiadis 2005): the semidominators of Lengauer and Tarjan, then the nearest common ancestor. Next: heap-analysis.ts.
import type { HeapGraph } from "./heap-graph.ts";
import type { ReverseEdges } from "./in-degree.ts";

/** What no object dominates: several ways lead to it, or it is a start. */
export const nobody = 0xffff_ffff;

export interface Dominators {
  /** The closest object through which all ways from the starts lead, or `nobody`. */
  readonly immediate: Uint32Array;
  /** Bytes that would be freed with the object: its own and those of what it dominates. 0 where no start leads. */
  readonly retained: Float64Array;
}

/** The tree of a depth-first walk: numbers from 1 on in the order of meeting, 0 is the invisible root before all starts. */
interface Walked {
  readonly met: number;
  readonly nodeOf: Uint32Array;
  readonly numberOf: Uint32Array;
  readonly parent: Uint32Array;
}

export function dominators(graph: HeapGraph, reverse: ReverseEdges, starts: Uint32Array): Dominators {
  const walked = walk(graph, starts);
  const above = dominatorNumbers(reverse, walked, starts);
  const immediate = new Uint32Array(graph.count).fill(nobody);
  const retained = new Float64Array(graph.count);
  const { met, nodeOf } = walked;
  for (let number = met; number >= 1; number--) {
    const node = nodeOf[number] ?? 0;
    const sum = (retained[node] ?? 0) + (graph.sizes[node] ?? 0);
    retained[node] = sum;
    const up = above[number] ?? 0;
    if (up === 0) continue;
    const owner = nodeOf[up] ?? 0;
    immediate[node] = owner;
    retained[owner] = (retained[owner] ?? 0) + sum;
  }
  return { immediate, retained };
}

/** What is left of each object on the way lies on stacks: read one after another, not all over the memory. */
function walk({ count, edgeStart, edges }: HeapGraph, starts: Uint32Array): Walked {
  const nodeOf = new Uint32Array(count + 1);
  const numberOf = new Uint32Array(count);
  const parent = new Uint32Array(count + 1);
  const way = { next: new Uint32Array(count + 1), end: new Uint32Array(count + 1), number: new Uint32Array(count + 1) };
  let met = 0;
  for (const start of starts) {
    if (numberOf[start] !== 0) continue;
    let depth = 0;
    let node = start;
    let [edge, end, number] = [0, 0, 0];
    for (;;) {
      // Meets `node`, coming from `number`.
      way.next[depth] = edge;
      way.end[depth] = end;
      way.number[depth++] = number;
      numberOf[node] = ++met;
      nodeOf[met] = node;
      parent[met] = number;
      number = met;
      edge = edgeStart[node] ?? 0;
      end = edgeStart[node + 1] ?? 0;
      for (;;) {
        while (edge < end && numberOf[edges[edge] ?? 0] !== 0) edge++;
        if (edge < end || depth === 0) break;
        edge = way.next[--depth] ?? 0;
        end = way.end[depth] ?? 0;
        number = way.number[depth] ?? 0;
      }
      if (edge >= end) break;
      node = edges[edge++] ?? 0;
    }
  }
  return { met, nodeOf, numberOf, parent };
}

function dominatorNumbers(reverse: ReverseEdges, walked: Walked, starts: Uint32Array): Uint32Array {
  const { met, parent, numberOf } = walked;
  const semi = semidominators(reverse, walked, starts);
  const above = parent.slice(0, met + 1);
  for (const start of starts) above[numberOf[start] ?? 0] = 0;
  for (let number = 1; number <= met; number++) {
    const bound = semi[number] ?? 0;
    let up = above[number] ?? 0;
    while (up > bound) up = above[up] ?? 0;
    above[number] = up;
  }
  return above;
}

function semidominators({ start, sources }: ReverseEdges, walked: Walked, starts: Uint32Array): Uint32Array {
  const { met, parent, nodeOf, numberOf } = walked;
  const semi = new Uint32Array(met + 1);
  const least = new Uint32Array(met + 1);
  const isStart = new Uint8Array(met + 1);
  for (const node of starts) isStart[numberOf[node] ?? 0] = 1;
  const forest = new Forest(parent, least, met);
  for (let number = met; number >= 1; number--) {
    let smallest = isStart[number] === 1 ? 0 : (parent[number] ?? 0);
    const node = nodeOf[number] ?? 0;
    const end = start[node + 1] ?? 0;
    let at = start[node] ?? 0;
    // Most objects are referred to once: by the one that the walk came from.
    if (end - at === 1) at = end;
    for (; at < end && smallest > 0; at++) {
      const source = numberOf[sources[at] ?? 0] ?? 0;
      const through = source === 0 ? smallest : forest.least(source, number);
      if (through < smallest) smallest = through;
    }
    semi[number] = least[number] = smallest;
  }
  return semi;
}

/** Numbers above `linked` hang in trees; the way up a tree is shortened each time it is gone. */
class Forest {
  readonly #up: Uint32Array;
  /** The least semidominator from the number itself to just below `#up` of it. */
  readonly #least: Uint32Array;
  readonly #way: Uint32Array;

  constructor(parent: Uint32Array, least: Uint32Array, met: number) {
    this.#up = parent.slice(0, met + 1);
    this.#least = least;
    this.#way = new Uint32Array(met + 1);
  }

  /** The least semidominator on the way from `number` to the root of its tree; `number` itself where it is in no tree yet. */
  least(number: number, linked: number): number {
    if (number <= linked) return number;
    const [up, least] = [this.#up, this.#least];
    if ((up[number] ?? 0) > linked) shorten(up, least, this.#way, number, linked);
    return least[number] ?? 0;
  }
}

function shorten(up: Uint32Array, least: Uint32Array, way: Uint32Array, number: number, linked: number): void {
  let length = 0;
  let at = number;
  for (let above = up[at] ?? 0; above > linked; above = up[at] ?? 0) {
    way[length++] = at;
    at = above;
  }
  const root = up[at] ?? 0;
  for (let smallest = least[at] ?? 0; length > 0; ) {
    const below = way[--length] ?? 0;
    const mine = least[below] ?? 0;
    if (mine < smallest) smallest = mine;
    else least[below] = smallest;
    up[below] = root;
  }
}
