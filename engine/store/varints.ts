// Numbers in, varints out: what shared/cursor.ts reads. Used by deltas.ts, histogram.ts, lane-records.ts and engine/recorder.

const longest = 10;

/** A buffer that grows; `clear` keeps its memory. */
export class VarintWriter {
  #bytes = new Uint8Array(256);
  #at = 0;

  get length(): number {
    return this.#at;
  }

  /** Whole numbers from 0 to 2^53. */
  unsigned(value: number): void {
    this.#at = putUnsigned(this.#room(), this.#at, value);
  }
  /** Zigzag. */
  signed(value: number): void {
    this.#at = putSigned(this.#room(), this.#at, value);
  }
  /** 64 bits. */
  address(value: bigint): void {
    const bytes = this.#room();
    let left = BigInt.asUintN(64, value);
    for (; left >= 0x80n; left >>= 7n) bytes[this.#at++] = Number(left & 0x7fn) | 0x80;
    bytes[this.#at++] = Number(left);
  }

  /** A copy of what was written since `clear`. */
  bytes(): Uint8Array {
    return this.#bytes.slice(0, this.#at);
  }
  clear(): void {
    this.#at = 0;
  }

  #room(): Uint8Array {
    if (this.#at + longest <= this.#bytes.length) return this.#bytes;
    const larger = new Uint8Array(this.#bytes.length * 2);
    larger.set(this.#bytes);
    this.#bytes = larger;
    return larger;
  }
}

/** Writes at `at`; gives where the next number goes. */
export function putUnsigned(bytes: Uint8Array, at: number, value: number): number {
  let left = value;
  let next = at;
  // Shifts are of 32 bits; what is larger goes the slow way until it is not.
  for (; left >= 0x8000_0000; left = Math.floor(left / 128)) bytes[next++] = (left % 128) | 0x80;
  for (; left >= 0x80; left >>>= 7) bytes[next++] = (left & 0x7f) | 0x80;
  bytes[next] = left;
  return next + 1;
}

export const putSigned = (bytes: Uint8Array, at: number, value: number): number =>
  putUnsigned(bytes, at, value < 0 ? -2 * value - 1 : 2 * value);
