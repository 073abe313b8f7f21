// A heap graph in; each answer that needs the whole of it, made the first time it is asked for, out. Next: why.ts, heap-views.ts.
import { type Dominators, dominators } from "./dominators.ts";
import { type HeapGraph, heapFlag } from "./heap-graph.ts";
import { type ReverseEdges, reverseEdges, unexplained } from "./in-degree.ts";
import { type Reach, reach } from "./reach.ts";

export class HeapAnalysis {
  readonly graph: HeapGraph;
  #objects: number | undefined;
  #unexplained: Float64Array | undefined;
  #reach: Reach | undefined;
  #reverse: ReverseEdges | undefined;
  #dominators: Dominators | undefined;

  constructor(graph: HeapGraph) {
    this.graph = graph;
  }

  /** How many of its nodes are Python objects. */
  get objects(): number {
    this.#objects ??= this.graph.flags.reduce((sum, flags) => sum + (flags & heapFlag.state ? 0 : 1), 0);
    return this.#objects;
  }

  get unexplained(): Float64Array {
    this.#unexplained ??= unexplained(this.graph);
    return this.#unexplained;
  }

  get reach(): Reach {
    this.#reach ??= reach(this.graph, this.unexplained);
    return this.#reach;
  }

  get reverse(): ReverseEdges {
    this.#reverse ??= reverseEdges(this.graph);
    return this.#reverse;
  }

  get dominators(): Dominators {
    this.#dominators ??= dominators(this.graph, this.reverse, this.reach.starts);
    return this.#dominators;
  }
}
