/* A batch while it is written: varints, records, sections with their checksums (wire.h). Used by drain.c and its parts. */
#ifndef REFSCOPE_OUT_H
#define REFSCOPE_OUT_H
#include "wire.h"

typedef struct {
  u8 *start, *at, *end;
  WireSection *section;
  u32 records;
} Out;

void put_unsigned(Out *out, u64 value);
void put_signed(Out *out, i64 value);
void section_open(Out *out, u32 kind);
void section_close(Out *out);
/* Room for one more record, and for the headers of the sections that still follow. */
int room(const Out *out, u64 bytes);

/* The parts of a batch: 1 when everything is in; `sections` counts those written. */
int put_gil_sections(Out *out, u16 *sections);
int put_error_sections(Out *out, u32 keys, u16 *sections);
int put_call_section(Out *out, u16 *sections);
int put_watch_sections(Out *out, u16 *sections);

#define READ(word) __atomic_load_n(&(word), __ATOMIC_RELAXED)

#endif
