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
  const [born, kept, gone] = [
    new Uint32Array(after.count),
    new Uint32Array(after.count),
    new Uint32Array(before.count),
  ];
  let [births, keeps, deaths] = [0, 0, 0];
  let [a, b] = [0, 0];
  while (a < before.count || b < after.count) {
    const [here, there] = [
      before.addresses[a] ?? Number.POSITIVE_INFINITY,
      after.addresses[b] ?? Number.POSITIVE_INFINITY,
    ];
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
  return (a, b) => here[before.types[a] ?? 0] === there[after.types[b] ?? 0] && before.sites[a] === after.sites[b];
}

type SetName = Exclude<keyof ComparedType, "type">;

/** Those that changed the most, in bytes, first. */
export function comparedTypes(before: HeapGraph, after: HeapGraph, compared: Compared): readonly ComparedType[] {
  const rows = new Map<string, ComparedType>();
  const adder = ({ typeList, types, sizes }: HeapGraph) => {
    const rowOf = typeList.map(({ name }) => rowNamed(rows, name));
    return (node: number, ...sets: readonly SetName[]) => {
      const row = rowOf[types[node] ?? 0];
      for (const set of row ? sets : []) addTo(row?.[set], sizes[node] ?? 0);
    };
  };
  const [earlier, later] = [adder(before), adder(after)];
  for (let node = 0; node < before.count; node++) earlier(node, "before");
  for (const node of compared.new) later(node, "after", "new");
  for (const node of compared.survived) later(node, "after", "survived");
  for (const node of compared.dead) earlier(node, "dead");
  const present = [...rows.values()].filter(({ before, after }) => before.objects + after.objects > 0);
  return present.sort((a, b) => change(b) - change(a) || b.after.bytes - a.after.bytes);
}

function addTo(counts: ComparedCounts | undefined, bytes: number): void {
  if (!counts) return;
  counts.objects++;
  counts.bytes += bytes;
}

const change = ({ before, after }: ComparedType): number => Math.abs(after.bytes - before.bytes);

function rowNamed(rows: Map<string, ComparedType>, type: string): ComparedType {
  const none = (): ComparedCounts => ({ objects: 0, bytes: 0 });
  const row = rows.get(type) ?? { type, before: none(), after: none(), new: none(), dead: none(), survived: none() };
  rows.set(type, row);
  return row;
}
