/* Reads holds, errors and calls off the wire. Next: the tests compare them with what they did. */
#include "events.h"

#include <stdlib.h>

#include "../../agent/native/wire.h"
#include "check.h"

Events *events_new(void) { return calloc(1, sizeof(Events)); }

void events_free(Events *events) {
  free(events->holds);
  free(events);
}

static HoldRow *next_hold(Events *events) {
  if (events->hold_count == events->hold_room) {
    events->hold_room = events->hold_room ? 2 * events->hold_room : 1024;
    events->holds = realloc(events->holds, events->hold_room * sizeof *events->holds);
  }
  return &events->holds[events->hold_count++];
}

static void take_holds(Events *events, u32 records, In *in) {
  u64 index = 0, released = 0;
  for (u32 i = 0; i < records; i++) {
    HoldRow *hold = next_hold(events);
    hold->index = index += word(in);
    hold->released = released += word(in);
    hold->thread = (u32)word(in);
    u64 flags = word(in);
    hold->flags = (u32)(flags & (HOLD_INTERVAL - 1));
    hold->intervals = (u32)(flags / HOLD_INTERVAL);
    hold->held = word(in);
    hold->waited = word(in);
  }
}

static void take_gil(Events *events, u32 records, In *in) {
  EQUAL(records, 1);
  GilRow *gil = &events->gil;
  gil->known = 1;
  gil->switches = word(in);
  gil->interval = word(in);
  gil->open_count = (u32)word(in);
  CHECK(gil->open_count <= MOST_OPEN_ROWS);
  for (u32 i = 0; i < gil->open_count; i++) {
    gil->open[i].thread = (u32)word(in);
    u64 phase = word(in);
    CHECK(phase == 1 || phase == 2);
    gil->open[i].holding = phase == 2;
    gil->open[i].since = word(in);
  }
}

static void take_error_keys(Events *events, u32 records, In *in) {
  for (u32 i = 0; i < records; i++) {
    u64 id = word(in);
    CHECK(id < MAX_ERROR_KEYS);
    ErrorRow *row = &events->errors[id];
    CHECK(!row->known);
    row->known = 1;
    row->act = (u32)word(in);
    row->type = (u32)word(in);
    row->site = (u32)word(in);
  }
}

static void take_errors(Events *events, u32 records, In *in) {
  u64 id = 0;
  for (u32 i = 0; i < records; i++) {
    id += word(in);
    CHECK(id < MAX_ERROR_KEYS);
    ErrorRow *row = &events->errors[id];
    CHECK(row->known);
    row->count += word(in);
    row->chained += word(in);
    CHECK(row->chained <= row->count);
  }
}

static void take_calls(Events *events, u32 records, In *in) {
  u64 id = 0;
  for (u32 i = 0; i < records; i++) {
    id += word(in);
    CHECK(id < MAX_CALLS);
    events->calls[id] += word(in);
  }
}

int events_take(Events *events, u32 kind, u32 records, In *in) {
  switch (kind) {
    case WIRE_HOLDS: return take_holds(events, records, in), 1;
    case WIRE_GIL: return take_gil(events, records, in), 1;
    case WIRE_ERROR_KEYS: return take_error_keys(events, records, in), 1;
    case WIRE_ERRORS: return take_errors(events, records, in), 1;
    case WIRE_CALLS: return take_calls(events, records, in), 1;
    default: return 0;
  }
}

u64 events_errors(const Events *events) {
  u64 sum = 0;
  for (u32 id = 1; id < MAX_ERROR_KEYS; id++) sum += events->errors[id].count;
  return sum;
}
