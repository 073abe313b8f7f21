// Fields in, their protobuf bytes out (protobuf.dev, "Encoding"). Used by perfetto-trace.ts, pprof.ts.

const wire = { varint: 0, fixed64: 1, bytes: 2 } as const;
const longestField = 16;
const encoder = new TextEncoder();

/** One buffer that is used again after `clear`. */
export class ProtoWriter {
  #bytes = new Uint8Array(1 << 16);
  #view = new DataView(this.#bytes.buffer);
  #at = 0;

  get length(): number {
    return this.#at;
  }
  /** A copy of what was written since `clear`. */
  bytes(): Uint8Array {
    return this.#bytes.slice(0, this.#at);
  }
  clear(): void {
    this.#at = 0;
  }

  /** Whole numbers from 0 to 2^53. */
  varint(field: number, value: number): void {
    this.#tag(field, wire.varint);
    this.#put(value);
  }

  fixed64(field: number, value: number): void {
    this.#tag(field, wire.fixed64);
    this.#view.setBigUint64(this.#at, BigInt(value), true);
    this.#at += 8;
  }

  /** Repeated whole numbers, as proto3 writes them. */
  packed(field: number, values: readonly number[]): void {
    this.message(field, () => {
      for (const value of values) {
        this.#reserve(longestField);
        this.#put(value);
      }
    });
  }

  text(field: number, text: string): void {
    const bytes = encoder.encode(text);
    this.#tag(field, wire.bytes);
    this.#put(bytes.length);
    this.#reserve(bytes.length);
    this.#bytes.set(bytes, this.#at);
    this.#at += bytes.length;
  }

  /** Most messages are shorter than 128 bytes, so one byte is kept for the length; a longer one is moved. */
  message(field: number, write: () => void): void {
    this.#tag(field, wire.bytes);
    const start = ++this.#at;
    write();
    const length = this.#at - start;
    const more = varintLength(length) - 1;
    this.#reserve(more);
    if (more > 0) this.#bytes.copyWithin(start + more, start, this.#at);
    this.#at = start - 1;
    this.#put(length);
    this.#at += length;
  }

  #tag(field: number, type: number): void {
    this.#reserve(2 * longestField);
    this.#put(field * 8 + type);
  }

  #put(value: number): void {
    let left = value;
    for (; left >= 128; left = Math.floor(left / 128)) this.#bytes[this.#at++] = (left % 128) | 128;
    this.#bytes[this.#at++] = left;
  }

  #reserve(more: number): void {
    if (this.#at + more + longestField <= this.#bytes.length) return;
    const larger = new Uint8Array(2 * (this.#bytes.length + more));
    larger.set(this.#bytes);
    this.#bytes = larger;
    this.#view = new DataView(larger.buffer);
  }
}

function varintLength(value: number): number {
  let length = 1;
  for (let left = value; left >= 128; left = Math.floor(left / 128)) length++;
  return length;
}
