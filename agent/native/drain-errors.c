/* Error keys and their counts in, their sections of a batch out. Next: drain.c. */
#include "core.h"
#include "out.h"

#define ERRORS (state.errors)
enum { KEY_BYTES = 24, COUNT_BYTES = 32 };

static int put_error_keys(Out *out, u32 until) {
  section_open(out, WIRE_ERROR_KEYS);
  while (ERRORS.keys_sent < until && room(out, KEY_BYTES)) {
    const ErrorKey *key = &ERRORS.keys[++ERRORS.keys_sent];
    put_unsigned(out, ERRORS.keys_sent);
    put_unsigned(out, key->act);
    put_unsigned(out, key->type);
    put_unsigned(out, key->site);
    out->records++;
  }
  section_close(out);
  return ERRORS.keys_sent == until;
}

static void put_error_count(Out *out, u32 id, u32 *before) {
  ErrorCount *sent = &ERRORS.sent[id];
  u64 chained = READ(ERRORS.counts[id].chained), count = READ(ERRORS.counts[id].count);
  if (count == sent->count) return;
  if (chained > count) chained = count;
  put_unsigned(out, id - *before);
  put_unsigned(out, count - sent->count);
  put_unsigned(out, chained - sent->chained);
  out->records++;
  state.produced_errors += count - sent->count;
  *sent = (ErrorCount){count, chained};
  *before = id;
}

static int put_error_counts(Out *out) {
  u32 before = 0, id = 1;
  section_open(out, WIRE_ERRORS);
  for (; id <= ERRORS.keys_sent && room(out, COUNT_BYTES); id++) put_error_count(out, id, &before);
  section_close(out);
  return id > ERRORS.keys_sent;
}

/* `keys`: how many there were before the sites of this batch were counted, so that every site they name is in it. */
int put_error_sections(Out *out, u32 keys, u16 *sections) {
  if (!keys) return 1;
  int complete = put_error_keys(out, keys);
  *sections = (u16)(*sections + 1);
  if (!complete) return 0;
  complete = put_error_counts(out);
  *sections = (u16)(*sections + 1);
  return complete;
}
