// A heap graph and its reach in; what is alive though no root reaches it, by type and allocation site, out. Next: unexplained-growth.ts, the snapshot document.
import type { HeapGraph } from "./heap-graph.ts";
import { type Reach, reachState } from "./reach.ts";

export interface Unreachable {
  /** Into `typeList`. */
  readonly type: number;
  /** 0: not known. */
  readonly site: number;
  readonly count: number;
  readonly bytes: number;
  /** Of them: held by references that no object explains, their own or those of what holds them. The others are lost. */
  readonly held: number;
}

/** The most bytes first. */
export function unreachable(graph: HeapGraph, { states }: Reach): readonly Unreachable[] {
  const rows = new Map<string, { -readonly [K in keyof Unreachable]: Unreachable[K] }>();
  for (let node = 0; node < graph.count; node++) {
    const state = states[node] ?? 0;
    if (state > reachState.held) continue;
    const [type, site] = [graph.types[node] ?? 0, graph.sites[node] ?? 0];
    const key = `${type} ${site}`;
    const row = rows.get(key) ?? { type, site, count: 0, bytes: 0, held: 0 };
    rows.set(key, row);
    row.count++;
    row.bytes += graph.sizes[node] ?? 0;
    row.held += state === reachState.held ? 1 : 0;
  }
  return [...rows.values()].sort((a, b) => b.bytes - a.bytes);
}
