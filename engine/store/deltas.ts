// Rows of deltas in, the delta section of the wire out: what decodeDeltas of shared/wire.ts reads. Used by the recorder for coarser chunks.
import type { RawDeltas } from "../../shared/records.ts";
import { putSigned, putUnsigned } from "./varints.ts";

/** Five varints of at most eight bytes. */
const longestRow = 40;

export function encodeDeltas(deltas: RawDeltas): Uint8Array {
  const bytes = new Uint8Array(deltas.length * longestRow);
  let at = 0;
  let before = 0;
  for (let row = 0; row < deltas.length; row++) {
    const key = deltas.key[row] ?? 0;
    at = putUnsigned(bytes, at, key - before);
    before = key;
    at = putSigned(bytes, at, deltas.allocations[row] ?? 0);
    at = putSigned(bytes, at, deltas.frees[row] ?? 0);
    at = putSigned(bytes, at, deltas.allocatedBytes[row] ?? 0);
    at = putSigned(bytes, at, deltas.freedBytes[row] ?? 0);
  }
  return bytes.slice(0, at);
}

/** Pairs of numbers, as the frames of a site are kept. */
export function encodeNumbers(numbers: readonly number[]): Uint8Array {
  const bytes = new Uint8Array(numbers.length * 8);
  let at = 0;
  for (const number of numbers) at = putUnsigned(bytes, at, number);
  return bytes.slice(0, at);
}
