/* Bytes of a section in, its numbers out. Used by ledger.c and events.c. */
#ifndef REFSCOPE_WIRE_IN_H
#define REFSCOPE_WIRE_IN_H
#include "../../agent/native/core.h"

typedef struct { const u8 *at, *end; } In;

u64 word(In *in);
i64 signed_word(In *in);
/* CRC-32, bit by bit: not by the core's table. */
u32 crc(const u8 *bytes, u64 length);

#endif
