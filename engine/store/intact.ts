// The bytes of a stored chunk in, what they say out, or nothing where they are not what was written. Used by reader.ts, stored-*.ts.
import { crc32 } from "node:zlib";
import { WireError } from "../../shared/wire-error.ts";

/** Chunks that were left out. */
export class Damage {
  #parts = 0;
  get parts(): number {
    return this.#parts;
  }
  add(): void {
    this.#parts++;
  }
}

/** `read` gives undefined for what no recorder writes. */
export function intact<T>(
  damage: Damage,
  crc: number,
  bytes: () => Uint8Array,
  read: (bytes: Uint8Array) => T | undefined,
): T | undefined {
  try {
    const there = bytes();
    const value = crc32(there) === crc ? read(there) : undefined;
    if (value !== undefined) return value;
  } catch (error) {
    if (!(error instanceof WireError || error instanceof RangeError)) throw error;
  }
  damage.add();
  return undefined;
}
