// An analysed snapshot in, the document of `refscope snapshot` out: what there is by type, and what is alive though no root reaches it. Next: cli/verbs/snapshot.ts.
import type { SnapshotDocument } from "../../../shared/heap-taken.ts";
import { heapFlag } from "./heap-graph.ts";
import type { Snapshot } from "./heap-rows.ts";
import { unreachable } from "./unreachable.ts";

type TypeRow = SnapshotDocument["types"][number];

export function snapshotReport({ analysis, walkSeconds, framesOf }: Snapshot, path: string): SnapshotDocument {
  const { graph, objects, reach } = analysis;
  const lost = unreachable(graph, reach).map(({ type, site, count, bytes }) => {
    const frames = site === 0 ? [] : framesOf(site);
    return { type: graph.typeList[type]?.name ?? "?", count, bytes, site: frames.length > 0 ? [...frames] : null };
  });
  return {
    schema: "refscope.snapshot/1",
    path,
    objects,
    edges: graph.edges.length,
    seconds: walkSeconds,
    pauseMs: graph.pause,
    bytes: graph.bytes,
    types: byType(analysis),
    unreachableButAlive: lost,
    notObserved: [...graph.notObserved],
  };
}

/** The most bytes first; types of the same name are one row. */
function byType({ graph, unexplained }: Snapshot["analysis"]): TypeRow[] {
  const rows = new Map<string, TypeRow>();
  const rowOf = graph.typeList.map(({ name: type }) => {
    const row = rows.get(type) ?? { type, count: 0, bytes: 0, unexplainedReferences: 0 };
    rows.set(type, row);
    return row;
  });
  for (let node = 0; node < graph.count; node++) {
    const row = rowOf[graph.types[node] ?? 0];
    if (row === undefined || ((graph.flags[node] ?? 0) & heapFlag.state) !== 0) continue;
    row.count++;
    row.bytes += graph.sizes[node] ?? 0;
    row.unexplainedReferences += Math.max(0, unexplained[node] || 0);
  }
  return [...rows.values()].filter(({ count }) => count > 0).sort((a, b) => b.bytes - a.bytes);
}
