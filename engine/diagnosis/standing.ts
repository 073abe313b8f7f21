// The last heap graph and groups of sites in; how the objects of each group stand in it: who reaches them, who holds them, whether a cycle keeps
// them, out. Next: heap-candidates.ts.
import type { Suspect } from "../../shared/diagnosis-document.ts";
import { selfKept } from "../analysis/heap/cycles.ts";
import { edgeWords, rootWords } from "../analysis/heap/edge-words.ts";
import { edgeKind, type HeapGraph, heapFlag } from "../analysis/heap/heap-graph.ts";
import { reverseEdges, unexplained } from "../analysis/heap/in-degree.ts";
import { addressText, typeName } from "../analysis/heap/lookup.ts";
import { type Way, ways } from "../analysis/heap/paths.ts";
import { reach, reachState } from "../analysis/heap/reach.ts";

export interface Group {
  readonly type: string | null;
  readonly sites: ReadonlySet<number>;
  /** Of one block; what has another size is not of the group. */
  readonly size: number;
}
export interface Standing {
  /** Objects of the group in the graph. */
  readonly count: number;
  readonly reached: number;
  /** Only words that look like references lead to them, from the data of a library or a body that tells nothing. */
  readonly perhaps: number;
  /** No root reaches them, but references that no object explains keep them. */
  readonly held: number;
  /** Only each other, and what is lost like them, refers to them. */
  readonly lost: number;
  /** In a cycle that keeps only itself, or kept by one. */
  readonly inCycle: number;
  /** Of these: in one that the collector cannot see through. */
  readonly unseen: number;
  /** Types in these cycles that do not tell the collector what they hold. */
  readonly hiding: readonly string[];
  readonly immortal: number;
  /** Blocks of the group in which no object of the graph begins: no object refers to what is there. */
  readonly loose: number;
  /** Ways to a typical one. */
  readonly heldBy: Suspect["heldBy"];
  /** Group whose objects hold nearly all of these. */
  readonly heldByGroup: number | undefined;
  /** Groups whose objects are among the holders of nearly all of these. */
  readonly alsoHeldBy: readonly number[];
}

const mostLooked = 64;
/** This part of the objects that are looked at must have only holders in the other group. */
const nearlyAll = 0.8;

/** Each object of the graph belongs to one group at most. */
export function standingsIn(graph: HeapGraph, groups: readonly Group[]): readonly Standing[] {
  const left = unexplained(graph);
  const reached = reach(graph, left);
  const groupOf = groupsOf(graph, groups);
  const cycles = cyclesIn(graph, reached, left);
  const reverse = reverseEdges(graph);
  return groups.map((_, group): Standing => {
    const nodes: number[] = [];
    const counts = { count: 0, reached: 0, perhaps: 0, held: 0, lost: 0, inCycle: 0, unseen: 0, immortal: 0 };
    for (let node = 0; node < graph.count; node++) {
      if (groupOf[node] !== group) continue;
      counts.count++;
      const state = reached.states[node] ?? 0;
      if (state === reachState.reached) counts.reached++;
      else if (state === reachState.perhaps) counts.perhaps++;
      else if (state === reachState.held) counts.held++;
      else counts.lost++;
      counts.inCycle += (cycles.marks[node] ?? 0) > 0 ? 1 : 0;
      counts.unseen += cycles.marks[node] === cycle.unseen ? 1 : 0;
      counts.immortal += (graph.flags[node] ?? 0) & heapFlag.immortal ? 1 : 0;
      nodes.push(node);
    }
    const typical = nodes[nodes.length >> 1];
    const found = typical === undefined ? [] : ways({ graph, reverse }, reached, left, typical);
    const looked = spread(nodes);
    return {
      ...counts,
      loose: looseOf(graph, groups[group]),
      hiding: counts.unseen > 0 ? cycles.hiding : [],
      heldBy: found.map((way) => pathOf(graph, way)),
      ...holdersOf(graph, reverse, groupOf, looked, group),
    };
  });
}

function looseOf({ loose }: HeapGraph, group: Group | undefined): number {
  let count = 0;
  for (let at = 0; at < loose.addresses.length; at++)
    if (group?.sites.has(loose.sites[at] ?? 0) && loose.sizes[at] === group.size) count++;
  return count;
}

function spread(nodes: readonly number[]): readonly number[] {
  const step = Math.max(1, Math.floor(nodes.length / mostLooked));
  return nodes.filter((_, at) => at % step === 0);
}

/** Index of the group of each object, -1: none. */
export function groupsOf(graph: HeapGraph, groups: readonly Group[]): Int32Array {
  const bySite = new Map<number, number[]>();
  for (const [group, { sites }] of groups.entries())
    for (const site of sites) if (site !== 0) bySite.set(site, [...(bySite.get(site) ?? []), group]);
  const of = new Int32Array(graph.count).fill(-1);
  for (let node = 0; node < graph.count; node++) {
    const those = bySite.get(graph.sites[node] ?? 0);
    if (!those) continue;
    const name = typeName(graph, node);
    of[node] = those.find((group) => groups[group]?.type === name) ?? -1;
  }
  return of;
}

const cycle = { none: 0, seen: 1, unseen: 2 } as const;

/** For each object whether a cycle that keeps only itself has it, or keeps it. */
function cyclesIn(
  graph: HeapGraph,
  reached: ReturnType<typeof reach>,
  left: Float64Array,
): { readonly marks: Uint8Array; readonly hiding: readonly string[] } {
  const hiding = new Map<string, number>();
  const marks = new Uint8Array(graph.count);
  const stack: number[] = [];
  for (const { members, unseen } of selfKept(graph, reached, left)) {
    const mark = unseen > 0 ? cycle.unseen : cycle.seen;
    for (const node of members) {
      const name = typeName(graph, node);
      if (((graph.flags[node] ?? 0) & heapFlag.traverses) === 0) hiding.set(name, (hiding.get(name) ?? 0) + 1);
      if ((marks[node] ?? 0) >= mark) continue;
      marks[node] = mark;
      stack.push(node);
    }
  }
  for (let node = stack.pop(); node !== undefined; node = stack.pop())
    for (let edge = graph.edgeStart[node] ?? 0; edge < (graph.edgeStart[node + 1] ?? 0); edge++) {
      const to = graph.edges[edge] ?? 0;
      if ((reached.states[to] ?? 0) > reachState.held || (marks[to] ?? 0) >= (marks[node] ?? 0)) continue;
      marks[to] = marks[node] ?? 0;
      stack.push(to);
    }
  return { marks, hiding: [...hiding.keys()].sort((a, b) => (hiding.get(b) ?? 0) - (hiding.get(a) ?? 0)) };
}

/** Groups that hold nearly all of them: the one that does so alone, and those that do. */
function holdersOf(
  graph: HeapGraph,
  reverse: ReturnType<typeof reverseEdges>,
  groupOf: Int32Array,
  nodes: readonly number[],
  own: number,
): Pick<Standing, "heldByGroup" | "alsoHeldBy"> {
  const alone = new Map<number, number>();
  const among = new Map<number, number>();
  for (const node of nodes) {
    const holders = new Set<number>();
    for (let at = reverse.start[node] ?? 0; at < (reverse.start[node + 1] ?? 0); at++)
      if (graph.edgeKinds[reverse.through[at] ?? 0] !== edgeKind.word)
        holders.add(groupOf[reverse.sources[at] ?? 0] ?? -1);
    holders.delete(own);
    for (const holder of holders) among.set(holder, (among.get(holder) ?? 0) + 1);
    const [only] = holders;
    if (holders.size === 1 && only !== undefined) alone.set(only, (alone.get(only) ?? 0) + 1);
  }
  const nearly = (counts: ReadonlyMap<number, number>) =>
    [...counts].filter(([group, count]) => group >= 0 && count >= nearlyAll * nodes.length).map(([group]) => group);
  return { heldByGroup: nearly(alone)[0], alsoHeldBy: nearly(among) };
}

export function pathOf(graph: HeapGraph, { from, steps }: Way): Suspect["heldBy"][number] {
  return steps.map(({ node, edge }) => ({
    type: typeName(graph, node),
    address: addressText(graph.addresses[node] ?? 0),
    edge: edge === undefined ? startWords(from) : edgeWords(graph, edge),
  }));
}

function startWords(from: Way["from"]): string {
  if (from === "everlasting") return "never freed";
  return from === "c" ? "references that no object explains" : rootWords(from);
}
