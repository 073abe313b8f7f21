// Numbers one by one in, a typed array of them out: how many there will be is not known before. Used by decode.ts.
type Numbers = Float64Array | Uint32Array | Uint8Array;

export class Growing<T extends Numbers> {
  readonly #make: (length: number) => T;
  #all: T;
  #length = 0;

  constructor(make: (length: number) => T) {
    this.#make = make;
    this.#all = make(1 << 12);
  }

  get length(): number {
    return this.#length;
  }

  push(value: number): void {
    if (this.#length === this.#all.length) {
      const larger = this.#make(2 * this.#all.length);
      larger.set(this.#all);
      this.#all = larger;
    }
    this.#all[this.#length++] = value;
  }

  /** No copy: what follows must not push. */
  taken(): T {
    return this.#all;
  }
}

export const doubles = (): Growing<Float64Array> => new Growing((length) => new Float64Array(length));
export const words = (): Growing<Uint32Array> => new Growing((length) => new Uint32Array(length));
export const octets = (): Growing<Uint8Array> => new Growing((length) => new Uint8Array(length));
