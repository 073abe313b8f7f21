// Bytes in, varints out (LEB128; signed ones zigzag). Reading past the end throws. Used by wire.ts.

/** 2^53 has 54 bits: eight groups of seven. */
const longestNumber = 8;
const longestAddress = 10;

export class Cursor {
  readonly #bytes: Uint8Array;
  #at = 0;
  constructor(bytes: Uint8Array) {
    this.#bytes = bytes;
  }

  /** An unsigned number up to 2^53. */
  unsigned(): number {
    const first = this.#bytes[this.#at];
    // Most numbers are one byte long.
    if (first !== undefined && first < 0x80) {
      this.#at++;
      return first;
    }
    let byte = this.#next();
    let value = byte & 0x7f;
    let scale = 128;
    for (let group = 1; byte >= 0x80; group++) {
      if (group >= longestNumber) throw new RangeError("varint too long");
      byte = this.#next();
      value += (byte & 0x7f) * scale;
      scale *= 128;
    }
    return value;
  }

  /** Zigzag: 0, -1, 1, -2, … are 0, 1, 2, 3, … */
  signed(): number {
    const zigzag = this.unsigned();
    return zigzag % 2 === 0 ? zigzag / 2 : -(zigzag + 1) / 2;
  }

  /** A 64-bit address. */
  address(): bigint {
    let value = 0n;
    for (let group = 0n; group < longestAddress; group++) {
      const byte = this.#next();
      value |= BigInt(byte & 0x7f) << (group * 7n);
      if (byte < 0x80) return value;
    }
    throw new RangeError("varint too long");
  }

  #next(): number {
    const byte = this.#bytes[this.#at++];
    if (byte === undefined) throw new RangeError("record outside its section");
    return byte;
  }
}
