// Bytes in, their CRC-32 out (the polynomial of zip and Ethernet, as agent/native/drain.c computes it). Used by wire.ts and the store.

/** Bytes at once: a table of its own for each, because a batch of holds has megabytes. */
const lanes = 8;
const tables = tablesOf();

/** Signed, so that no step leaves 32-bit integers. Table `lane` is of a byte with `lane` zero bytes after it. */
function tablesOf(): Int32Array {
  const tables = new Int32Array(lanes * 256);
  for (let byte = 0; byte < 256; byte++) {
    let value = byte;
    for (let bit = 0; bit < 8; bit++) value = value & 1 ? (value >>> 1) ^ 0xedb88320 : value >>> 1;
    tables[byte] = value;
  }
  for (let at = 256; at < tables.length; at++) {
    const before = tables[at - 256] ?? 0;
    tables[at] = (before >>> 8) ^ (tables[before & 0xff] ?? 0);
  }
  return tables;
}

const step = (lane: number, byte: number): number => tables[(lane << 8) | (byte & 0xff)] ?? 0;

export function crc32(bytes: Uint8Array): number {
  let crc = -1;
  let at = 0;
  for (; at + lanes <= bytes.length; at += lanes) {
    crc ^= (bytes[at] ?? 0) | ((bytes[at + 1] ?? 0) << 8) | ((bytes[at + 2] ?? 0) << 16) | ((bytes[at + 3] ?? 0) << 24);
    crc =
      step(7, crc) ^
      step(6, crc >>> 8) ^
      step(5, crc >>> 16) ^
      step(4, crc >>> 24) ^
      step(3, bytes[at + 4] ?? 0) ^
      step(2, bytes[at + 5] ?? 0) ^
      step(1, bytes[at + 6] ?? 0) ^
      step(0, bytes[at + 7] ?? 0);
  }
  for (; at < bytes.length; at++) crc = step(0, crc ^ (bytes[at] ?? 0)) ^ (crc >>> 8);
  return ~crc >>> 0;
}
