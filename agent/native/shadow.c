/* A block's address in, the word that remembers its key and size out. Regions of 16 MiB are reserved when first touched and stay reserved. Next: drain.c. */
#include "core.h"

enum { REGION_BYTES = REGION_WORDS * 8 };

u64 *shadow_make(u64 block) {
  u64 *found = shadow_find(block);
  u64 region = block >> REGION_BITS;
  if (LIKELY(found != NULL) || region >= MAX_REGIONS) return found;
  u64 *words = os_reserve(REGION_BYTES), *nothing = NULL;
  if (!words) return NULL;
  /* Two threads may race here when one has no GIL; the loser's reservation is never touched and costs no memory. */
  if (__atomic_compare_exchange_n(&state.regions[region], &nothing, words, 0, __ATOMIC_ACQ_REL, __ATOMIC_ACQUIRE)) {
    u32 at = __atomic_fetch_add(&state.region_count, 1u, __ATOMIC_ACQ_REL);
    if (at < MAX_LISTED_REGIONS) state.region_list[at] = (u32)region;
  }
  return shadow_find(block);
}

void shadow_empty(void) {
  u32 count = __atomic_load_n(&state.region_count, __ATOMIC_ACQUIRE);
  for (u32 i = 0; i < count && i < MAX_LISTED_REGIONS; i++) os_empty(state.regions[state.region_list[i]], REGION_BYTES);
}
