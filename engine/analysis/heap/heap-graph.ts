// One heap graph in memory: what the walk of the forked child decodes to, and what every question about it is asked of. Typed arrays, because
// it has millions of objects. In: engine/store. Next: in-degree.ts, dominators.ts, paths.ts, compare.ts.
import type { Address, Bytes, Milliseconds } from "../../../shared/units.ts";

/** Bits of `HeapGraph.flags`. */
export const heapFlag = {
  /** The collector knows it. */
  tracked: 1,
  /** Its count says nothing (PEP 683). */
  immortal: 2,
  /** Found in the memory of the allocator alone: no object and no root refers to it. */
  orphan: 4,
  /** It is a type. */
  type: 8,
  /** Its type tells the collector what it holds (tp_traverse). */
  traverses: 16,
  /** No object, and no count of its own: a frame on a thread's stack, a thread, the interpreter. What it refers to, it holds. */
  state: 32,
} as const;

/** What an edge is; `HeapGraph.edgeLabels` says which one. */
export const edgeKind = {
  /** An item of a list or tuple: the label is its index. */
  item: 0,
  /** A key of a dict. */
  key: 1,
  /** A value of a dict: the label is the name of its key where that is an identifier, else none. */
  value: 2,
  /** A member slot of an instance, or an inline value of its `__dict__`: the label is its name. */
  attribute: 3,
  /** The contents of a closure cell. */
  cell: 4,
  /** A local variable of a frame: the label is its name. */
  local: 5,
  /** The type of an instance. */
  type: 6,
  /** Anything else that tp_traverse visits: the label is its position. */
  visited: 7,
  /** A word in the body of an object whose type tells nothing; it looks like a reference. Explains a count, proves no path. */
  word: 8,
} as const;

export const noLabel = 0xffff_ffff;

export interface HeapType {
  readonly name: string;
  readonly address: Address;
  /** Made at run time (Py_TPFLAGS_HEAPTYPE): its instances hold references to it. */
  readonly heap: boolean;
  /** Code addresses by slot name (`tp_dealloc`, `tp_new` …), those that are not the interpreter's own. */
  readonly slots: ReadonlyMap<string, Address>;
}

export interface HeapRoot {
  /** Index of the object. */
  readonly node: number;
  readonly kind: "module" | "frame" | "interpreter" | "builtin";
  /** `app`, `serve() in app.py:12, thread 4242`, `sys.modules`. */
  readonly name: string;
}

/** A block that the recording saw allocated and not freed, and in which no object of the graph lies. */
export interface LooseBlocks {
  readonly addresses: Float64Array;
  readonly sizes: Uint32Array;
  readonly sites: Uint32Array;
}

export interface HeapGraph {
  /** Since the recording began. */
  readonly at: Milliseconds;
  /** How long the target was stopped for it. */
  readonly pause: Milliseconds;
  /** Objects; the arrays below have an element for each, ordered by address. */
  readonly count: number;
  /** Exact: addresses have 48 bits. */
  readonly addresses: Float64Array;
  /** Into `typeList`. */
  readonly types: Uint32Array;
  /** As CPython counts; NaN for immortal ones. References that the walk itself held are taken off. */
  readonly counts: Float64Array;
  /** Bytes of the object with its header and the tables it owns, as far as they are known. */
  readonly sizes: Uint32Array;
  readonly flags: Uint8Array;
  /** Site of the recording that allocated it; 0: older than the recording, or not recorded. */
  readonly sites: Uint32Array;
  /** Edges of object i: `edges[edgeStart[i]]` to before `edges[edgeStart[i + 1]]`. */
  readonly edgeStart: Uint32Array;
  /** Index of the object referred to. */
  readonly edges: Uint32Array;
  readonly edgeKinds: Uint8Array;
  readonly edgeLabels: Uint32Array;
  readonly typeList: readonly HeapType[];
  /** Of labels. */
  readonly names: readonly string[];
  readonly roots: readonly HeapRoot[];
  readonly loose: LooseBlocks;
  readonly bytes: Bytes;
  /** Sentences on what this graph does not have. */
  readonly notObserved: readonly string[];
}
