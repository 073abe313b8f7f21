/* Counters in, one batch of what changed since the last one out (wire.h). Runs on the agent's thread without the GIL: it reads
   counters that only grow or move, so a value read early is completed by the next batch. Next: agent/drain.ts sends it. */
#include "core.h"
#include "wire.h"

enum { SITE_BYTES = 16 + DEEPEST * 10, KEY_BYTES = 24, DELTA_BYTES = 48 };

typedef struct {
  u8 *start, *at, *end;
  WireSection *section;
  u32 records;
} Out;

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

static void put_unsigned(Out *out, u64 value) {
  for (; value >= 0x80; value >>= 7) *out->at++ = (u8)(value | 0x80);
  *out->at++ = (u8)value;
}
static void put_signed(Out *out, i64 value) { put_unsigned(out, ((u64)value << 1) ^ (u64)(value >> 63)); }

static void section_open(Out *out, u32 kind) {
  out->section = (WireSection *)out->at;
  *out->section = (WireSection){kind, 0, 0, 0};
  out->at += sizeof(WireSection);
  out->records = 0;
}
static void section_close(Out *out) {
  u8 *body = (u8 *)(out->section + 1);
  out->section->records = out->records;
  out->section->bytes = (u32)(out->at - body);
  out->section->crc = crc_of(body, (u64)(out->at - body));
}
/* Room for one more record, and for the headers of the sections that still follow. */
static int room(const Out *out, u64 bytes) { return (u64)(out->end - out->at) > bytes + 3 * sizeof(WireSection); }

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

#define READ(word) __atomic_load_n(&(word), __ATOMIC_RELAXED)

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

static void put_header(Out *out, u16 sections, int last) {
  WireHeader *header = (WireHeader *)out->start;
  u64 dropped_allocations = READ(state.dropped_allocations) + READ(state.loose_dropped_allocations);
  *header = (WireHeader){WIRE_MAGIC, WIRE_VERSION, sections, (u32)(out->at - out->start), last ? WIRE_LAST : 0, state.sequence++, os_now(),
                         state.produced_allocations + dropped_allocations, state.produced_frees, dropped_allocations, 0};
}

/* Bytes written; `*more` is 1 when the buffer was too small for everything: call again at once. `last` marks the batch that ends it, when nothing more is left. */
u64 drain(u8 *buffer, u64 capacity, u32 last, u32 *more) {
  Out out = {buffer, buffer + sizeof(WireHeader), buffer + capacity, NULL, 0};
  u32 keys = __atomic_load_n(&state.key_count, __ATOMIC_ACQUIRE);
  u32 sites = __atomic_load_n(&state.site_count, __ATOMIC_ACQUIRE);
  for (u32 i = 0; i < MAX_TYPE_CHECKS; i++) __atomic_store_n(&state.type_checks[i], 0ul, __ATOMIC_RELAXED);
  state.drained_at = os_now();
  u16 sections = 1;
  int complete = put_sites(&out, sites);
  if (complete) complete = (sections++, put_keys(&out, keys));
  if (complete) complete = (sections++, put_deltas(&out));
  *more = !complete;
  put_header(&out, sections, last && complete);
  return (u64)(out.at - out.start);
}
