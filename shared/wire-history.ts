// Bytes of the sections on followed objects in (written by agent/native/drain-watch.c, or stored), changes and states out. Layout:
// docs/wire-format.md. Used by wire.ts and the store.
import { Cursor } from "./cursor.ts";
import { type RawChanges, type RawWatchState, watchStates } from "./records.ts";
import { WireError } from "./wire-error.ts";

/** Times ascend and are sent as differences; the first is less 0. */
export function decodeChanges(bytes: Uint8Array, length: number): RawChanges {
  if (length > bytes.length) throw new WireError("more changes than bytes");
  const changes = {
    length,
    time: new Float64Array(length),
    object: new Uint8Array(length),
    place: new Uint32Array(length),
    thread: new Uint32Array(length),
    delta: new Float64Array(length),
    count: new Float64Array(length),
  };
  const cursor = new Cursor(bytes);
  let time = 0;
  for (let row = 0; row < length; row++) {
    time += cursor.unsigned();
    changes.time[row] = time;
    changes.object[row] = cursor.unsigned();
    changes.place[row] = cursor.unsigned();
    changes.thread[row] = cursor.unsigned();
    changes.delta[row] = cursor.signed();
    changes.count[row] = cursor.unsigned();
  }
  return changes;
}

export function readWatchState(cursor: Cursor): RawWatchState {
  const id = cursor.unsigned();
  const state = watchStates[cursor.unsigned()];
  if (state === undefined) throw new WireError("an unknown state of a followed object");
  return { id, state, produced: cursor.unsigned(), dropped: cursor.unsigned(), count: cursor.unsigned() };
}
