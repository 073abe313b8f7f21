// A stored walk in, its graph out: objects ordered by address, edges by the object that they leave. Next: in-degree.ts, dominators.ts, paths.ts, compare.ts.
import { bytes, type Milliseconds } from "../../../shared/units.ts";
import type { LineRange } from "../line-range.ts";
import { lineAt, lineRanges } from "../lines.ts";
import { orderOf } from "./by-address.ts";
import type { HeapGraph, HeapRoot } from "./heap-graph.ts";
import { heapFlag } from "./heap-graph.ts";
import { type FrameRoot, HeapRecords } from "./heap-records.ts";

export interface StoredWalk {
  readonly at: Milliseconds;
  readonly pause: Milliseconds;
  /** 11 for CPython 3.11; undefined when it is not known. */
  readonly minor: number | undefined;
  readonly parts: Iterable<Uint8Array>;
  readonly notObserved: readonly string[];
}

/** @throws WireError when the parts are no walk's. */
export function decodeHeap({ at, pause, minor, parts, notObserved }: StoredWalk): HeapGraph {
  const records = new HeapRecords(parts);
  const count = records.addresses.length;
  const order = orderOf(records.addresses.taken(), count);
  const rank = new Uint32Array(count);
  for (let i = 0; i < count; i++) rank[order[i] ?? 0] = i;
  const edges = edgesOf(records, rank);
  const roots: readonly HeapRoot[] = [...records.roots, ...records.frames.map((frame) => frameRoot(frame, minor))];
  const sizes = permuted(records.sizes.taken(), order, new Uint32Array(count));
  return {
    at,
    pause,
    count,
    addresses: permuted(records.addresses.taken(), order, new Float64Array(count)),
    types: permuted(records.types.taken(), order, new Uint32Array(count)),
    counts: permuted(records.counts.taken(), order, new Float64Array(count)),
    sizes,
    flags: withoutReferred(permuted(records.flags.taken(), order, new Uint8Array(count)), edges.edges),
    sites: permuted(records.sites.taken(), order, new Uint32Array(count)),
    ...edges,
    typeList: records.typeList,
    names: records.names,
    roots: roots.map((root) => ({ ...root, node: rank[root.node] ?? 0 })),
    loose: looseOf(records),
    bytes: bytes(sizes.reduce((sum, size) => sum + size, 0)),
    notObserved: [...notObserved, ...remarks(records)],
  };
}

function permuted<T extends Float64Array | Uint32Array | Uint8Array>(from: T, order: Uint32Array, to: T): T {
  for (let i = 0; i < order.length; i++) to[i] = from[order[i] ?? 0] ?? 0;
  return to;
}

function edgesOf(records: HeapRecords, rank: Uint32Array) {
  const length = records.from.length;
  const [from, to, kinds, labels] = [
    records.from.taken(),
    records.to.taken(),
    records.kinds.taken(),
    records.labels.taken(),
  ];
  const edgeStart = new Uint32Array(rank.length + 1);
  for (let i = 0; i < length; i++) {
    const after = (rank[from[i] ?? 0] ?? 0) + 1;
    edgeStart[after] = (edgeStart[after] ?? 0) + 1;
  }
  for (let i = 1; i < edgeStart.length; i++) edgeStart[i] = (edgeStart[i] ?? 0) + (edgeStart[i - 1] ?? 0);
  const next = edgeStart.slice();
  const edges = new Uint32Array(length);
  const edgeKinds = new Uint8Array(length);
  const edgeLabels = new Uint32Array(length);
  for (let i = 0; i < length; i++) {
    const source = rank[from[i] ?? 0] ?? 0;
    const place = next[source] ?? 0;
    next[source] = place + 1;
    edges[place] = rank[to[i] ?? 0] ?? 0;
    edgeKinds[place] = kinds[i] ?? 0;
    edgeLabels[place] = labels[i] ?? 0;
  }
  return { edgeStart, edges, edgeKinds, edgeLabels };
}

/** Two lost objects may hold each other, or one the other: then it is the first alone that nobody refers to. */
function withoutReferred(flags: Uint8Array, edges: Uint32Array): Uint8Array {
  for (const target of edges) flags[target] = (flags[target] ?? 0) & ~heapFlag.orphan;
  return flags;
}

function frameRoot(frame: FrameRoot, minor: number | undefined): HeapRoot {
  const ranges: readonly LineRange[] = minor === undefined ? [] : lineRanges(minor, frame.lineTable, frame.firstLine);
  const line = lineAt(ranges, frame.instruction) ?? frame.firstLine;
  const name = `${frame.function}() in ${frame.file}:${line}, thread ${frame.thread}`;
  return { node: frame.node, kind: "frame", name };
}

function looseOf({ loose }: HeapRecords): HeapGraph["loose"] {
  const { length } = loose.addresses;
  return {
    addresses: loose.addresses.taken().slice(0, length),
    sizes: loose.sizes.taken().slice(0, length),
    sites: loose.sites.taken().slice(0, length),
  };
}

function remarks({ looseLeftOut, pools, interpreters }: HeapRecords): readonly string[] {
  const others = `Objects of the ${interpreters - 1} other interpreters are not in the snapshot.`;
  const left = `${looseLeftOut} more blocks that are no object's are not listed.`;
  const none =
    "No pools of small blocks were recognised: objects that nobody refers to are found only where the recording saw them made.";
  return [...(interpreters > 1 ? [others] : []), ...(looseLeftOut > 0 ? [left] : []), ...(pools === 0 ? [none] : [])];
}
