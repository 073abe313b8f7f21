// The GIL's part of a report, and calls of the C API, as schemas. Next: documents.ts, whose documents they stand in.
import * as v from "valibot";
import { codeFrame } from "./frame.ts";

const whole = v.pipe(v.number(), v.integer());

export const nativeFrame = v.object({ module: v.string(), function: v.nullable(v.string()) });
export type NativeFrame = v.InferOutput<typeof nativeFrame>;

/** Thread ids are the kernel's, in the target's pid namespace. Milliseconds of waits are of those that slept for the GIL; 0 when none did. */
export const gilThread = v.object({
  threadId: whole,
  /** Python's name, else null. */
  name: v.nullable(v.string()),
  kernelName: v.nullable(v.string()),
  /** Of the recording's time, 0 to 1. */
  holdFraction: v.number(),
  waitFraction: v.number(),
  holds: whole,
  waits: whole,
  /** Holds that ended because another thread asked for the GIL. */
  forced: whole,
  waitP50Ms: v.number(),
  waitP99Ms: v.number(),
  waitMaxMs: v.number(),
  holdP50Ms: v.number(),
  holdP99Ms: v.number(),
  holdMaxMs: v.number(),
});
export type GilThread = v.InferOutput<typeof gilThread>;

/** A hold of at least the threshold. `startMs` counts from the recording's start; a negative one began before it. */
export const longHold = v.object({
  /** Number of the hold in the recording. */
  hold: whole,
  threadId: whole,
  startMs: v.number(),
  ms: v.number(),
  /** The recording ended first: it lasted at least this long. */
  unfinished: v.boolean(),
  /** What the holder ran for most of the time it was looked at; empty when it could not be read. */
  frames: v.array(codeFrame),
  native: v.array(nativeFrame),
  waiters: v.array(whole),
});
export type LongHold = v.InferOutput<typeof longHold>;

export const blameRow = v.object({ waiter: whole, holder: whole, ms: v.number() });
export type BlameRow = v.InferOutput<typeof blameRow>;
/** `waits`: how often the waiter slept through at least one whole switch interval for this holder; `ms`: in all. */
export const convoy = v.object({ waiter: whole, holder: whole, waits: whole, ms: v.number() });
export type Convoy = v.InferOutput<typeof convoy>;
/** Calls of one function of the C API by one module. */
export const callRow = v.object({ module: v.string(), function: v.string(), calls: whole });
export type CallRow = v.InferOutput<typeof callRow>;

export const gilReport = v.object({
  /** Reconstructed from the holds. */
  switches: whole,
  /** As CPython's own counter moved meanwhile; null when it could not be read at the end. */
  switchesCounted: v.nullable(whole),
  intervalMs: v.number(),
  thresholdMs: v.number(),
  /** Of the holds of all threads; 0 when none ended. */
  holdP50Ms: v.number(),
  holdP99Ms: v.number(),
  threads: v.array(gilThread),
  longHolds: v.array(longHold),
  blame: v.array(blameRow),
  convoys: v.array(convoy),
  calls: v.array(callRow),
});
export type GilReport = v.InferOutput<typeof gilReport>;
