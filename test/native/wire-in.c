/* Varints and checksums as docs/wire-format.md tells them, by code of its own. Next: ledger.c. */
#include "wire-in.h"

#include "check.h"

u64 word(In *in) {
  u64 value = 0;
  for (int shift = 0; in->at < in->end; shift += 7) {
    u8 byte = *in->at++;
    value |= (u64)(byte & 0x7f) << shift;
    if (byte < 0x80) return value;
  }
  CHECK(!"a record ends inside its section");
  return 0;
}

i64 signed_word(In *in) {
  u64 value = word(in);
  return (i64)(value >> 1) ^ -(i64)(value & 1);
}

u32 crc(const u8 *bytes, u64 length) {
  u32 value = ~0u;
  for (u64 i = 0; i < length; i++) {
    value ^= bytes[i];
    for (int bit = 0; bit < 8; bit++) value = value & 1 ? (value >> 1) ^ 0xedb88320u : value >> 1;
  }
  return ~value;
}
