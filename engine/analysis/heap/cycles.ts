// A heap graph in; the shortest cycle through one object with the edge that breaks it, and the cycles that keep only themselves, out. Next: why.ts.
import { components } from "./components.ts";
import { edgeKind, type HeapGraph, heapFlag } from "./heap-graph.ts";
import { typeName } from "./lookup.ts";
import { edgeBetween, type Step } from "./paths.ts";
import { type Reach, reachState } from "./reach.ts";

export interface Cycle {
  /** From the object to the object: the first step has no edge, the last one is the object again. */
  readonly steps: readonly Step[];
  /** The step of it that refers back, by a name where there is one, so that code can take it away. */
  readonly breaks: number;
}

/**
 * Not through types, words, modules and their namespaces: through those nearly everything leads to nearly everything, and no edge there is
 * anybody's to break.
 */
export function shortestCycle(graph: HeapGraph, immediate: Uint32Array, node: number): Cycle | undefined {
  const barred = namespaces(graph);
  if (barred.has(node)) return undefined;
  const before = new Uint32Array(graph.count).fill(graph.count);
  const queue = new Uint32Array(graph.count);
  let [head, tail] = [0, 0];
  queue[tail++] = node;
  while (head < tail) {
    const from = queue[head++] ?? 0;
    for (let edge = graph.edgeStart[from] ?? 0; edge < (graph.edgeStart[from + 1] ?? 0); edge++) {
      const to = graph.edges[edge] ?? 0;
      if (!mayPass(graph, edge, to) || before[to] !== graph.count || barred.has(to)) continue;
      before[to] = from;
      if (to === node) return cycleOf(graph, immediate, before, node);
      queue[tail++] = to;
    }
  }
  return undefined;
}

function mayPass({ edgeKinds, flags }: HeapGraph, edge: number, to: number): boolean {
  const kind = edgeKinds[edge];
  return kind !== edgeKind.type && kind !== edgeKind.word && ((flags[to] ?? 0) & heapFlag.type) === 0;
}

function namespaces(graph: HeapGraph): ReadonlySet<number> {
  const barred = new Set<number>();
  for (const { node, kind } of graph.roots) {
    if (kind === "frame") continue;
    barred.add(node);
    for (let edge = graph.edgeStart[node] ?? 0; edge < (graph.edgeStart[node + 1] ?? 0); edge++) {
      const held = graph.edges[edge] ?? 0;
      if (kind === "module" && typeName(graph, held) === "dict") barred.add(held);
    }
  }
  return barred;
}

function cycleOf(graph: HeapGraph, immediate: Uint32Array, before: Uint32Array, node: number): Cycle {
  const nodes = [node];
  for (let at = before[node] ?? node; at !== node; at = before[at] ?? node) nodes.push(at);
  nodes.push(node);
  nodes.reverse();
  const steps = nodes.map((to, at) => ({
    node: to,
    edge: at === 0 ? undefined : edgeBetween({ graph }, nodes[at - 1] ?? 0, to),
  }));
  const inside = new Set(nodes);
  const back = steps.map(({ node: to, edge }) =>
    edge !== undefined && !inside.has(immediate[to] ?? 0) ? edge : undefined,
  );
  return {
    steps,
    breaks:
      bestBreak(graph, back) ??
      bestBreak(
        graph,
        steps.map(({ edge }) => edge),
      ) ??
      steps.length - 1,
  };
}

/**
 * What refers back leads to where the cycle is entered from outside: to an object that no other of the cycle dominates. Of several such edges the last one
 * that is an attribute, else the last one that has any name.
 */
function bestBreak(graph: HeapGraph, edges: readonly (number | undefined)[]): number | undefined {
  const attribute = edges.findLastIndex((edge) => edge !== undefined && isAttribute(graph, edge));
  if (attribute >= 0) return attribute;
  const item = edges.findLastIndex((edge) => edge !== undefined && isItem(graph, edge));
  return item >= 0 ? item : undefined;
}

function isItem({ edgeKinds }: HeapGraph, edge: number): boolean {
  return edgeKinds[edge] === edgeKind.item || edgeKinds[edge] === edgeKind.cell;
}

function isAttribute({ edgeKinds, edgeLabels, names }: HeapGraph, edge: number): boolean {
  const kind = edgeKinds[edge];
  const name = names[edgeLabels[edge] ?? 0];
  return (kind === edgeKind.attribute || kind === edgeKind.value) && name !== undefined && name !== "__dict__";
}

/** Objects that no root reaches and that all lead to each other. */
export interface SelfKept {
  readonly members: Uint32Array;
  readonly bytes: number;
  /** Of members whose type does not tell the collector what they hold: it can free none of the cycle then. */
  readonly unseen: number;
  /** Of members with references that no object explains. */
  readonly heldByC: number;
}

/** The largest first. */
export function selfKept(graph: HeapGraph, { states }: Reach, unexplained: Float64Array): readonly SelfKept[] {
  const unreached = (node: number) => (states[node] ?? 0) <= reachState.held;
  const { count, start, members } = components(graph, unreached);
  const found: SelfKept[] = [];
  for (let group = 0; group < count; group++) {
    const inside = members.slice(start[group], start[group + 1]);
    const [only = 0] = inside;
    if (inside.length === 1 && edgeBetween({ graph }, only, only) === undefined) continue;
    const sum = (value: (node: number) => number) => inside.reduce((total, node) => total + value(node), 0);
    found.push({
      members: inside,
      bytes: sum((node) => graph.sizes[node] ?? 0),
      unseen: sum((node) => ((graph.flags[node] ?? 0) & heapFlag.traverses ? 0 : 1)),
      heldByC: sum((node) => ((unexplained[node] ?? 0) > 0 ? 1 : 0)),
    });
  }
  return found.sort((a, b) => b.bytes - a.bytes);
}
