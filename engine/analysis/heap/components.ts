// A heap graph in; its strongly connected groups out: objects that all lead to each other (Tarjan 1972, without recursion). Next: reach.ts, cycles.ts.
import type { HeapGraph } from "./heap-graph.ts";

/** Of objects that were not asked for. */
export const outside = 0xffff_ffff;

export interface Components {
  readonly count: number;
  /** The group of each object, or `outside`. A group has a larger number than those that it leads to. */
  readonly of: Uint32Array;
  /** Objects of group g: `members[start[g]]` to before `members[start[g + 1]]`. */
  readonly start: Uint32Array;
  readonly members: Uint32Array;
}

export function components(graph: HeapGraph, asked: (node: number) => boolean): Components {
  const search = new Search(graph);
  let wanted = 0;
  for (let node = 0; node < graph.count; node++) if (asked(node)) wanted++;
  if (wanted === 0) return search.found(0);
  search.begin(wanted);
  for (let node = 0; node < graph.count; node++) if (asked(node)) search.allow(node);
  for (let node = 0; node < graph.count; node++) search.from(node);
  return search.found(wanted);
}

/** Order numbers: allowed but not met yet. */
const fresh = 0xffff_ffff;

class Search {
  readonly #graph: HeapGraph;
  readonly #of: Uint32Array;
  /** When it was met, from 1 on; 0: not asked for. */
  #order = new Uint32Array(0);
  #low = new Uint32Array(0);
  #next = new Uint32Array(0);
  /** The way from where the search began to where it is. */
  #path = new Uint32Array(0);
  /** What was met and has no group yet. */
  #open = new Uint32Array(0);
  #members = new Uint32Array(0);
  readonly #start: number[] = [0];
  #met = 0;
  #pathLength = 0;
  #openLength = 0;
  #placed = 0;

  constructor(graph: HeapGraph) {
    this.#graph = graph;
    this.#of = new Uint32Array(graph.count).fill(outside);
  }

  begin(wanted: number): void {
    const { count, edgeStart } = this.#graph;
    this.#order = new Uint32Array(count);
    this.#low = new Uint32Array(count);
    this.#next = edgeStart.slice(0, count);
    this.#path = new Uint32Array(wanted);
    this.#open = new Uint32Array(wanted);
    this.#members = new Uint32Array(wanted);
  }

  allow(node: number): void {
    this.#order[node] = fresh;
  }

  from(node: number): void {
    if (this.#order[node] !== fresh) return;
    this.#enter(node);
    while (this.#pathLength > 0) this.#step(this.#path[this.#pathLength - 1] ?? 0);
  }

  found(wanted: number): Components {
    return {
      count: this.#start.length - 1,
      of: this.#of,
      start: Uint32Array.from(this.#start),
      members: this.#members.subarray(0, wanted),
    };
  }

  #enter(node: number): void {
    this.#order[node] = this.#low[node] = ++this.#met;
    this.#path[this.#pathLength++] = node;
    this.#open[this.#openLength++] = node;
  }

  #step(node: number): void {
    const edge = this.#next[node] ?? 0;
    if (edge >= (this.#graph.edgeStart[node + 1] ?? 0)) return this.#leave(node);
    this.#next[node] = edge + 1;
    const target = this.#graph.edges[edge] ?? 0;
    const order = this.#order[target] ?? 0;
    if (order === fresh) this.#enter(target);
    else if (order !== 0 && this.#of[target] === outside) this.#lower(node, order);
  }

  #lower(node: number, to: number): void {
    if (to < (this.#low[node] ?? 0)) this.#low[node] = to;
  }

  #leave(node: number): void {
    this.#pathLength--;
    const low = this.#low[node] ?? 0;
    if (this.#pathLength > 0) this.#lower(this.#path[this.#pathLength - 1] ?? 0, low);
    if (low !== this.#order[node]) return;
    const group = this.#start.length - 1;
    for (let member = outside; member !== node; ) {
      member = this.#open[--this.#openLength] ?? node;
      this.#of[member] = group;
      this.#members[this.#placed++] = member;
    }
    this.#start.push(this.#placed);
  }
}
