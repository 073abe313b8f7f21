// An object of an analysed heap in; what is known of its references in words, out. Next: why.ts.

import type { HeapAnalysis } from "./heap-analysis.ts";
import { edgeKind, heapFlag } from "./heap-graph.ts";
import { isCompiledIn } from "./in-degree.ts";
import { reachState } from "./reach.ts";

export function referencesSaid(analysis: HeapAnalysis, node: number, words: number): string {
  return [countSaid(analysis, node), wordsSaid(words), stateSaid(analysis.reach.states[node] ?? 0)]
    .filter((sentence) => sentence !== "")
    .join(" ");
}

function countSaid({ graph, unexplained }: HeapAnalysis, node: number): string {
  const [count, left] = [graph.counts[node] ?? Number.NaN, unexplained[node] ?? Number.NaN];
  if (((graph.flags[node] ?? 0) & heapFlag.state) !== 0)
    return "It is part of the interpreter, no object: it has no count.";
  if (Number.isNaN(left)) return "It is immortal: CPython does not count its references.";
  if (isCompiledIn(count))
    return `It is compiled into the interpreter and never freed; ${left} references to it are unexplained.`;
  if (left > 0) {
    const whose = count === 1 ? "Its one reference" : `${left} of ${count} references`;
    const [are, them] = left === 1 ? ["is", "it"] : ["are", "them"];
    return `${whose} ${are} held by C: no object that the collector can see holds ${them}.`;
  }
  if (left === 0)
    return `${count === 1 ? "Its one reference is" : `All ${count} references are`} explained by what holds it.`;
  return `It counts ${count}, but ${count - left} references were found: some of them are not counted, or are no references.`;
}

/** Words that look like references to it. */
export function wordsTo({ graph, reverse }: HeapAnalysis, node: number): number {
  let words = 0;
  for (let at = reverse.start[node] ?? 0; at < (reverse.start[node + 1] ?? 0); at++)
    if (graph.edgeKinds[reverse.through[at] ?? 0] === edgeKind.word) words++;
  return words;
}

const wordsSaid = (words: number): string =>
  words === 0
    ? ""
    : `${words} of those found ${words === 1 ? "is a word" : "are words"} in memory that C manages and may be none.`;

function stateSaid(state: number): string {
  switch (state) {
    case reachState.held:
      return "No root reaches it: C keeps it, or what holds it, on purpose, or somebody forgot a reference.";
    case reachState.lost:
      return "Nothing reaches it but objects that are lost like it: garbage that waits for the collector, or that it cannot free.";
    case reachState.perhaps:
      return "No root reaches it but by words in memory that C manages.";
    default:
      return "";
  }
}
