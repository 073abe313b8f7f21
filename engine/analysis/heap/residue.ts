// A heap graph in; the part of it that growth is told from, out: of ten megabytes of graph it keeps one. Next: unexplained-growth.ts.
import type { Milliseconds } from "../../../shared/units.ts";
import type { HeapGraph } from "./heap-graph.ts";
import { unexplained, wordsInto } from "./in-degree.ts";
import { reach } from "./reach.ts";
import { unreachable } from "./unreachable.ts";

/** In place of an unexplained count: the object is immortal. */
export const uncounted = -0x8000_0000;

export interface ResidueRow {
  readonly type: string;
  readonly site: number;
  readonly held: number;
  readonly lost: number;
  readonly bytes: number;
}
export interface Residue {
  readonly at: Milliseconds;
  /** Ascending. */
  readonly addresses: Float64Array;
  /** Into `typeNames`. */
  readonly types: Uint32Array;
  readonly unexplained: Int32Array;
  /** Words that look like references; they are not among the unexplained ones, and may be none. */
  readonly words: Uint32Array;
  readonly typeNames: readonly string[];
  /** What no root reaches. */
  readonly unreached: readonly ResidueRow[];
}

export function residueOf(graph: HeapGraph): Residue {
  const left = unexplained(graph);
  const typeNames = graph.typeList.map(({ name }) => name);
  return {
    at: graph.at,
    addresses: graph.addresses,
    types: graph.types,
    unexplained: wholeNumbers(left),
    words: wordsInto(graph),
    typeNames,
    unreached: unreachable(graph, reach(graph, left)).map(({ type, site, count, bytes, held }) => ({
      ...{ type: typeNames[type] ?? "?", site, held, lost: count - held, bytes },
    })),
  };
}

function wholeNumbers(counts: Float64Array): Int32Array {
  const whole = new Int32Array(counts.length);
  for (let node = 0; node < counts.length; node++) {
    const count = counts[node] ?? Number.NaN;
    whole[node] = Number.isNaN(count) ? uncounted : count;
  }
  return whole;
}
