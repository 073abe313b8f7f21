// The words for what travels: a batch as the agent sends it and what is defined once. Next: wire.ts decodes it.
import type { Count, Nanoseconds } from "./units.ts";

/** Allocator domains of PEP 445, and memory that an extension took from malloc itself. Index = number on the wire. */
export const domains = ["raw", "mem", "obj", "native"] as const;
export type Domain = (typeof domains)[number];

/** Kinds of events that are counted; `produced = stored + dropped` holds for each one. */
export const eventKinds = ["allocations", "frees", "holds", "errors"] as const;
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
/** A thread of the target, sent when it first takes the GIL, and again when its names are known. */
export interface RawThread {
  /** Of one thread's life; a thread id of the kernel may be given again, this one is not. */
  readonly id: number;
  /** The kernel's thread id, as the target's pid namespace has it. */
  readonly tid: number;
  /** threading.Thread.name; undefined for a thread that Python did not start. */
  readonly name: string | undefined;
  /** /proc/PID/task/TID/comm */
  readonly kernelName: string | undefined;
}

/** Bits of `RawHolds.flags`; agent/native/gil.h has the same. */
export const holdFlags = {
  /** Another thread had asked for the GIL (its switch interval was over) when this one let go. */
  forced: 1,
  /** It slept for the GIL; without this bit `waited` is only the time of an uncontended lock. */
  waited: 2,
  /** The thread state before was another one: CPython counted a switch. */
  switched: 4,
  /** Nobody saw the request (it was before the recording): `waited` is a lower bound. */
  requestUnknown: 8,
  /** The recording ended before the hold did: `held` is a lower bound. */
  unfinished: 16,
} as const;

/** Finished holds of the GIL in their order, one row a hold. Request = released - held - waited. */
export interface RawHolds {
  readonly length: number;
  /** Number of the hold since arming: rises by one from hold to hold, a gap is what was dropped. */
  readonly index: Float64Array;
  readonly thread: Uint32Array;
  readonly flags: Uint8Array;
  /** Switch intervals that passed while it waited. */
  readonly intervals: Uint32Array;
  /** CLOCK_MONOTONIC nanoseconds. */
  readonly released: Float64Array;
  readonly held: Float64Array;
  readonly waited: Float64Array;
}

/** The GIL as a batch found it. */
export interface RawGil {
  /** gil->switch_number of CPython, since arming. */
  readonly switches: Count;
  /** sys.getswitchinterval() in microseconds. */
  readonly intervalMicroseconds: number;
  /** Who holds it and who waits for it, since when; at most one holds. */
  readonly open: readonly {
    readonly thread: number;
    readonly state: "waiting" | "holding";
    readonly since: Nanoseconds;
  }[];
}

/** What the holder of a long hold ran, read while it held the GIL; innermost frame first. */
export interface RawSample {
  /** Number of the hold. */
  readonly hold: number;
  readonly thread: number;
  readonly at: Nanoseconds;
  readonly frames: readonly { readonly code: number; readonly instruction: number }[];
  /** Return addresses into C, the innermost first; empty when they could not be read. */
  readonly native: readonly bigint[];
}

/** What happened to the error indicator. Index = number on the wire. */
export const errorActs = ["raised", "cleared", "overwritten"] as const;
export type ErrorAct = (typeof errorActs)[number];
/** What errors are counted by: one type at one site. For `cleared` and `overwritten` the type is that of the error that was lost. */
export interface RawErrorKey {
  readonly id: number;
  readonly act: ErrorAct;
  readonly type: number;
  readonly site: number;
}
/** Changes since the last batch, one row an error key, keys ascending. */
export interface RawErrorDeltas {
  readonly length: number;
  readonly key: Uint32Array;
  readonly count: Float64Array;
  /** Of these: raised while an exception was being handled, which becomes their __context__. */
  readonly chained: Float64Array;
}
/** The message of the first error of a key; sent at privacy `full` alone. */
export interface RawMessage {
  readonly key: number;
  readonly text: string;
}

/** A function of the C API as one module imports it. */
export interface RawCall {
  readonly id: number;
  readonly function: string;
  /** Path of the module that calls. */
  readonly module: string;
}
/** Calls since the last batch; `id` ascends. */
export interface RawCallDelta {
  readonly id: number;
  readonly calls: Count;
}

/** What the C API is held to, and an audit finds broken. */
export const findingRules = [
  "result-with-error",
  "null-without-error",
  "called-with-error",
  "error-overwritten",
  "error-cleared",
  "unchecked-error",
  "over-release",
  "leaked-reference",
  "extra-reference",
  "gilstate-unbalanced",
  "called-without-gil",
  "borrowed-used-after-free",
] as const;
export type FindingRule = (typeof findingRules)[number];

/** Where a reference count changed: the innermost Python frame (`code` 0: none), and in C the instruction after the write, then return addresses. */
export interface RawPlace {
  readonly id: number;
  readonly code: number;
  readonly instruction: number;
  readonly native: readonly bigint[];
}
/** An object whose count is followed, as it was when that began. `id` is its index. */
export interface RawWatched {
  readonly id: number;
  /** Of its ob_refcnt, which is that of the object in builds without more in front. */
  readonly address: bigint;
  readonly type: string;
  readonly count: number;
}
/** Index = number on the wire. left: the recording ended first. reused: its memory holds something else, and its
 * free was not seen. abandoned: nobody took the changes away for too long. */
export const watchStates = ["followed", "freed", "left", "reused", "abandoned"] as const;
export type WatchState = (typeof watchStates)[number];
/** How it is with a followed object; counts are since it is followed. */
export interface RawWatchState {
  readonly id: number;
  readonly state: WatchState;
  readonly produced: number;
  readonly dropped: number;
  readonly count: number;
}
/** Changes of reference counts in their order, one row a change. */
export interface RawChanges {
  readonly length: number;
  /** CLOCK_MONOTONIC nanoseconds. */
  readonly time: Float64Array;
  readonly object: Uint8Array;
  readonly place: Uint32Array;
  /** The kernel's thread id. */
  readonly thread: Uint32Array;
  readonly delta: Float64Array;
  /** As it is after the change. */
  readonly count: Float64Array;
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
  readonly holds: RawHolds;
  /** As `deltaBytes`, of the holds. */
  readonly holdBytes: Uint8Array;
  readonly holdCrc: number;
  /** Undefined while the GIL is not recorded. */
  readonly gil: RawGil | undefined;
  readonly errorKeys: readonly RawErrorKey[];
  readonly errors: RawErrorDeltas;
  readonly errorBytes: Uint8Array;
  readonly errorCrc: number;
  readonly calls: readonly RawCallDelta[];
  readonly changes: RawChanges;
  readonly changeBytes: Uint8Array;
  readonly changeCrc: number;
  readonly watched: readonly RawWatchState[];
}
