// The bytes of a delta section in, its numbers one after another out, in room that is used again: half the time of columns of its own for
// each chunk, which counts where all chunks of a large recording are added up. Used by reader.ts.
import { WireError } from "../../shared/wire-error.ts";
import { mostKeys } from "./totals.ts";

/** Key less the one before, then allocations, frees, allocated and freed bytes as zigzag. */
export const numbersEach = 5;

export class DeltaNumbers {
  #numbers = new Float64Array(1 << 16);

  /** As long as `length` rows; the same array at each call. @throws WireError, RangeError when they are no such rows. */
  of(bytes: Uint8Array, length: number): Float64Array {
    const wanted = length * numbersEach;
    // Each number takes a byte at least: no room is made for what cannot be there.
    if (wanted < 0 || wanted > bytes.length) throw new WireError("more deltas than bytes");
    if (wanted > this.#numbers.length) this.#numbers = new Float64Array(2 ** Math.ceil(Math.log2(wanted)));
    readAll(bytes, wanted, this.#numbers);
    return this.#numbers;
  }
}

/** 2^53 has 54 bits: eight groups of seven. */
const longestNumber = 8;

function readAll(bytes: Uint8Array, length: number, into: Float64Array): void {
  let at = 0;
  for (let index = 0; index < length; index++) {
    const first = bytes[at++] ?? 0;
    if (first < 0x80) {
      into[index] = first;
      continue;
    }
    const second = bytes[at++] ?? 0;
    let value = (first & 0x7f) | ((second & 0x7f) << 7);
    if (second >= 0x80) {
      let byte = second;
      let scale = 2 ** 14;
      for (let group = 2; byte >= 0x80; group++) {
        if (group >= longestNumber) throw new RangeError("varint too long");
        byte = bytes[at++] ?? 0;
        value += (byte & 0x7f) * scale;
        scale *= 128;
      }
    }
    into[index] = value;
  }
  if (at > bytes.length) throw new RangeError("record outside its section");
}

const halfRange = 2 ** 31;

/** 0, 1, 2, 3, … are 0, -1, 1, -2, … */
export function signed(zigzag: number): number {
  if (zigzag < halfRange) return (zigzag >>> 1) ^ -(zigzag & 1);
  return zigzag % 2 === 0 ? zigzag / 2 : -(zigzag + 1) / 2;
}

/** The numbers, when they name no key that a recorder does not write. */
export function keysOurs(numbers: Float64Array, length: number): Float64Array | undefined {
  let last = 0;
  for (let at = 0; at < length * numbersEach; at += numbersEach) last += numbers[at] ?? 0;
  return last < mostKeys ? numbers : undefined;
}
