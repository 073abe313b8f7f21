/* A rule that was broken in, counted by rule, function, API function, type and place; also from threads without the GIL. Next: agent/audit-rows.ts. */
#include "core.h"
#include "audit.h"

static void lock(void) {
  while (__atomic_exchange_n(&audit.lock, 1u, __ATOMIC_ACQUIRE)) {
  }
}
static void unlock(void) { __atomic_store_n(&audit.lock, 0u, __ATOMIC_RELEASE); }

void audit_find(u32 rule, u32 entry, u32 api, u64 type, u64 address, u32 guarded) {
  u32 known = type && thread_with_gil() ? type_id(type) : 0;
  lock();
  u32 id = 1;
  for (; id <= audit.finding_count; id++) {
    const AuditFinding *at = &audit.findings[id];
    if (at->rule == rule && at->entry == entry && at->api == api && at->type == known && at->address == address) break;
  }
  if (id < MAX_FINDINGS) {
    if (id > audit.finding_count) {
      audit.findings[id] = (AuditFinding){rule, entry, api, known, address, 0, 0};
      __atomic_store_n(&audit.finding_count, id, __ATOMIC_RELEASE);
    }
    BUMP(audit.findings[id].count, 1);
    BUMP(audit.findings[id].guarded, guarded);
  }
  unlock();
}

enum { MISSED_HINTS = 1024 };
static u32 missed_last[MISSED_HINTS];

/* A call of the C API while no known function of the module is open in this thread. */
void audit_miss(u32 api, u64 address) {
  /* A module with functions that were not found calls from few places, millions of times. */
  u32 *last = &missed_last[mix(address ^ api) & (MISSED_HINTS - 1)];
  lock();
  u32 id = *last && *last <= audit.missed_count && audit.missed[*last].api == api && audit.missed[*last].address == address ? *last : 1;
  while (id <= audit.missed_count && (audit.missed[id].api != api || audit.missed[id].address != address)) id++;
  if (id < MAX_MISSED) {
    audit.missed[id].api = api;
    audit.missed[id].address = address;
    BUMP(audit.missed[id].calls, 1);
    if (id > audit.missed_count) __atomic_store_n(&audit.missed_count, id, __ATOMIC_RELEASE);
    *last = id;
  }
  unlock();
}
