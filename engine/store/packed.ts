// Bytes of a chunk in, the same smaller out, and back. A hold is 8 to 14 bytes on the wire, of which zstd's first level leaves 70 %
// for 30 ns a hold; better levels cost more than they save. Used by gil-writer.ts, stored-gil.ts.
import { constants, zstdCompressSync, zstdDecompressSync } from "node:zlib";

const options = { params: { [constants.ZSTD_c_compressionLevel]: 1 } };
/** What is as long as it says is as it was. */
export function pack(bytes: Uint8Array): Uint8Array {
  const packed = zstdCompressSync(bytes, options);
  return packed.length < bytes.length ? packed : bytes;
}

/** @throws RangeError when they are no bytes of that size. */
export function unpack(bytes: Uint8Array, size: number): Uint8Array {
  if (bytes.length === size) return bytes;
  try {
    const unpacked = zstdDecompressSync(bytes, { maxOutputLength: Math.max(1, size) });
    if (unpacked.length === size) return unpacked;
  } catch {
    // said below: whatever zstd has to say, they are not ours
  }
  throw new RangeError("a chunk that cannot be unpacked");
}
