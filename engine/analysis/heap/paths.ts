// An object in; the shortest way from a root to it, and one as different from the first as can be, out. Next: why.ts.
import { edgeKind, type HeapGraph, type HeapRoot } from "./heap-graph.ts";
import type { ReverseEdges } from "./in-degree.ts";
import { everlastingOf, type Reach, reachState } from "./reach.ts";

/** `edge` leads here from the object before; the first one has none. */
export interface Step {
  readonly node: number;
  readonly edge: number | undefined;
}
/** From what keeps the first object to the object that was asked for. */
export interface Way {
  /** `everlasting`: immortal, or a type of C. `c`: references that no object explains. */
  readonly from: HeapRoot | "everlasting" | "c";
  readonly steps: readonly Step[];
}
interface Searched {
  readonly graph: HeapGraph;
  readonly reverse: ReverseEdges;
}

/** Two at most; none for what is lost. Words count only for what nothing better leads to. */
export function ways(
  { graph, reverse }: Searched,
  { states }: Reach,
  unexplained: Float64Array,
  target: number,
): readonly Way[] {
  const searched = { graph, reverse };
  const state = states[target] ?? reachState.lost;
  if (state === reachState.lost) return [];
  const words = state !== reachState.reached;
  for (const ends of endsFor(graph, state, states, unexplained)) {
    const first = search(searched, target, { ends: ends.is, words });
    if (!first) continue;
    const named = (nodes: readonly number[]): Way => ({
      from: ends.from(nodes[0] ?? 0),
      steps: stepsOf(searched, nodes),
    });
    const second = different(searched, target, ends.is, words, first);
    return second ? [named(first), named(second)] : [named(first)];
  }
  return [];
}

interface Ends {
  /** 0: none. Of two as near, the one with the smaller number. */
  readonly is: Uint8Array;
  from(node: number): Way["from"];
}

/** The name of a module tells more than the function that happens to run in it. */
const rootRank = { module: 1, frame: 2, interpreter: 3, builtin: 4 } as const;

function endsFor(graph: HeapGraph, state: number, states: Uint8Array, unexplained: Float64Array): readonly Ends[] {
  if (state === reachState.held) {
    const heads = new Uint8Array(graph.count);
    for (let node = 0; node < graph.count; node++)
      if (states[node] === reachState.held && (unexplained[node] ?? 0) > 0) heads[node] = 1;
    return [{ is: heads, from: () => "c" }];
  }
  const roots = new Uint8Array(graph.count);
  for (const { node, kind } of graph.roots) roots[node] = Math.min(roots[node] || rootRank[kind], rootRank[kind]);
  const rootAt = (node: number) =>
    graph.roots.find((root) => root.node === node && rootRank[root.kind] === roots[node]) ?? "everlasting";
  return [
    { is: roots, from: rootAt },
    { is: everlastingOf(graph), from: () => "everlasting" },
  ];
}

function different(
  searched: Searched,
  target: number,
  ends: Uint8Array,
  words: boolean,
  first: readonly number[],
): readonly number[] | undefined {
  const shunned = new Uint8Array(searched.graph.count);
  for (const node of first) if (node !== target) shunned[node] = shun.yes;
  const second = search(searched, target, { ends, words, shunned, farther: first.length === 1 });
  const same = second?.length === first.length && second.every((node, at) => node === first[at]);
  return same ? undefined : second;
}

const shun = { no: 0, yes: 1, waits: 2 } as const;

interface Rules {
  readonly ends: Uint8Array;
  readonly words: boolean;
  /** As few of these as possible: one of `shun` for each object. */
  readonly shunned?: Uint8Array;
  /** The target is an end itself, and that way is known. */
  readonly farther?: boolean;
}

/**
 * Backwards from the target, in widening circles; of the ends in the first circle that has one, the one that tells the most. Shunned objects wait until
 * everything else has been looked at.
 */
function search({ graph, reverse }: Searched, target: number, rules: Rules): readonly number[] | undefined {
  const after = new Uint32Array(graph.count).fill(graph.count);
  const queue = new Uint32Array(graph.count);
  let [head, tail, circle] = [0, 0, 0];
  let best: number | undefined;
  let waiting: (readonly [number, number])[] = [];
  const visit = (node: number, next: number) => {
    if (after[node] !== graph.count) return;
    after[node] = next;
    queue[tail++] = node;
  };
  visit(target, target);
  while (head < tail && !(best !== undefined && head === circle)) {
    if (head === circle) circle = tail;
    const node = queue[head++] ?? 0;
    best = better(rules, best, node, target);
    if (best !== undefined) continue;
    const end = reverse.start[node + 1] ?? 0;
    for (let at = reverse.start[node] ?? 0; at < end; at++) {
      if (!rules.words && graph.edgeKinds[reverse.through[at] ?? 0] === edgeKind.word) continue;
      const source = reverse.sources[at] ?? 0;
      if (isShunned(rules, source)) waiting.push([source, node]);
      else if (rules.shunned?.[source] !== shun.waits) visit(source, node);
    }
    if (head < tail) continue;
    for (const [source, next] of waiting) visit(source, next);
    waiting = [];
  }
  return best === undefined ? undefined : unwound(after, best, target);
}

function better({ ends, farther }: Rules, best: number | undefined, node: number, target: number): number | undefined {
  const rank = ends[node] ?? 0;
  if (rank === 0 || (farther && node === target)) return best;
  return best === undefined || rank < (ends[best] ?? 0) ? node : best;
}

/** True the first time: the first way to it is the shortest. */
function isShunned({ shunned }: Rules, node: number): boolean {
  if (shunned?.[node] !== shun.yes) return false;
  shunned[node] = shun.waits;
  return true;
}

function unwound(after: Uint32Array, from: number, target: number): readonly number[] {
  const nodes = [from];
  for (let node = from; node !== target; ) {
    node = after[node] ?? target;
    nodes.push(node);
  }
  return nodes;
}

function stepsOf(searched: Searched, nodes: readonly number[]): readonly Step[] {
  return nodes.map((node, at) => ({
    node,
    edge: at === 0 ? undefined : edgeBetween(searched, nodes[at - 1] ?? 0, node),
  }));
}

/** The one that proves and tells the most: kinds are numbered in that order, but for keys. */
export function edgeBetween({ graph }: Pick<Searched, "graph">, from: number, to: number): number | undefined {
  let best: number | undefined;
  const rank = (edge: number) =>
    graph.edgeKinds[edge] === edgeKind.key ? edgeKind.word - 0.5 : (graph.edgeKinds[edge] ?? 0);
  for (let edge = graph.edgeStart[from] ?? 0; edge < (graph.edgeStart[from + 1] ?? 0); edge++)
    if (graph.edges[edge] === to && (best === undefined || rank(edge) < rank(best))) best = edge;
  return best;
}
