// Texts and numbers in, their UTF-8 bytes in one buffer out. Used by chrome-trace.ts: ten million rows as strings would make V8 take
// hundreds of megabytes for the garbage.

const mostDigits = 20;
const zero = 48;
const encoder = new TextEncoder();

export class TextWriter {
  #bytes = new Uint8Array(1 << 16);
  #at = 0;

  get length(): number {
    return this.#at;
  }
  /** A copy of what was written since the last one. */
  take(): Uint8Array {
    const bytes = this.#bytes.slice(0, this.#at);
    this.#at = 0;
    return bytes;
  }

  text(text: string): void {
    this.bytes(encoder.encode(text));
  }
  bytes(bytes: Uint8Array): void {
    this.#reserve(bytes.length);
    this.#bytes.set(bytes, this.#at);
    this.#at += bytes.length;
  }

  /** A whole number from 0 to 2^53. */
  whole(value: number): void {
    this.#reserve(mostDigits);
    let length = 1;
    for (let left = value; left >= 10; left = Math.floor(left / 10)) length++;
    this.#digits(value, length);
  }

  /** Whole nanoseconds as microseconds, exactly. */
  micro(ns: number): void {
    const rest = ns % 1000;
    this.whole((ns - rest) / 1000);
    if (rest === 0) return;
    this.#bytes[this.#at++] = ".".charCodeAt(0);
    this.#digits(rest, 3);
  }

  #digits(value: number, length: number): void {
    let left = value;
    for (let at = this.#at + length - 1; at >= this.#at; at--) {
      const next = Math.floor(left / 10);
      this.#bytes[at] = zero + left - next * 10;
      left = next;
    }
    this.#at += length;
  }

  #reserve(more: number): void {
    if (this.#at + more + mostDigits <= this.#bytes.length) return;
    const larger = new Uint8Array(2 * (this.#bytes.length + more));
    larger.set(this.#bytes);
    this.#bytes = larger;
  }
}
