/* Reads the wire as docs/wire-format.md tells it, by code of its own. Next: the tests ask for counts. */
#include "ledger.h"

#include "../../agent/native/wire.h"
#include "check.h"
#include "world.h"

enum { SITES = MAX_SITES + MAX_LOOSE, KEYS = MAX_KEYS + MAX_LOOSE, MOST_BATCHES = 1 << 14 };

typedef struct {
  u64 native;
  u32 depth, known;
  struct { u32 code, instruction; } frames[DEEPEST];
} SiteRow;
typedef struct {
  u32 type, site, domain, known;
  Counts counts;
} KeyRow;

struct Ledger {
  SiteRow *sites;
  KeyRow *keys;
  u64 batches, produced_allocations, produced_frees, dropped;
  u32 last_key;
  int negative;
  Events *events;
};

Ledger *ledger_new(void) {
  Ledger *ledger = calloc(1, sizeof *ledger);
  ledger->sites = calloc(SITES, sizeof *ledger->sites);
  ledger->keys = calloc(KEYS, sizeof *ledger->keys);
  ledger->events = events_new();
  return ledger;
}

void ledger_free(Ledger *ledger) {
  free(ledger->sites);
  free(ledger->keys);
  events_free(ledger->events);
  free(ledger);
}

static void take_site(Ledger *ledger, In *in) {
  u64 id = word(in);
  CHECK(id < SITES);
  SiteRow *site = &ledger->sites[id];
  CHECK(!site->known);
  site->known = 1;
  site->native = word(in);
  site->depth = (u32)word(in);
  CHECK(site->depth <= DEEPEST);
  for (u32 i = 0; i < site->depth; i++) {
    site->frames[i].code = (u32)word(in);
    site->frames[i].instruction = (u32)word(in);
  }
}

static void take_key(Ledger *ledger, In *in) {
  u64 id = word(in);
  CHECK(id < KEYS);
  KeyRow *key = &ledger->keys[id];
  CHECK(!key->known);
  key->known = 1;
  key->type = (u32)word(in);
  key->site = (u32)word(in);
  key->domain = (u32)word(in);
  CHECK(ledger->sites[key->site].known);
  if (id > ledger->last_key) ledger->last_key = (u32)id;
}

static void take_delta(Ledger *ledger, In *in, u64 *id) {
  *id += word(in);
  CHECK(*id < KEYS);
  KeyRow *key = &ledger->keys[*id];
  CHECK(key->known);
  i64 allocations = signed_word(in);
  if (allocations < 0) ledger->negative = 1;
  key->counts.allocations += allocations;
  key->counts.frees += signed_word(in);
  key->counts.allocated += signed_word(in);
  key->counts.freed += signed_word(in);
}

static const u8 *take_section(Ledger *ledger, const u8 *at, const u8 *end) {
  WireSection section;
  CHECK(at + sizeof section <= end);
  memcpy(&section, at, sizeof section);
  In in = {at + sizeof section, at + sizeof section + section.bytes};
  CHECK(in.end <= end);
  CHECK(crc(in.at, section.bytes) == section.crc);
  u64 id = 0;
  u32 records = events_take(ledger->events, section.kind, section.records, &in) ? 0 : section.records;
  for (u32 i = 0; i < records; i++) {
    if (section.kind == WIRE_SITES) take_site(ledger, &in);
    else if (section.kind == WIRE_KEYS) take_key(ledger, &in);
    else take_delta(ledger, &in, &id);
  }
  CHECK(in.at == in.end);
  return in.end;
}

static void take_batch(Ledger *ledger, const u8 *bytes, u64 length, u32 is_last) {
  WireHeader header;
  memcpy(&header, bytes, sizeof header);
  CHECK(header.magic == WIRE_MAGIC && header.version == WIRE_VERSION);
  EQUAL(header.bytes, length);
  EQUAL(header.sequence, ledger->batches++);
  EQUAL(header.flags & WIRE_LAST, is_last ? WIRE_LAST : 0);
  const u8 *at = bytes + sizeof header;
  for (int i = 0; i < header.sections; i++) at = take_section(ledger, at, bytes + length);
  CHECK(at == bytes + length);
  ledger->produced_allocations = header.produced_allocations;
  ledger->produced_frees = header.produced_frees;
  ledger->dropped = header.dropped_allocations;
  ledger->events->produced_holds = header.produced_holds;
  ledger->events->dropped_holds = header.dropped_holds;
  ledger->events->produced_errors = header.produced_errors;
  ledger->events->dropped_errors = header.dropped_errors;
}

u32 ledger_take(Ledger *ledger, u64 capacity, u32 last) {
  u8 *buffer = malloc(capacity);
  u32 more = 1, batches = 0;
  for (; more && batches < MOST_BATCHES; batches++) {
    u64 length = door()->drain(buffer, capacity, last, &more);
    CHECK(length <= capacity);
    take_batch(ledger, buffer, length, last && !more);
  }
  CHECK(!more);
  free(buffer);
  return batches;
}

static void add(Counts *sum, const Counts *one) {
  sum->allocations += one->allocations;
  sum->frees += one->frees;
  sum->allocated += one->allocated;
  sum->freed += one->freed;
}

static u64 type_of(const KeyRow *key) { return key->type ? state.types[key->type] : 0; }
static u64 code_of(const SiteRow *site) { return site->depth ? state.codes[site->frames[0].code] : NOWHERE; }

static int matches(u64 wanted, u64 found) { return wanted == ANY || wanted == found; }

Counts ledger_counts(const Ledger *ledger, u64 type, u64 domain, u64 code, u64 instruction) {
  Counts sum = {0, 0, 0, 0};
  for (u32 id = 0; id <= ledger->last_key; id++) {
    const KeyRow *key = &ledger->keys[id];
    const SiteRow *site = &ledger->sites[key->site];
    if (key->known && matches(type, type_of(key)) && matches(domain, key->domain) && matches(code, code_of(site)) &&
        (instruction == ANY || (site->depth && site->frames[0].instruction == instruction)))
      add(&sum, &key->counts);
  }
  return sum;
}

Counts ledger_native(const Ledger *ledger, u64 native) {
  Counts sum = {0, 0, 0, 0};
  for (u32 id = 0; id <= ledger->last_key; id++)
    if (ledger->keys[id].known && ledger->sites[ledger->keys[id].site].native == native) add(&sum, &ledger->keys[id].counts);
  return sum;
}

u32 ledger_sites(const Ledger *ledger, u64 code, u32 *depth) {
  u32 found = 0, deepest = 0;
  for (u32 id = 0; id < SITES; id++) {
    const SiteRow *site = &ledger->sites[id];
    if (!site->known || code_of(site) != code) continue;
    found++;
    if (site->depth > deepest) deepest = site->depth;
  }
  if (depth) *depth = deepest;
  return found;
}

void ledger_balance(const Ledger *ledger) {
  Counts all = ledger_counts(ledger, ANY, ANY, ANY, ANY);
  u64 totals[4];
  door()->totals(totals);
  const Events *events = ledger->events;
  EQUAL(ledger->produced_allocations, (u64)all.allocations + ledger->dropped);
  EQUAL(ledger->produced_frees, all.frees);
  EQUAL(totals[0], ledger->produced_allocations);
  EQUAL(totals[1], ledger->produced_frees);
  EQUAL(events->produced_holds, events->hold_count + events->dropped_holds);
  EQUAL(totals[2], events->produced_holds);
  EQUAL(events->produced_errors, events_errors(events) + events->dropped_errors);
  EQUAL(totals[3], events->produced_errors);
}

ErrorSum ledger_errors(const Ledger *ledger, u32 act, u64 type, u64 code, u64 instruction) {
  ErrorSum sum = {0, 0, 0};
  for (u32 id = 1; id < MAX_ERROR_KEYS; id++) {
    const ErrorRow *row = &ledger->events->errors[id];
    const SiteRow *site = &ledger->sites[row->site];
    if (!row->known) continue;
    CHECK(site->known);
    if (row->act != act || !matches(type, row->type ? state.types[row->type] : 0) || !matches(code, code_of(site))) continue;
    if (instruction != ANY && (!site->depth || site->frames[0].instruction != instruction)) continue;
    sum.count += row->count;
    sum.chained += row->chained;
    sum.native = site->native;
  }
  return sum;
}

const Events *ledger_events(const Ledger *ledger) { return ledger->events; }

u64 ledger_dropped(const Ledger *ledger) { return ledger->dropped; }
int ledger_negative(const Ledger *ledger) { return ledger->negative; }
