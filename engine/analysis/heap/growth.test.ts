// Series of drawn heaps in; what grew, what is new and what is gone, out.
import { describe, expect, it } from "vitest";
import { drawHeap } from "../../../test/fixtures/drawn-heap.ts";
import { comparedTypes, compareGraphs } from "./compare.ts";
import { residueOf } from "./residue.ts";
import { unexplainedGrowth } from "./unexplained-growth.ts";

/** One object `x` with this many unexplained references every two seconds, beside one that does not change. */
const countsOfX = (...extras: readonly number[]) =>
  unexplainedGrowth(
    extras.map((extra, at) =>
      residueOf(
        drawHeap(`module app = a\na: module -> ["x"] x\nx: dtype +${extra}\ny: list +100`, { at: at * 2000 }).graph,
      ),
    ),
  ).objects.map(({ address, type, steps, perSecond }) => [address, type, steps, perSecond]);

describe("unexplained growth", () => {
  it("is steady, in every interval, and at least eight", () => {
    expect(countsOfX(1, 401, 801)).toEqual([[0x1040, "dtype", [1, 401, 801], 200]]);
    expect(countsOfX(0, 3, 7)).toEqual([]);
    expect(countsOfX(0, 400, 400)).toEqual([]);
    expect(countsOfX(0, 400, 500)).toEqual([]);
    expect(countsOfX(800, 400, 0)).toEqual([]);
    expect(countsOfX(0, 400)).toEqual([]);
  });

  it("is told through words that come and go, but not from an array that fills", () => {
    const graphs = (...steps: readonly { readonly extra: number; readonly words: number }[]) =>
      unexplainedGrowth(
        steps.map(({ extra, words }, at) => {
          const held = Array.from({ length: words }, () => "word x").join(", ");
          return residueOf(drawHeap(`a: stack -> ${held}\nx: dtype +${extra}`, { at: at * 1000 }).graph);
        }),
      ).objects.map(({ steps }) => steps);
    expect(graphs({ extra: 34, words: 6 }, { extra: 59, words: 1 }, { extra: 74, words: 6 })).toEqual([[40, 60, 80]]);
    expect(graphs({ extra: 10, words: 50 }, { extra: 20, words: 7 }, { extra: 30, words: 90 })).toEqual([[10, 20, 30]]);
    expect(graphs({ extra: 0, words: 10 }, { extra: 3, words: 110 }, { extra: 7, words: 210 })).toEqual([]);
  });

  it("goes by time, not by graph", () => {
    const at = (seconds: number) => residueOf(drawHeap(`x: dtype +${100 * seconds}`, { at: seconds * 1000 }).graph);
    expect(unexplainedGrowth([at(1), at(2), at(7)]).objects.map(({ perSecond }) => perSecond)).toEqual([100]);
  });

  it("of types tells what C holds from what is lost, with its site", () => {
    const graph = (at: number) => {
      const forgotten = Array.from({ length: 10 * at }, (_, n) => `f${n}: bytes #32 @7 +1`);
      const cycles = Array.from({ length: 20 * at }, (_, n) => `n${n}: Node #64 -> .me n${n}`);
      return residueOf(drawHeap([...forgotten, ...cycles].join("\n"), { at: at * 1000 }).graph);
    };
    const { types } = unexplainedGrowth([graph(1), graph(2), graph(3)]);
    expect(types).toEqual([
      {
        type: "Node",
        kind: "lost",
        steps: [20, 40, 60],
        perSecond: 20,
        bytesPerSecond: 1280,
        sites: [{ site: 0, growth: 40 }],
      },
      {
        type: "bytes",
        kind: "held",
        steps: [10, 20, 30],
        perSecond: 10,
        bytesPerSecond: 320,
        sites: [{ site: 7, growth: 20 }],
      },
    ]);
  });
});

describe("two graphs", () => {
  it("differ in new, dead and survived objects, by address, type and site", () => {
    const before = drawHeap("a: list #10\nb: str #1 @3\nc: dict #5").graph;
    const after = drawHeap("a: list #12\nb: str #1 @4\nc: set #5\nd: list #20").graph;
    const compared = compareGraphs(before, after);
    expect([[...compared.new], [...compared.survived], [...compared.dead]]).toEqual([[1, 2, 3], [0], [1, 2]]);
    const rows = comparedTypes(before, after, compared).map((row) => [
      row.type,
      row.after.objects - row.before.objects,
      row.new.objects,
      row.dead.objects,
      row.survived.objects,
      row.after.bytes - row.before.bytes,
    ]);
    expect(rows).toEqual([
      ["list", 1, 1, 0, 1, 22],
      ["set", 1, 1, 0, 0, 5],
      ["dict", -1, 0, 1, 0, -5],
      ["str", 0, 1, 1, 0, 0],
    ]);
  });
});
