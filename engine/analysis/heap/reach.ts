// A heap graph and its unexplained references in; whether a root reaches each object, out. Next: dominators.ts, unreachable.ts.
import { components, outside } from "./components.ts";
import { edgeKind, type HeapGraph, heapFlag } from "./heap-graph.ts";
import { isCompiledIn } from "./in-degree.ts";
import { nodeAt } from "./lookup.ts";

/** What is known of an object, from the least to the most. */
export const reachState = {
  /** Only objects that are lost themselves refer to it: garbage that waits for the collector, or that it cannot free. */
  lost: 0,
  /** No root reaches it, but it, or what holds it, has references that no object explains: C holds it, or forgot it. */
  held: 1,
  /** A word that looks like a reference to it, or to what holds it, lies in an object that a root reaches. */
  perhaps: 2,
  reached: 3,
} as const;

export interface Reach {
  /** One of `reachState` for each object. */
  readonly states: Uint8Array;
  /** Objects from which all others can be got at: roots, what is never freed, what C holds, and one of each lost group. Each once. */
  readonly starts: Uint32Array;
}

export function reach(graph: HeapGraph, unexplained: Float64Array): Reach {
  const { count } = graph;
  const states = new Uint8Array(count);
  const walk = new Walk(graph, states);
  const everlasting = everlastingOf(graph);
  for (const { node } of graph.roots) walk.start(node);
  for (let node = 0; node < count; node++) if (everlasting[node] === 1) walk.start(node);
  walk.spread(reachState.reached, false);
  walk.spread(reachState.perhaps, true);
  for (let node = 0; node < count; node++)
    if (states[node] === reachState.lost && (unexplained[node] ?? 0) > 0) walk.start(node);
  walk.spread(reachState.held, true);
  for (const node of lostHeads(graph, states)) walk.start(node);
  return { states, starts: walk.starts() };
}

/** 1 for immortal objects, what is compiled into the interpreter, and types of C: they are never freed, whoever refers to them. */
export function everlastingOf(graph: HeapGraph): Uint8Array {
  const ever = new Uint8Array(graph.count);
  for (let node = 0; node < graph.count; node++)
    if (((graph.flags[node] ?? 0) & (heapFlag.immortal | heapFlag.type)) !== 0 || isCompiledIn(graph.counts[node] ?? 0))
      ever[node] = 1;
  for (const { heap, address } of graph.typeList) {
    const node = heap ? nodeAt(graph, address) : undefined;
    if (node !== undefined && ((graph.flags[node] ?? 0) & heapFlag.immortal) === 0) ever[node] = 0;
  }
  return ever;
}

/** Marks what the starts lead to, with a stack of its own: a linked list of a million objects is a path of a million steps. */
class Walk {
  readonly #graph: HeapGraph;
  readonly #states: Uint8Array;
  readonly #isStart: Uint8Array;
  /** Starts grow from the front; what is before `#marked` has been marked. */
  readonly #order: Uint32Array;
  readonly #stack: Uint32Array;
  #starts = 0;
  #marked = 0;
  #depth = 0;

  constructor(graph: HeapGraph, states: Uint8Array) {
    this.#graph = graph;
    this.#states = states;
    this.#isStart = new Uint8Array(graph.count);
    this.#order = new Uint32Array(graph.count);
    this.#stack = new Uint32Array(graph.count);
  }

  start(node: number): void {
    if (node >= this.#graph.count || this.#isStart[node] === 1) return;
    this.#isStart[node] = 1;
    this.#order[this.#starts++] = node;
  }

  starts(): Uint32Array {
    return this.#order.slice(0, this.#starts);
  }

  /** To `state` whatever is still lost and the new starts lead to. With words, also what words of objects marked before lead to. */
  spread(state: number, words: boolean): void {
    for (; this.#marked < this.#starts; this.#marked++) {
      this.#mark(this.#order[this.#marked] ?? 0, state);
      this.#drain(state, words);
    }
    if (state !== reachState.perhaps) return;
    for (let node = 0; node < this.#graph.count; node++) {
      if (this.#states[node] !== reachState.reached) continue;
      this.#pushTargets(node, state, words);
      this.#drain(state, words);
    }
  }

  #drain(state: number, words: boolean): void {
    while (this.#depth > 0) this.#pushTargets(this.#stack[--this.#depth] ?? 0, state, words);
  }

  #pushTargets(node: number, state: number, words: boolean): void {
    const { edgeStart, edges, edgeKinds } = this.#graph;
    const end = edgeStart[node + 1] ?? 0;
    for (let edge = edgeStart[node] ?? 0; edge < end; edge++)
      if (words || edgeKinds[edge] !== edgeKind.word) this.#mark(edges[edge] ?? 0, state);
  }

  #mark(node: number, state: number): void {
    if (this.#states[node] !== reachState.lost) return;
    this.#states[node] = state;
    this.#stack[this.#depth++] = node;
  }
}

/** One object of each lost group that no other lost group refers to. */
function lostHeads(graph: HeapGraph, states: Uint8Array): readonly number[] {
  const groups = components(graph, (node) => states[node] === reachState.lost);
  const led = new Uint8Array(groups.count);
  for (const node of groups.members)
    for (let edge = graph.edgeStart[node] ?? 0; edge < (graph.edgeStart[node + 1] ?? 0); edge++) {
      const [from, to] = [groups.of[node] ?? 0, groups.of[graph.edges[edge] ?? 0] ?? outside];
      if (to !== outside && to !== from) led[to] = 1;
    }
  return Array.from({ length: groups.count }, (_, group) => group)
    .filter((group) => led[group] === 0)
    .map((group) => groups.members[groups.start[group] ?? 0] ?? 0);
}
