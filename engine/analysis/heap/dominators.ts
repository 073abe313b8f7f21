// A heap graph and where it begins in; for each object the one through which all ways to it lead, and what would go with it, out.
// Semi-NCA (Georgiadis 2005): the semidominators of Lengauer and Tarjan, then the nearest common ancestor. Next: heap-analysis.ts.
import type { HeapGraph } from "./heap-graph.ts";

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

export function dominators(graph: HeapGraph, starts: Uint32Array): Dominators {
  const walked = walk(graph, starts);
  const above = dominatorNumbers(graph, walked, starts);
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

function walk({ count, edgeStart, edges }: HeapGraph, starts: Uint32Array): Walked {
  const nodeOf = new Uint32Array(count + 1);
  const numberOf = new Uint32Array(count);
  const parent = new Uint32Array(count + 1);
  // What is left to look at of each object on the way; the way itself goes up by `parent`.
  const next = edgeStart.slice(0, count);
  let met = 0;
  for (const start of starts) {
    if (numberOf[start] !== 0) continue;
    numberOf[start] = ++met;
    nodeOf[met] = start;
    for (let number = met; number !== 0; ) {
      const node = nodeOf[number] ?? 0;
      const end = edgeStart[node + 1] ?? 0;
      let edge = next[node] ?? 0;
      while (edge < end && numberOf[edges[edge] ?? 0] !== 0) edge++;
      next[node] = edge + 1;
      if (edge >= end) {
        number = parent[number] ?? 0;
        continue;
      }
      const target = edges[edge] ?? 0;
      numberOf[target] = ++met;
      nodeOf[met] = target;
      parent[met] = number;
      number = met;
    }
  }
  return { met, nodeOf, numberOf, parent };
}

function dominatorNumbers(graph: HeapGraph, walked: Walked, starts: Uint32Array): Uint32Array {
  const { met, parent, numberOf } = walked;
  const semi = semidominators(graph, walked, starts);
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

function semidominators(graph: HeapGraph, walked: Walked, starts: Uint32Array): Uint32Array {
  const { met, parent, numberOf } = walked;
  const { start, sources } = numberedSources(graph, walked);
  const semi = new Uint32Array(met + 1);
  const isStart = new Uint8Array(met + 1);
  for (const node of starts) isStart[numberOf[node] ?? 0] = 1;
  const forest = new Forest(parent, semi, met);
  for (let number = met; number >= 1; number--) {
    let least = isStart[number] === 1 ? 0 : (parent[number] ?? 0);
    const end = start[number + 1] ?? 0;
    for (let at = start[number] ?? 0; at < end && least > 0; at++) {
      const through = forest.least(sources[at] ?? 0, number);
      if (through < least) least = through;
    }
    semi[number] = least;
  }
  return semi;
}

/** Who refers to each number, by number: neighbours of the walk lie side by side in memory. */
function numberedSources({ edgeStart, edges }: HeapGraph, { met, nodeOf, numberOf }: Walked) {
  const start = new Uint32Array(met + 3);
  let kept = 0;
  for (let number = 1; number <= met; number++) {
    const node = nodeOf[number] ?? 0;
    for (let edge = edgeStart[node] ?? 0; edge < (edgeStart[node + 1] ?? 0); edge++, kept++) {
      const place = (numberOf[edges[edge] ?? 0] ?? 0) + 2;
      start[place] = (start[place] ?? 0) + 1;
    }
  }
  for (let at = 1; at < start.length; at++) start[at] = (start[at] ?? 0) + (start[at - 1] ?? 0);
  const sources = new Uint32Array(kept);
  for (let number = 1; number <= met; number++) {
    const node = nodeOf[number] ?? 0;
    for (let edge = edgeStart[node] ?? 0; edge < (edgeStart[node + 1] ?? 0); edge++) {
      const target = (numberOf[edges[edge] ?? 0] ?? 0) + 1;
      const place = start[target] ?? 0;
      sources[place] = number;
      start[target] = place + 1;
    }
  }
  return { start, sources };
}

/** Numbers above `linked` hang in trees; the way up a tree is shortened each time it is gone. */
class Forest {
  readonly #up: Uint32Array;
  readonly #semi: Uint32Array;
  readonly #label: Uint32Array;
  readonly #way: Uint32Array;

  constructor(parent: Uint32Array, semi: Uint32Array, met: number) {
    this.#up = parent.slice(0, met + 1);
    this.#semi = semi;
    this.#label = new Uint32Array(met + 1);
    for (let number = 0; number <= met; number++) this.#label[number] = number;
    this.#way = new Uint32Array(met + 1);
  }

  /** The least semidominator on the way from `number` up to the tree's root; `number` itself where it is in no tree yet. */
  least(number: number, linked: number): number {
    if (number <= linked) return number;
    this.#shorten(number, linked);
    return this.#semi[this.#label[number] ?? 0] ?? 0;
  }

  #shorten(number: number, linked: number): void {
    let length = 0;
    let at = number;
    while ((this.#up[at] ?? 0) > linked) {
      this.#way[length++] = at;
      at = this.#up[at] ?? 0;
    }
    for (let above = at; length > 0; ) {
      const below = this.#way[--length] ?? 0;
      const [mine, theirs] = [this.#label[below] ?? 0, this.#label[above] ?? 0];
      if ((this.#semi[theirs] ?? 0) < (this.#semi[mine] ?? 0)) this.#label[below] = theirs;
      this.#up[below] = this.#up[above] ?? 0;
      above = below;
    }
  }
}
