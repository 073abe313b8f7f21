/* Functions of the audited module and its slots of the C API in, a stub for each out; kept for ever, for a thread may be inside. Next: audit-scope.c. */
#include "core.h"
#include "audit-past.h"

Audit audit;
u32 audit_running;
u16 audit_filter[1 << FILTER_BITS];

typedef struct { void **place; u64 bytes; u64 kept; } Table;
static const Table tables[] = {
    {(void **)&audit.entries, sizeof(Entry) * MAX_ENTRIES, 1},
    {(void **)&audit.entry_buckets, 8ul * MAX_ENTRIES, 1},
    {(void **)&audit.apis, sizeof(ApiSlot) * MAX_API_SLOTS, 1},
    {(void **)&audit.threads, sizeof(ThreadScopes) * MAX_AUDIT_THREADS, 1},
    {(void **)&audit.thread_list, 4ul * MAX_AUDIT_THREADS, 1},
    {(void **)&audit.ranges, 16ul * MOST_AUDIT_RANGES, 0},
    {(void **)&audit.rows, sizeof(AuditRow) * MAX_AUDIT_ROWS, 0},
    {(void **)&audit.row_buckets, 8ul * MAX_AUDIT_ROWS, 0},
    {(void **)&audit.kept, sizeof(Kept) * MAX_KEPT, 0},
    {(void **)&audit.kept_buckets, 4ul * MAX_KEPT, 0},
    {(void **)&audit.owner_buckets, 4ul * MAX_KEPT, 0},
    {(void **)&audit.findings, sizeof(AuditFinding) * MAX_FINDINGS, 0},
    {(void **)&audit.missed, sizeof(Missed) * MAX_MISSED, 0},
};
enum { TABLES = sizeof tables / sizeof tables[0] };

void audit_end(void) {
  for (u32 i = 0; i < TABLES; i++)
    if (*tables[i].place && !tables[i].kept) os_empty(*tables[i].place, tables[i].bytes);
  for (u32 i = 0; i < sizeof audit_filter / sizeof audit_filter[0]; i++) audit_filter[i] = 0;
  audit.row_count = audit.finding_count = audit.missed_count = audit.range_count = 0;
  audit.kept_count = audit.kept_free = 0;
  audit_running = 0;
  globals_forget();
  audit.scopes = audit.dropped = audit.cursor = audit.found = 0;
  for (u32 i = 1; audit.entries && i <= audit.entry_count; i++) audit.entries[i].calls = 0;
}

static int prepare(const AuditTarget *at) {
  for (u32 i = 0; i < TABLES; i++)
    if (!*tables[i].place && !(*tables[i].place = os_reserve(tables[i].bytes))) return 0;
  audit_end();
  blocks_prepare();
  cycles_prepare();
  audit.at = *at;
  return 1;
}

/* Scopes that were open when an earlier audit stopped are not known any more: their frames only pass through. */
static void begin(void) {
  audit.generation++;
  __atomic_store_n(&audit.on, 1u, __ATOMIC_RELEASE);
}

void audit_stop(void) { __atomic_store_n(&audit.on, 0u, __ATOMIC_RELEASE); }

static void range(u64 from, u64 to) {
  if (audit.range_count >= MOST_AUDIT_RANGES) return;
  audit.ranges[2 * audit.range_count] = from;
  audit.ranges[2 * audit.range_count + 1] = to;
  audit.range_count++;
}

static void relro(u64 from, u64 to) {
  audit.relro[0] = from;
  audit.relro[1] = to;
}

int is_audited_code(u64 address) {
  for (u32 i = 0; i < audit.range_count; i++)
    if (address - audit.ranges[2 * i] < audit.ranges[2 * i + 1] - audit.ranges[2 * i]) return 1;
  return 0;
}

u64 entry_stub(u32 entry) { return (u64)audit_entry_stubs + 16ul * entry; }

/* The function that a stub stands for; anything else is itself. */
u64 audit_unstub(u64 address) {
  if (!is_entry_stub(address)) return address;
  u64 entry = (address - (u64)audit_entry_stubs) / 16;
  return entry && entry <= audit.entry_count ? audit.entries[entry].function : address;
}

/* Type slots share one entry for a function and a shape, because CPython compares slots of types with each other; a PyMethodDef has its own. 0: none is left. */
u32 entry_of(u64 function, u64 slot, u32 shape, u32 gives, u64 name, u64 owner) {
  u32 mask = 2 * MAX_ENTRIES - 1, at = (u32)mix(function ^ slot << 20 ^ shape) & mask;
  for (; audit.entry_buckets[at]; at = (at + 1) & mask) {
    Entry *known = &audit.entries[audit.entry_buckets[at]];
    if (known->function != function || known->slot != slot || known->shape != shape || known->gives != gives) continue;
    known->name = name;
    known->owner = owner;
    return audit.entry_buckets[at];
  }
  if (audit.entry_count + 1 >= MAX_ENTRIES) return 0;
  u32 id = audit.entry_count + 1;
  audit.entries[id] = (Entry){function, slot, name, owner, 0, shape, gives};
  audit.entry_buckets[at] = id;
  __atomic_store_n(&audit.entry_count, id, __ATOMIC_RELEASE);
  return id;
}

/* A stub for a slot of the API; 0: none is left. A slot keeps its own for ever. */
static u64 call(u64 slot, u64 target, const ApiRule *rule) {
  u32 id = 0;
  while (id < audit.api_count && (audit.apis[id].slot != slot || audit.apis[id].target != target)) id++;
  if (id >= MAX_API_SLOTS) return 0;
  audit.apis[id].slot = slot;
  audit.apis[id].target = target;
  audit.apis[id].rule = *rule;
  if (id == audit.api_count) __atomic_store_n(&audit.api_count, id + 1, __ATOMIC_RELEASE);
  return (u64)(rule->flags & API_VARIADIC ? audit_copy_stubs : audit_call_stubs) + 16ul * id;
}

/* The last look at every reference that is kept; under the GIL. */
static void settle(void) {
  kept_forget_held();
  cycles_settle();
  kept_look(MAX_KEPT);
}

const AuditDoors audit_doors = {&audit, prepare, begin, audit_stop, audit_end, range, relro, audit_visit_all, audit_visit_items, call, audit_unstub, audit_methods, settle, globals_scan, globals_look, globals_follow, cycles_step, audit_bind};
