/* Addresses and stacks in, small ids out: each kept once, in a hash table of ids. Written under the GIL only, read by drain.c without it:
   an entry is complete before its count is published. `loose_id` alone is for threads without the GIL. Next: lifecycle.c. */
#include "core.h"

static void publish(u32 *count, u32 value) { __atomic_store_n(count, value, __ATOMIC_RELEASE); }

/* Id of `value` in an array that starts at 1; 0 when there is no room. `*made` tells whether it is new. */
static u32 intern(u64 value, u64 *values, u32 *count, u32 capacity, u32 *buckets, int *made) {
  u32 mask = capacity * 2 - 1, at = (u32)mix(value >> 4) & mask;
  *made = 0;
  for (; buckets[at]; at = (at + 1) & mask)
    if (values[buckets[at]] == value) return buckets[at];
  if (*count + 1 >= capacity) return 0;
  u32 id = *count + 1;
  values[id] = value;
  buckets[at] = id;
  publish(count, id);
  *made = 1;
  return id;
}

/* A strong reference keeps the code object, and so the meaning of its address, until detach. */
u32 code_id(u64 code) {
  int made;
  u32 id = intern(code, state.codes, &state.code_count, MAX_CODES, state.code_buckets, &made);
  if (made) state.target.inc_ref((void *)code);
  return id;
}

u32 type_id(u64 type) {
  int made;
  if (!type) return 0;
  u32 id = intern(type, state.types, &state.type_count, MAX_TYPES, state.type_buckets, &made);
  if (made && is_heap_type(type)) state.target.inc_ref((void *)type);
  return id;
}

u32 native_id(u64 address) {
  int made;
  return address ? intern(address, state.natives, &state.native_count, MAX_NATIVES, state.native_buckets, &made) : 0;
}

static u32 site_hash(const Site *site) {
  u64 hash = mix(site->native + 1ul);
  for (u32 i = 0; i < site->depth; i++) hash = mix(hash ^ ((u64)site->frames[i].code << 32 | site->frames[i].instruction));
  return (u32)(hash >> 7);
}

static int site_equal(const Site *a, const Site *b) {
  if (a->native != b->native || a->depth != b->depth) return 0;
  for (u32 i = 0; i < a->depth; i++)
    if (a->frames[i].code != b->frames[i].code || a->frames[i].instruction != b->frames[i].instruction) return 0;
  return 1;
}

static void site_copy(Site *to, const Site *from) {
  to->native = from->native;
  to->depth = from->depth;
  for (u32 i = 0; i < from->depth; i++) to->frames[i] = from->frames[i];
}

/* When the table is full, what is new shares one site: counted, only its place is lost. */
u32 site_id(const Site *site) {
  u32 mask = MAX_SITES * 2 - 1, at = site_hash(site) & mask;
  for (; state.site_buckets[at]; at = (at + 1) & mask)
    if (site_equal(&state.sites[state.site_buckets[at]], site)) return state.site_buckets[at];
  if (state.site_count + 1 >= MAX_SITES) return OVERFLOW_SITE;
  u32 id = state.site_count + 1;
  site_copy(&state.sites[id], site);
  state.site_buckets[at] = id;
  publish(&state.site_count, id);
  return id;
}

static u32 key_intern(u32 type, u32 site, u32 domain, u32 inferred) {
  u64 content = (u64)site << 32 | (u64)type << 8 | inferred << 4 | domain;
  u32 mask = MAX_KEYS * 2 - 1, at = (u32)mix(content) & mask;
  for (; state.key_buckets[at]; at = (at + 1) & mask) {
    const Key *key = &state.keys[state.key_buckets[at]];
    if (key->type == type && key->site == site && key->domain == domain && key->inferred == inferred) return state.key_buckets[at];
  }
  if (state.key_count + 1 >= MAX_KEYS) return 0;
  u32 id = state.key_count + 1;
  state.keys[id] = (Key){type, site, (u8)domain, (u8)inferred};
  state.key_buckets[at] = id;
  publish(&state.key_count, id);
  return id;
}

/* When there is no room for a key of its own, the block counts at the site of what found no place. */
u32 key_id(u64 tag, u32 site) {
  u32 domain = TAG_DOMAIN(tag);
  u32 id = key_intern(type_id(TAG_TYPE(tag)), site, domain, tag & INFERRED ? 1 : 0);
  return id ? id : key_intern(0, OVERFLOW_SITE, domain, 0);
}

u32 loose_id(u64 address, u32 domain) {
  u64 tag = address | (u64)domain << 60;
  u32 at = (u32)mix(tag) & (MAX_LOOSE - 1);
  for (u32 tries = 0; tries < 64; tries++, at = (at + 1) & (MAX_LOOSE - 1)) {
    u64 found = __atomic_load_n(&state.loose[at].tag, __ATOMIC_ACQUIRE), nothing = 0;
    if (!found && __atomic_compare_exchange_n(&state.loose[at].tag, &nothing, tag, 0, __ATOMIC_ACQ_REL, __ATOMIC_ACQUIRE)) return at;
    if (found == tag || nothing == tag) return at;
  }
  return 0; /* shared by what found no place; still counted */
}
