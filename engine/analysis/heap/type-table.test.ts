// Random heaps in; what each type retains, compared with climbing the tree of dominators from every object, and pages of rankings, out.
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { drawHeap } from "../../../test/fixtures/drawn-heap.ts";
import { nobody } from "./dominators.ts";
import { HeapAnalysis } from "./heap-analysis.ts";
import { typeName } from "./lookup.ts";
import { ranked } from "./ranking.ts";
import { typeTable } from "./type-table.ts";

const types = ["list", "dict", "app.Node"];
const anyHeap = fc.array(fc.tuple(fc.nat({ max: 2 }), fc.array(fc.nat({ max: 29 }), { maxLength: 4 })), {
  minLength: 1,
  maxLength: 30,
});

describe("what a type retains", () => {
  it("counts an object that another of its type dominates once", () => {
    fc.assert(
      fc.property(anyHeap, (objects) => {
        const lines = objects.map(([type, holds], at) => {
          const to = holds.filter((target) => target < objects.length).map((target) => `n${target}`);
          return `n${at}: ${types[type]} #${at + 1} -> ${to.join(", ")}`;
        });
        const analysis = new HeapAnalysis(drawHeap(["module app = n0", ...lines].join("\n")).graph);
        const { graph, dominators } = analysis;
        const sums = new Map<string, number>();
        for (let node = 0; node < graph.count; node++) {
          const type = typeName(graph, node);
          let above = dominators.immediate[node] ?? nobody;
          while (above !== nobody && typeName(graph, above) !== type) above = dominators.immediate[above] ?? nobody;
          if (above === nobody) sums.set(type, (sums.get(type) ?? 0) + (dominators.retained[node] ?? 0));
        }
        const rows = typeTable(analysis);
        expect(new Map(rows.map(({ type, retained }) => [type, retained]))).toEqual(sums);
        expect(rows.reduce((sum, { bytes }) => sum + bytes, 0)).toBe((graph.count * (graph.count + 1)) / 2);
      }),
      { numRuns: 200 },
    );
  });
});

describe("a ranking", () => {
  it("has the same order as sorting it all, page by page", () => {
    fc.assert(
      fc.property(
        fc.array(fc.nat({ max: 9 }), { maxLength: 50 }),
        fc.nat({ max: 20 }),
        fc.nat({ max: 20 }),
        (values, offset, limit) => {
          const nodes = Uint32Array.from(values.keys());
          const sorted = [...nodes].sort((a, b) => (values[b] ?? 0) - (values[a] ?? 0) || a - b);
          const page = ranked(nodes, (node) => values[node] ?? 0, { offset, limit });
          expect(page).toEqual(sorted.slice(offset, offset + limit));
        },
      ),
    );
  });
});
