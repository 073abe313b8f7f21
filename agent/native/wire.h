/* The batch on the wire, version 2. docs/wire-format.md and shared/wire.ts say the same; a test compares them. */
#ifndef REFSCOPE_WIRE_H
#define REFSCOPE_WIRE_H
#include "base.h"

#define WIRE_MAGIC 0x31435352u
#define WIRE_VERSION 2u
#define WIRE_LAST 1u

typedef struct {
  u32 magic;
  u16 version, sections;
  u32 bytes, flags;
  u64 sequence, time;
  u64 produced_allocations, produced_frees, dropped_allocations, dropped_frees;
  u64 produced_holds, dropped_holds, produced_errors, dropped_errors;
} WireHeader;

/* Follows records of any length, so it may stand at any address. */
typedef struct __attribute__((packed)) {
  u32 kind, records, bytes, crc;
} WireSection;

enum { WIRE_SITES = 1, WIRE_KEYS, WIRE_DELTAS, WIRE_HOLDS, WIRE_GIL, WIRE_ERROR_KEYS, WIRE_ERRORS, WIRE_CALLS, WIRE_HISTORY, WIRE_WATCHED, WIRE_SECTIONS = WIRE_WATCHED };

#endif
