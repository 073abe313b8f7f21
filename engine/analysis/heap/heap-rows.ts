// Objects of an analysed heap in; the rows that screens and documents show of them, out. Next: objects.ts, tree.ts, why.ts.
import type { Frame } from "../../../shared/documents.ts";
import { type HeapFacts, type HeapObject, type HeapStep, heapStates } from "../../../shared/heap-views.ts";
import { edgeWords, rootWords } from "./edge-words.ts";
import type { HeapAnalysis } from "./heap-analysis.ts";
import type { HeapGraph } from "./heap-graph.ts";
import { addressText, typeName } from "./lookup.ts";
import type { Step, Way } from "./paths.ts";

/** An analysed snapshot of a recording, with the frames of that recording's sites. */
export interface Snapshot {
  readonly id: number;
  /** How long the walk took, beside the target. */
  readonly walkSeconds: number;
  readonly analysis: HeapAnalysis;
  framesOf(site: number): readonly Frame[];
}

export const factsOf = ({ id, analysis: { graph, objects } }: Snapshot): HeapFacts => ({
  id,
  seconds: graph.at / 1000,
  objects,
  edges: graph.edges.length,
});

export function objectRow({ analysis, framesOf }: Snapshot, node: number): HeapObject {
  const { graph, unexplained, reach, dominators } = analysis;
  const site = graph.sites[node] ?? 0;
  const frames = site === 0 ? [] : framesOf(site);
  return {
    address: addressOf(graph, node),
    type: typeName(graph, node),
    size: graph.sizes[node] ?? 0,
    count: counted(graph.counts[node]),
    retained: dominators.retained[node] ?? 0,
    unexplained: counted(unexplained[node]),
    state: heapStates[reach.states[node] ?? 0] ?? "lost",
    site: frames.length > 0 ? [...frames] : null,
  };
}

export const counted = (count: number | undefined): number | null =>
  count === undefined || Number.isNaN(count) ? null : count;

export const addressOf = (graph: HeapGraph, node: number): string => addressText(graph.addresses[node] ?? 0);

export function stepRow(graph: HeapGraph, { node, edge }: Step, kept = ""): HeapStep {
  const words = edge === undefined ? kept : edgeWords(graph, edge);
  return { type: typeName(graph, node), address: addressOf(graph, node), edge: words };
}

export const wayRows = (graph: HeapGraph, { from, steps }: Way): HeapStep[] =>
  steps.map((step) => stepRow(graph, step, startWords(from)));

function startWords(from: Way["from"]): string {
  if (from === "everlasting") return "never freed";
  if (from === "c") return "C (unexplained references)";
  return rootWords(from);
}
