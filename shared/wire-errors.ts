// Bytes of the error sections in (written by agent/native/drain-errors.c, or stored), keys and counts out. Layout: docs/wire-format.md. Used by wire.ts and the store.
import { Cursor } from "./cursor.ts";
import { errorActs, type RawErrorDeltas, type RawErrorKey } from "./records.ts";
import { WireError } from "./wire-error.ts";

export function readErrorKey(cursor: Cursor): RawErrorKey {
  const id = cursor.unsigned();
  const act = errorActs[cursor.unsigned()];
  if (act === undefined) throw new WireError("an unknown act on the error indicator");
  return { id, act, type: cursor.unsigned(), site: cursor.unsigned() };
}

/** Keys ascend and are sent as differences. */
export function decodeErrors(bytes: Uint8Array, length: number): RawErrorDeltas {
  if (length > bytes.length) throw new WireError("more errors than bytes");
  const deltas = {
    length,
    key: new Uint32Array(length),
    count: new Float64Array(length),
    chained: new Float64Array(length),
  };
  const cursor = new Cursor(bytes);
  let key = 0;
  for (let row = 0; row < length; row++) {
    key += cursor.unsigned();
    deltas.key[row] = key;
    deltas.count[row] = cursor.unsigned();
    deltas.chained[row] = cursor.unsigned();
  }
  return deltas;
}
