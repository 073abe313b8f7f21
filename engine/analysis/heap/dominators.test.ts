// Drawn and random heaps in; dominators and retained sizes out, compared with what removing each object in turn takes away.
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { drawHeap } from "../../../test/fixtures/drawn-heap.ts";
import { dominators, nobody } from "./dominators.ts";
import type { HeapGraph } from "./heap-graph.ts";
import { reverseEdges } from "./in-degree.ts";

/** Bytes that starts lead to when nobody may pass through `removed`. */
function bytesWithout(graph: HeapGraph, starts: Uint32Array, removed: number): number {
  const seen = new Set<number>();
  const open = [...starts];
  for (let node = open.pop(); node !== undefined; node = open.pop()) {
    if (node === removed || seen.has(node)) continue;
    seen.add(node);
    open.push(...graph.edges.subarray(graph.edgeStart[node], graph.edgeStart[node + 1]));
  }
  return [...seen].reduce((sum, node) => sum + (graph.sizes[node] ?? 0), 0);
}

const node = fc.nat({ max: 39 });
const anyHeap = fc.record({
  count: fc.integer({ min: 1, max: 40 }),
  edges: fc.array(fc.tuple(node, node), { maxLength: 120 }),
  starts: fc.array(node, { minLength: 1, maxLength: 4 }),
});

describe("dominators", () => {
  it("are what all ways lead through", () => {
    const { graph, node, nameOf } = drawHeap(`
      root: module #1 -> a, b
      a: list #2 -> c
      b: list #4 -> c, d
      c: list #8 -> e
      d: list #16
      e: list #32 -> c
      lone: list #64
    `);
    const { immediate, retained } = dominators(graph, reverseEdges(graph), Uint32Array.of(node("root")));
    const names = [...immediate].map((up) => (up === nobody ? "" : nameOf(up)));
    expect(names).toEqual(["", "root", "root", "root", "b", "c", ""]);
    expect([...retained]).toEqual([63, 2, 20, 40, 16, 32, 0]);
  });

  it("retain what removing the object takes away, in 200 random heaps", () => {
    fc.assert(
      fc.property(anyHeap, ({ count, edges, starts: wished }) => {
        const lines = Array.from({ length: count }, (_, from) => {
          const to = edges
            .filter(([source, target]) => source === from && target < count)
            .map(([, target]) => `n${target}`);
          return `n${from}: object #${from + 1} -> ${to.join(", ")}`;
        });
        const { graph } = drawHeap(lines.join("\n"));
        const starts = Uint32Array.from(new Set(wished.map((start) => start % count)));
        const { immediate, retained } = dominators(graph, reverseEdges(graph), starts);
        const all = bytesWithout(graph, starts, count);
        for (let at = 0; at < count; at++) {
          expect(retained[at]).toBe(all - bytesWithout(graph, starts, at));
          const above = immediate[at] ?? nobody;
          if (above !== nobody) expect(retained[above]).toBeGreaterThanOrEqual((retained[at] ?? 0) + (above + 1));
        }
      }),
      { numRuns: 200 },
    );
  });
});
