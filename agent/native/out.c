/* Numbers in, bytes of a batch out. Next: drain.c, drain-gil.c, drain-errors.c. */
#include "core.h"
#include "out.h"

static u32 crc_of(const u8 *bytes, u64 length) {
  u32 crc = ~0u;
  for (u64 i = 0; i < length; i++) crc = state.crc_table[(crc ^ bytes[i]) & 0xff] ^ (crc >> 8);
  return ~crc;
}

void crc_prepare(void) {
  for (u32 byte = 0; byte < 256; byte++) {
    u32 value = byte;
    for (int bit = 0; bit < 8; bit++) value = value & 1 ? (value >> 1) ^ 0xedb88320u : value >> 1;
    state.crc_table[byte] = value;
  }
}

void put_unsigned(Out *out, u64 value) {
  for (; value >= 0x80; value >>= 7) *out->at++ = (u8)(value | 0x80);
  *out->at++ = (u8)value;
}
void put_signed(Out *out, i64 value) { put_unsigned(out, ((u64)value << 1) ^ (u64)(value >> 63)); }

void section_open(Out *out, u32 kind) {
  out->section = (WireSection *)out->at;
  *out->section = (WireSection){kind, 0, 0, 0};
  out->at += sizeof(WireSection);
  out->records = 0;
}

void section_close(Out *out) {
  u8 *body = (u8 *)(out->section + 1);
  out->section->records = out->records;
  out->section->bytes = (u32)(out->at - body);
  out->section->crc = crc_of(body, (u64)(out->at - body));
}

int room(const Out *out, u64 bytes) { return (u64)(out->end - out->at) > bytes + WIRE_SECTIONS * sizeof(WireSection); }
