// An analysed snapshot and an object in; who holds it and what that means, out: ways to roots, dominators, its cycle, its references. Next: worker/answers.ts.
import { fail, ok, type Result } from "../../../shared/failures.ts";
import type { WhyDocument } from "../../../shared/heap-views.ts";
import { shortestCycle } from "./cycles.ts";
import { edgeWords } from "./edge-words.ts";
import type { HeapAnalysis } from "./heap-analysis.ts";
import { addressOf, counted, factsOf, objectRow, type Snapshot, stepRow, wayRows } from "./heap-rows.ts";
import { nodeAt, typeName, typesNamed } from "./lookup.ts";
import { chainTo } from "./objects.ts";
import { edgeBetween, ways } from "./paths.ts";
import { ranked } from "./ranking.ts";
import { referencesSaid, wordsTo } from "./references-said.ts";

const mostHolders = 20;
/** Below this many unexplained references an object is no more suspicious than one that retains much. */
const manyUnexplained = 8;

export function why(snapshot: Snapshot, path: string, object: string): Result<WhyDocument> {
  const { analysis } = snapshot;
  const { graph, unexplained, reach, dominators } = analysis;
  const node = nodeNamed(analysis, object);
  if (node === undefined) return fail("no-such-object", { object });
  const row = objectRow(snapshot, node);
  return ok({
    schema: "refscope.why/1",
    path,
    snapshot: factsOf(snapshot),
    object: row,
    paths: ways(analysis, reach, unexplained, node).map((way) => wayRows(graph, way)),
    // Nothing leads to what is lost: where its group was entered is chance.
    dominators: (row.state === "lost" ? [] : chainTo(dominators.immediate, node)).slice(0, -1).map((at) => ({
      ...{ type: typeName(graph, at), address: addressOf(graph, at), retained: dominators.retained[at] ?? 0 },
    })),
    cycle: cycleOf(analysis, node),
    references: referencesOf(analysis, node),
    ...holdersOf(analysis, node),
    notObserved: [...graph.notObserved],
  });
}

/** `type:NAME` is the one with the most unexplained references where that says something, else the one that retains the most. */
function nodeNamed({ graph, unexplained, dominators }: HeapAnalysis, object: string): number | undefined {
  if (!object.startsWith("type:"))
    return /^0x[0-9a-f]{1,16}$/i.test(object) ? nodeAt(graph, Number(object)) : undefined;
  const types = typesNamed(graph, object.slice("type:".length));
  const isOne = Uint8Array.from(graph.typeList, (_, type) => (types.has(type) ? 1 : 0));
  let best: number | undefined;
  const weight = (node: number) => {
    const left = unexplained[node] ?? 0;
    return left >= manyUnexplained ? 2 ** 53 + left * 4 : (dominators.retained[node] ?? 0);
  };
  for (let node = 0; node < graph.count; node++)
    if (isOne[graph.types[node] ?? 0] === 1 && (best === undefined || weight(node) > weight(best))) best = node;
  return best;
}

function cycleOf({ graph, dominators }: HeapAnalysis, node: number): WhyDocument["cycle"] {
  const cycle = shortestCycle(graph, dominators.immediate, node);
  if (!cycle) return null;
  const steps = cycle.steps.map((step) => stepRow(graph, step));
  const [from, to] = [steps[cycle.breaks - 1], steps[cycle.breaks]];
  if (!from || !to) return null;
  const say = `It breaks without ${to.edge} of the ${from.type} at ${from.address}, which refers to the ${to.type} at ${to.address}.`;
  return { steps, breaks: cycle.breaks, say };
}

function referencesOf(analysis: HeapAnalysis, node: number): WhyDocument["references"] {
  const count = counted(analysis.graph.counts[node]);
  const unexplained = counted(analysis.unexplained[node]);
  const explained = count === null || unexplained === null ? 0 : count - unexplained;
  const words = wordsTo(analysis, node);
  return { count, explained, words, unexplained, say: referencesSaid(analysis, node, words) };
}

function holdersOf(
  { graph, reverse, dominators }: HeapAnalysis,
  node: number,
): Pick<WhyDocument, "holders" | "holdersOf"> {
  const references = new Map<number, number>();
  const end = reverse.start[node + 1] ?? 0;
  for (let at = reverse.start[node] ?? 0; at < end; at++) {
    const source = reverse.sources[at] ?? 0;
    references.set(source, (references.get(source) ?? 0) + 1);
  }
  const weight = (source: number) => (references.get(source) ?? 0) + (dominators.retained[source] ?? 0) / 2 ** 52;
  const sources = Uint32Array.from(references.keys());
  const holders = ranked(sources, weight, { offset: 0, limit: mostHolders }).map((source) => {
    const edge = edgeBetween({ graph }, source, node);
    return {
      ...{ type: typeName(graph, source), address: addressOf(graph, source) },
      edge: edge === undefined ? "" : edgeWords(graph, edge),
      references: references.get(source) ?? 0,
      retained: dominators.retained[source] ?? 0,
    };
  });
  return { holders, holdersOf: sources.length };
}
