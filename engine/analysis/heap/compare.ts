// Two heap graphs of one recording in; which objects are new, gone and still there, by type, out. Next: heap-rows.ts.
// The same object: the same address, type and site. One that was freed and made again at its address by the same line counts as still there.
import type { HeapGraph } from "./heap-graph.ts";

export interface Compared {
  /** Indices into the later graph. */
  readonly new: Uint32Array;
  readonly survived: Uint32Array;
  /** Indices into the earlier graph. */
  readonly dead: Uint32Array;
}
export interface ComparedCounts {
  objects: number;
  bytes: number;
}
/** Delta is what the later one has more than the earlier one. */
export interface ComparedType {
  readonly type: string;
  readonly before: ComparedCounts;
  readonly after: ComparedCounts;
  readonly new: ComparedCounts;
  readonly dead: ComparedCounts;
  readonly survived: ComparedCounts;
}

export function compareGraphs(before: HeapGraph, after: HeapGraph): Compared {
  const same = sameObject(before, after);
  const [born, kept, gone] = [new Uint32Array(after.count), new Uint32Array(after.count), new Uint32Array(before.count)];
  let [births, keeps, deaths] = [0, 0, 0];
  let [a, b] = [0, 0];
  while (a < before.count || b < after.count) {
    const [here, there] = [before.addresses[a] ?? Number.POSITIVE_INFINITY, after.addresses[b] ?? Number.POSITIVE_INFINITY];
    if (here === there && same(a, b)) {
      kept[keeps++] = b++;
      a++;
      continue;
    }
    if (here <= there) gone[deaths++] = a++;
    if (there <= here) born[births++] = b++;
  }
  return { new: born.slice(0, births), survived: kept.slice(0, keeps), dead: gone.slice(0, deaths) };
}

function sameObject(before: HeapGraph, after: HeapGraph): (a: number, b: number) => boolean {
  const numbers = new Map(before.typeList.map(({ name }, index) => [name, index]));
  const there = Int32Array.from(after.typeList, ({ name }) => numbers.get(name) ?? -1);
  // Two types may share a name; the first one's number stands for both.
  const here = Int32Array.from(before.typeList, ({ name }) => numbers.get(name) ?? -2);
  return (a, b) =>
    here[before.types[a] ?? 0] === there[after.types[b] ?? 0] && before.sites[a] === after.sites[b];
}

/** Those that changed the most, in bytes, first. */
export function comparedTypes(before: HeapGraph, after: HeapGraph, compared: Compared): readonly ComparedType[] {
  const rows = new Map<string, ComparedType>();
  const add = (graph: HeapGraph, node: number, ...sets: readonly ("before" | "after" | "new" | "dead" | "survived")[]) => {
    const type = graph.typeList[graph.types[node] ?? 0]?.name ?? "?";
    const row = rows.get(type) ?? emptyRow(type);
    rows.set(type, row);
    for (const set of sets) {
      row[set].objects++;
      row[set].bytes += graph.sizes[node] ?? 0;
    }
  };
  for (let node = 0; node < before.count; node++) add(before, node, "before");
  for (const node of compared.new) add(after, node, "after", "new");
  for (const node of compared.survived) add(after, node, "after", "survived");
  for (const node of compared.dead) add(before, node, "dead");
  return [...rows.values()].sort((a, b) => change(b) - change(a) || b.after.bytes - a.after.bytes);
}

const change = ({ before, after }: ComparedType): number => Math.abs(after.bytes - before.bytes);

function emptyRow(type: string): ComparedType {
  const none = (): ComparedCounts => ({ objects: 0, bytes: 0 });
  return { type, before: none(), after: none(), new: none(), dead: none(), survived: none() };
}
