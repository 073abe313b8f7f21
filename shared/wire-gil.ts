// Bytes of the GIL's sections in (written by agent/native/drain-gil.c, or stored), holds and the GIL's state out. Layout: docs/wire-format.md. Used by wire.ts and the store.
import { Cursor } from "./cursor.ts";
import type { RawGil, RawHolds } from "./records.ts";
import { count, nanoseconds } from "./units.ts";
import { WireError } from "./wire-error.ts";

const emptyHolds = (length: number): RawHolds => ({
  length,
  index: new Float64Array(length),
  thread: new Uint32Array(length),
  flags: new Uint8Array(length),
  intervals: new Uint32Array(length),
  released: new Float64Array(length),
  held: new Float64Array(length),
  waited: new Float64Array(length),
});

/** Index and time of release are differences to the record before, zero before the first. */
export function decodeHolds(bytes: Uint8Array, length: number): RawHolds {
  if (length > bytes.length) throw new WireError("more holds than bytes");
  const holds = emptyHolds(length);
  const cursor = new Cursor(bytes);
  let index = 0;
  let released = 0;
  for (let row = 0; row < length; row++) {
    index += cursor.unsigned();
    released += cursor.unsigned();
    holds.index[row] = index;
    holds.released[row] = released;
    holds.thread[row] = cursor.unsigned();
    const bits = cursor.unsigned();
    holds.flags[row] = bits & 31;
    holds.intervals[row] = Math.floor(bits / 32);
    holds.held[row] = cursor.unsigned();
    holds.waited[row] = cursor.unsigned();
  }
  return holds;
}

const mostOpen = 1 << 20;

export function readGil(cursor: Cursor): RawGil {
  const switches = count(cursor.unsigned());
  const intervalMicroseconds = cursor.unsigned();
  const length = cursor.unsigned();
  if (length > mostOpen) throw new WireError(`${length} threads at one GIL`);
  const open = Array.from({ length }, () => {
    const thread = cursor.unsigned();
    const state = cursor.unsigned() === 1 ? ("waiting" as const) : ("holding" as const);
    return { thread, state, since: nanoseconds(cursor.unsigned()) };
  });
  return { switches, intervalMicroseconds, open };
}
