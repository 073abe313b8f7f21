/* Sections about the GIL, errors and calls in, their rows out. Next: ledger.c. */
#ifndef REFSCOPE_EVENTS_H
#define REFSCOPE_EVENTS_H
#include "wire-in.h"

/* Nanoseconds. */
typedef struct {
  u64 index, released, held, waited;
  u32 thread, flags, intervals;
} HoldRow;

enum { MOST_OPEN_ROWS = 512 };
typedef struct {
  u64 switches, interval;
  u32 known, open_count;
  struct { u32 thread, holding; u64 since; } open[MOST_OPEN_ROWS];
} GilRow;

typedef struct {
  u32 act, type, site, known;
  u64 count, chained;
} ErrorRow;

typedef struct {
  HoldRow *holds;
  u64 hold_count, hold_room;
  GilRow gil;
  ErrorRow errors[MAX_ERROR_KEYS];
  u64 calls[MAX_CALLS];
  u64 produced_holds, dropped_holds, produced_errors, dropped_errors;
} Events;

Events *events_new(void);
void events_free(Events *events);
/* 0 when the section is about something else. */
int events_take(Events *events, u32 kind, u32 records, In *in);
u64 events_errors(const Events *events);

#endif
