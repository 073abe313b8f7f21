// Parts of a walk in, numbers and texts out; a part may end anywhere. Used by decode.ts.
import { WireError } from "../../../shared/wire-error.ts";

const longestText = 4096;
const decoder = new TextDecoder();

export class HeapBytes {
  readonly #parts: Iterator<Uint8Array>;
  #part: Uint8Array = new Uint8Array(0);
  #at = 0;

  constructor(parts: Iterable<Uint8Array>) {
    this.#parts = parts[Symbol.iterator]();
  }

  byte(): number {
    if (this.#at >= this.#part.length) this.#next();
    return this.#part[this.#at++] ?? 0;
  }

  /** Up to 2^53; a longer one is none of a walk's. */
  unsigned(): number {
    let value = this.byte();
    if (value < 0x80) return value;
    value &= 0x7f;
    for (let weight = 128; weight <= 2 ** 56; weight *= 128) {
      const next = this.byte();
      value += (next & 0x7f) * weight;
      if (next < 0x80) return value;
    }
    throw new WireError("a number that is too long");
  }

  signed(): number {
    const value = this.unsigned();
    return value % 2 === 0 ? value / 2 : -(value + 1) / 2;
  }

  bytes(length: number): Uint8Array {
    const bytes = new Uint8Array(length);
    for (let i = 0; i < length; i++) bytes[i] = this.byte();
    return bytes;
  }

  text(): string {
    const length = this.unsigned();
    if (length > longestText) throw new WireError("a text that is too long");
    return decoder.decode(this.bytes(length));
  }

  /** Nothing is left; what gave the parts may be let go. */
  end(): void {
    let more = this.#part.length - this.#at;
    for (let next = this.#parts.next(); !next.done; next = this.#parts.next()) more += next.value.length;
    if (more > 0) throw new WireError("there is more after its end");
  }
  close(): void {
    this.#parts.return?.();
  }

  #next(): void {
    do {
      const { done, value } = this.#parts.next();
      if (done) throw new WireError("it ends in the middle");
      this.#part = value;
      this.#at = 0;
    } while (this.#part.length === 0);
  }
}
