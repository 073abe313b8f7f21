// An analysed snapshot, and perhaps an earlier one, in; a page of one of its sets of objects, or of the tree of dominators, out. Next: worker/answers.ts.
import { fail, ok, type Result } from "../../../shared/failures.ts";
import type { HeapCallParams, HeapComparison, HeapObjects, HeapTree } from "../../../shared/heap-views.ts";
import { comparedTypes, compareGraphs } from "./compare.ts";
import { nobody } from "./dominators.ts";
import { factsOf, objectRow, type Snapshot } from "./heap-rows.ts";
import { nodeAt } from "./lookup.ts";
import { indicesWhere, ranked } from "./ranking.ts";
import { reachState } from "./reach.ts";

const fewRows = 100;
export interface Page {
  readonly offset?: number | undefined;
  readonly limit?: number | undefined;
}
export const pageOf = ({ offset = 0, limit = fewRows }: Page) => ({ offset, limit });

type Asked = Omit<HeapCallParams<"heap.objects">, "path" | "id" | "against">;

export function objectsOf(snapshot: Snapshot, against: Snapshot | undefined, asked: Asked): HeapObjects {
  // What is gone is only in the earlier graph.
  const shown = asked.set === "dead" && against ? against : snapshot;
  const { graph, unexplained, dominators } = shown.analysis;
  const nodes = ofType(shown, membersOf(snapshot, against, asked.set ?? "all"), asked.type);
  const value =
    asked.set === "unexplained"
      ? (node: number) => unexplained[node] ?? 0
      : (node: number) => dominators.retained[node] ?? 0;
  let bytes = 0;
  for (const node of nodes) bytes += graph.sizes[node] ?? 0;
  const rows = ranked(nodes, value, pageOf(asked)).map((node) => objectRow(shown, node));
  return { ...factsOf(snapshot), rows, of: nodes.length, bytes };
}

function ofType({ analysis: { graph } }: Snapshot, nodes: Uint32Array, name: string | undefined): Uint32Array {
  if (name === undefined) return nodes;
  const types = Uint8Array.from(graph.typeList, (type) => (type.name === name ? 1 : 0));
  return nodes.filter((node) => types[graph.types[node] ?? 0] === 1);
}

function membersOf({ analysis }: Snapshot, against: Snapshot | undefined, set: NonNullable<Asked["set"]>): Uint32Array {
  const { graph, unexplained, reach } = analysis;
  const where = (is: (node: number) => boolean) => indicesWhere(graph.count, is);
  switch (set) {
    case "all":
      return where(() => true);
    case "unexplained":
      return where((node) => (unexplained[node] ?? 0) > 0);
    case "unreachable":
      return where((node) => (reach.states[node] ?? 0) <= reachState.held);
    case "held":
    case "lost":
      return where((node) => reach.states[node] === reachState[set]);
    case "new":
    case "survived":
    case "dead":
      return against ? compareGraphs(against.analysis.graph, graph)[set] : new Uint32Array(0);
    default:
      return set satisfies never;
  }
}

export function treeOf(
  snapshot: Snapshot,
  asked: Omit<HeapCallParams<"heap.dominators">, "path" | "id">,
): Result<HeapTree> {
  const { graph, dominators } = snapshot.analysis;
  const node = asked.node === undefined ? nobody : nodeAt(graph, Number(asked.node));
  if (node === undefined) return fail("no-such-object", { object: asked.node ?? "" });
  const { immediate, retained } = dominators;
  const below = indicesWhere(graph.count, (at) => immediate[at] === node);
  const shown = ranked(below, (at) => retained[at] ?? 0, pageOf(asked));
  const place = new Map(shown.map((at, row) => [at, row]));
  const objects = shown.map(() => 0);
  const isShown = new Uint8Array(graph.count);
  for (const at of shown) isShown[at] = 1;
  for (const above of immediate) {
    if (above === nobody || isShown[above] !== 1) continue;
    const row = place.get(above) ?? 0;
    objects[row] = (objects[row] ?? 0) + 1;
  }
  return ok({
    ...factsOf(snapshot),
    chain: chainTo(immediate, node).map((at) => objectRow(snapshot, at)),
    rows: shown.map((at, row) => ({ ...objectRow(snapshot, at), objects: objects[row] ?? 0 })),
    of: below.length,
  });
}

const longestChain = 1000;

/** The outermost first, `node` last; of a very long one the innermost part. */
export function chainTo(immediate: Uint32Array, node: number): readonly number[] {
  const chain: number[] = [];
  for (let at = node; at !== nobody && chain.length < longestChain; at = immediate[at] ?? nobody) chain.push(at);
  return chain.reverse();
}

export function comparisonOf(before: Snapshot, after: Snapshot, page: Page): HeapComparison {
  const [earlier, later] = [before.analysis.graph, after.analysis.graph];
  const rows = comparedTypes(earlier, later, compareGraphs(earlier, later)).map((row) => ({
    ...row,
    delta: { objects: row.after.objects - row.before.objects, bytes: row.after.bytes - row.before.bytes },
  }));
  const { offset, limit } = pageOf(page);
  return { before: factsOf(before), after: factsOf(after), rows: rows.slice(offset, offset + limit), of: rows.length };
}
