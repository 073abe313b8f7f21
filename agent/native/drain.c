/* Counters in, one batch of what changed since the last one out (wire.h). Runs on the agent's thread without the GIL: it reads
   counters that only grow or move, so a value read early is completed by the next batch. Next: agent/drain.ts sends it. */
#include "core.h"
#include "out.h"

enum { SITE_BYTES = 16 + DEEPEST * 10, KEY_BYTES = 24, DELTA_BYTES = 48 };

static void put_site(Out *out, u32 id, u64 native, const Site *site) {
  put_unsigned(out, id);
  put_unsigned(out, native);
  put_unsigned(out, site ? site->depth : 0);
  for (u32 i = 0; site && i < site->depth; i++) {
    put_unsigned(out, site->frames[i].code);
    put_unsigned(out, site->frames[i].instruction);
  }
  out->records++;
}

static u64 loose_address(u32 i) { return state.loose[i].tag & ((1ul << 60) - 1); }
/* `defined` of a loose key goes up by one with each thing that was sent: its site, then itself. */
enum { NOTHING_SENT, SITE_SENT, KEY_SENT };

/* 1 when everything up to `until` is in. */
static int put_sites(Out *out, u32 until) {
  section_open(out, WIRE_SITES);
  while (state.sites_sent < until && room(out, SITE_BYTES)) {
    const Site *site = &state.sites[++state.sites_sent];
    put_site(out, state.sites_sent, site->native ? state.natives[site->native] : 0, site);
  }
  for (u32 i = 0; i < MAX_LOOSE && room(out, SITE_BYTES); i++)
    if (state.loose_sent[i].defined == NOTHING_SENT && __atomic_load_n(&state.loose[i].tag, __ATOMIC_ACQUIRE)) {
      put_site(out, MAX_SITES + i, loose_address(i), NULL);
      state.loose_sent[i].defined = SITE_SENT;
    }
  section_close(out);
  return state.sites_sent == until && room(out, SITE_BYTES);
}

static void put_key(Out *out, u32 id, u32 type, u32 site, u32 domain) {
  put_unsigned(out, id);
  put_unsigned(out, type);
  put_unsigned(out, site);
  put_unsigned(out, domain);
  out->records++;
}

static int put_keys(Out *out, u32 until) {
  section_open(out, WIRE_KEYS);
  while (state.keys_sent < until && room(out, KEY_BYTES)) {
    const Key *key = &state.keys[++state.keys_sent];
    put_key(out, state.keys_sent, key->type, key->site, key->domain);
  }
  for (u32 i = 0; i < MAX_LOOSE && room(out, KEY_BYTES); i++)
    if (state.loose_sent[i].defined == SITE_SENT) {
      put_key(out, LOOSE_KEY + i, 0, MAX_SITES + i, (u32)(state.loose[i].tag >> 60));
      state.loose_sent[i].defined = KEY_SENT;
    }
  section_close(out);
  return state.keys_sent == until && room(out, KEY_BYTES);
}

static void put_delta(Out *out, u32 id, u32 *before, const Sent *now, Sent *sent) {
  i64 allocations = (i64)(now->allocations - sent->allocations), frees = (i64)(now->frees - sent->frees);
  i64 allocated = (i64)(now->allocated_bytes - sent->allocated_bytes), freed = (i64)(now->freed_bytes - sent->freed_bytes);
  if (!allocations && !frees && !allocated && !freed) return;
  put_unsigned(out, id - *before);
  put_signed(out, allocations);
  put_signed(out, frees);
  put_signed(out, allocated);
  put_signed(out, freed);
  *before = id;
  out->records++;
  state.produced_allocations += (u64)allocations;
  state.produced_frees += (u64)frees;
  u64 defined = sent->defined;
  *sent = *now;
  sent->defined = defined;
}

static void put_key_delta(Out *out, u32 id, u32 *before) {
  const Counters *c = &state.counters[id];
  Sent now = {READ(c->allocations), READ(c->frees) + READ(c->loose_frees), READ(c->allocated_bytes), READ(c->freed_bytes) + READ(c->loose_freed_bytes), 0};
  put_delta(out, id, before, &now, &state.sent[id]);
}
static void put_loose_delta(Out *out, u32 i, u32 *before) {
  const Loose *l = &state.loose[i];
  Sent now = {READ(l->allocations), READ(l->frees), READ(l->allocated_bytes), READ(l->freed_bytes), 0};
  if (state.loose_sent[i].defined == KEY_SENT) put_delta(out, LOOSE_KEY + i, before, &now, &state.loose_sent[i]);
}

static int put_deltas(Out *out) {
  u32 before = 0;
  section_open(out, WIRE_DELTAS);
  for (u32 id = 1; id <= state.keys_sent && room(out, DELTA_BYTES); id++) put_key_delta(out, id, &before);
  for (u32 i = 0; i < MAX_LOOSE && room(out, DELTA_BYTES); i++) put_loose_delta(out, i, &before);
  section_close(out);
  return room(out, DELTA_BYTES);
}

static u64 errors_counted(void) { return state.produced_errors + READ(state.errors.dropped); }

static void put_header(Out *out, u16 sections, int last) {
  WireHeader *header = (WireHeader *)out->start;
  u64 dropped_allocations = READ(state.dropped_allocations) + READ(state.loose_dropped_allocations), dropped_holds = READ(state.gil.dropped);
  *header = (WireHeader){WIRE_MAGIC, WIRE_VERSION, sections, (u32)(out->at - out->start), last ? WIRE_LAST : 0, state.sequence++, os_now(),
                         state.produced_allocations + dropped_allocations, state.produced_frees, dropped_allocations, 0,
                         state.produced_holds + dropped_holds, dropped_holds, errors_counted(), READ(state.errors.dropped)};
}

static int put_lifecycle_sections(Out *out, u32 sites, u32 keys, u16 *sections) {
  *sections = 1;
  if (!put_sites(out, sites)) return 0;
  *sections = 2;
  if (!put_keys(out, keys)) return 0;
  *sections = 3;
  return put_deltas(out);
}

/* Bytes written; `*more` is 1 when the buffer was too small for everything: call again at once. `last` marks the batch that ends it, when nothing more is left. */
u64 drain(u8 *buffer, u64 capacity, u32 last, u32 *more) {
  Out out = {buffer, buffer + sizeof(WireHeader), buffer + capacity, NULL, 0};
  u32 error_keys = __atomic_load_n(&state.errors.key_count, __ATOMIC_ACQUIRE);
  u32 keys = __atomic_load_n(&state.key_count, __ATOMIC_ACQUIRE);
  u32 sites = __atomic_load_n(&state.site_count, __ATOMIC_ACQUIRE);
  for (u32 i = 0; i < MAX_TYPE_CHECKS; i++) __atomic_store_n(&state.type_checks[i], 0ul, __ATOMIC_RELAXED);
  state.drained_at = os_now();
  u16 sections = 0;
  int complete = put_lifecycle_sections(&out, sites, keys, &sections) && put_error_sections(&out, error_keys, &sections) &&
                 put_call_section(&out, &sections) && put_gil_sections(&out, &sections) && put_watch_sections(&out, &sections);
  *more = !complete;
  put_header(&out, sections, last && complete);
  return (u64)(out.at - out.start);
}
