// The words for what travels: a batch as the agent sends it and what is defined once. Next: wire.ts decodes it.
import type { Count, Nanoseconds } from "./units.ts";

/** Allocator domains of PEP 445, and memory that an extension took from malloc itself. Index = number on the wire. */
export const domains = ["raw", "mem", "obj", "native"] as const;
export type Domain = (typeof domains)[number];

/** Kinds of events that are counted; `produced = stored + dropped` holds for each one. */
export const eventKinds = ["allocations", "frees"] as const;
export type EventKind = (typeof eventKinds)[number];
export type EventCounts = Readonly<Record<EventKind, Count>>;

/** A code object, sent once; `lineTable` is co_lnotab (to 3.9) or co_linetable, resolved to lines at report time. */
export interface RawCode {
  readonly id: number;
  readonly function: string;
  readonly file: string;
  readonly firstLine: number;
  readonly lineTable: Uint8Array;
}
/** A type, sent once; `name` is its tp_name. Id 0 means: no Python object. */
export interface RawType {
  readonly id: number;
  readonly name: string;
}
/** A file mapped for execution in the target; native addresses are resolved against these. */
export interface RawModule {
  readonly path: string;
  readonly base: bigint;
  readonly size: number;
}
/** Where memory came from: innermost Python frame first; `native` is the return address into C, 0n when not kept. */
export interface RawSite {
  readonly id: number;
  readonly native: bigint;
  readonly frames: readonly { readonly code: number; readonly instruction: number }[];
}
/** What counters are kept for: one type from one site in one domain. */
export interface RawKey {
  readonly id: number;
  readonly type: number;
  readonly site: number;
  readonly domain: Domain;
}
/** Changes since the last batch, one row a key; struct of arrays, `length` rows. Signed: a block that gets its type moves from one key to another. */
export interface RawDeltas {
  readonly length: number;
  readonly key: Uint32Array;
  readonly allocations: Float64Array;
  readonly frees: Float64Array;
  readonly allocatedBytes: Float64Array;
  readonly freedBytes: Float64Array;
}
export interface RawBatch {
  readonly sequence: number;
  readonly time: Nanoseconds;
  readonly last: boolean;
  /** Since arming, not since the last batch. */
  readonly produced: EventCounts;
  readonly dropped: EventCounts;
  readonly sites: readonly RawSite[];
  readonly keys: readonly RawKey[];
  readonly deltas: RawDeltas;
  /** The delta section as it came, to be stored as it is, and its CRC-32. */
  readonly deltaBytes: Uint8Array;
  readonly deltaCrc: number;
}
