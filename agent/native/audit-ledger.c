/* Balances of scopes in; rows by function, role, API function and type out, less what was freed or given back since. Under the GIL. Next: agent/audit-rows.ts. */
#include "core.h"
#include "audit-past.h"

/* Where the row of such a touch was found the last time. */
enum { ROW_HINTS = 1024 };
static u32 row_last[ROW_HINTS];

static int is_row(const AuditRow *row, u32 entry, u32 role, u32 api, u64 type) {
  return row->type_address == type && row->entry == entry && row->role == role && row->api == api;
}

static AuditRow *find_row(u32 entry, u32 role, u32 api, u64 type) {
  u32 mask = 2 * MAX_AUDIT_ROWS - 1, at = (u32)mix((type >> 4) ^ (u64)entry << 40 ^ (u64)role << 32 ^ (u64)api << 52) & mask;
  for (; audit.row_buckets[at]; at = (at + 1) & mask) {
    AuditRow *row = &audit.rows[audit.row_buckets[at]];
    if (is_row(row, entry, role, api, type)) return row;
  }
  if (audit.row_count + 1 >= MAX_AUDIT_ROWS) return NULL;
  u32 id = audit.row_count + 1;
  audit.rows[id] = (AuditRow){type, 0, entry, role, api, type_id(type), 0, 0, 0, 0, {0}};
  audit.row_buckets[at] = id;
  __atomic_store_n(&audit.row_count, id, __ATOMIC_RELEASE);
  return &audit.rows[id];
}

AuditRow *row_of(u32 entry, u32 role, u32 api, u64 type) {
  u32 *last = &row_last[(entry * 8 + role + api * 5 + (u32)(type >> 5)) & (ROW_HINTS - 1)];
  AuditRow *row = &audit.rows[*last];
  if (LIKELY(is_row(row, entry, role, api, type) && type)) return row;
  row = find_row(entry, role, api, type);
  *last = row ? (u32)(row - audit.rows) : 0;
  return row;
}

/* How many touches and kept entries there are of addresses like this one: what is freed is looked for only then. */
void filter_add(u64 address) {
  u16 *count = &audit_filter[filter_at(address)];
  if (*count < 0xffff) ++*count;
}
void filter_remove(u64 address) {
  u16 *count = &audit_filter[filter_at(address)];
  if (*count && *count < 0xffff) --*count;
}

static u32 *bucket_of(u64 block) { return &audit.kept_buckets[(u32)mix(block >> 4) & (MAX_KEPT - 1)]; }

/* One reference that is kept counts while its object lives. Of several only as many as its count has really grown by, and fewer when most
   were given back each time before the function met the object again: by an argument tuple, a traceback. */
static i64 counted(const Kept *kept) {
  i64 count = reference_count(kept->object), grown = count - kept->first, sum = kept->owner || !count ? 0 : kept->sum;
  i64 stayed = kept->stayed + kept->own;
  if (sum > 0 && 2 * stayed < sum && stayed < grown) grown = stayed;
  if (sum > 0) return grown < 1 ? 1 : grown < sum ? grown : sum;
  /* Everybody takes and gives None: that it went down by the half says enough. */
  if (kept->object == audit.at.none && 2 * grown <= sum) return sum;
  if (sum < 0 && !kept->sure && grown < kept->stayed) grown = kept->stayed;
  if (sum < 0) return grown > -1 ? -(i64)kept->sure : grown > sum ? grown : sum;
  return 0;
}

static void recount(Kept *kept) {
  i64 now = counted(kept);
  BUMP(audit.rows[kept->row].references, now - kept->counted);
  kept->counted = now;
}

static Kept *new_kept(const Touch *touch, u32 row) {
  u32 id = audit.kept_free;
  if (id) audit.kept_free = audit.kept[id].next;
  else if (audit.kept_count + 1 < MAX_KEPT) id = ++audit.kept_count;
  else return NULL;
  u32 *bucket = bucket_of(touch->block);
  audit.kept[id] = (Kept){touch->object, touch->block, 0, 0, 0, 0, 0, 0, 0, row, *bucket, 0, 0, 0, 0};
  *bucket = id;
  follow(touch->object, touch->block);
  return &audit.kept[id];
}

static u32 *owned_by(u64 owner) { return &audit.owner_buckets[(u32)mix(owner >> 4) & (MAX_KEPT - 1)]; }

static void own_by(Kept *kept, u64 owner) {
  u32 *bucket = owned_by(owner);
  kept->owner = owner;
  kept->owner_next = *bucket;
  *bucket = (u32)(kept - audit.kept);
  filter_add(owner);
}

static void disown(Kept *kept) {
  u32 *at = owned_by(kept->owner);
  while (*at && &audit.kept[*at] != kept) at = &audit.kept[*at].owner_next;
  if (*at) *at = kept->owner_next;
  filter_remove(kept->owner);
  kept->owner = 0;
}

/* The owner is gone: what it did not give back is kept by nobody. */
static void forget_owner(u64 owner) {
  for (u32 id = *owned_by(owner), next; id; id = next) {
    Kept *kept = &audit.kept[id];
    next = kept->owner_next;
    if (kept->owner != owner) continue;
    disown(kept);
    recount(kept);
  }
}

void touch_owned(Scope *scope, u64 owner) {
  if (LIKELY(!audit_filter[filter_at(owner)])) return;
  for (u32 id = *owned_by(owner), most = MOST_TOUCHED / 2; id && most; id = audit.kept[id].owner_next, most--)
    if (audit.kept[id].owner == owner && reference_count(audit.kept[id].object)) (void)touch_add(scope, audit.kept[id].object, ROLE_OWNED, 0, 0);
}

/* How much of the newest balance was still so when this scope met the object. */
static void meet_again(Kept *kept, const Touch *touch, i64 own) {
  /* Instances of a type come and go meanwhile. */
  if (touch->role == ROLE_TYPE) {
    kept->stayed += own;
    return;
  }
  i64 change = touch->others - kept->met, before = kept->own;
  if (before > 0) kept->stayed += change < 0 ? 0 : change < before ? change : before;
  else kept->stayed += change > 0 ? 0 : change > before ? change : before;
  kept->met = touch->others;
  kept->own = own;
}

void kept_add(const Touch *touch, u32 row, i64 own, u64 owner, int sure) {
  Kept *kept = NULL, *other = NULL;
  for (u32 id = *bucket_of(touch->block); id; id = audit.kept[id].next) {
    if (audit.kept[id].object != touch->object) continue;
    other = &audit.kept[id];
    if (other->row == row) kept = other;
  }
  i64 first = other ? other->first : touch->made ? 0 : touch->last - own;
  if (!kept && (kept = new_kept(touch, row))) kept->first = first;
  if (!kept) {
    audit.dropped++;
    return;
  }
  kept->sum += own;
  kept->sure |= (u32)sure;
  meet_again(kept, touch, own);
  if (owner && !kept->owner) own_by(kept, owner);
  recount(kept);
}

i64 kept_pay(const Touch *touch, i64 own) {
  for (u32 id = *bucket_of(touch->block); id && own < 0; id = audit.kept[id].next) {
    Kept *kept = &audit.kept[id];
    if (kept->object != touch->object || kept->sum <= 0) continue;
    i64 paid = -own < kept->sum ? -own : kept->sum;
    kept->sum -= paid;
    own += paid;
    recount(kept);
  }
  return own;
}

/* A few of them again, in turn: those of functions that are called no more come at the end. */
void kept_look(u32 most) {
  for (u32 i = 0; i < most && i < audit.kept_count; i++) {
    if (++audit.cursor > audit.kept_count) audit.cursor = 1;
    Kept *kept = &audit.kept[audit.cursor];
    if (kept->object) recount(kept);
  }
}

/* One more reference to it is explained. */
void kept_held(u64 object) {
  u64 block = block_of_object(object);
  for (u32 id = *bucket_of(block); id; id = audit.kept[id].next)
    if (audit.kept[id].object == object) audit.kept[id].held++;
}

/* An object of the module's own that is all held by others counts no more. */
void kept_forget_held(void) {
  for (u32 id = 1; id <= audit.kept_count; id++) {
    Kept *kept = &audit.kept[id];
    if (!kept->object || kept->sum <= 0 || kept->held < reference_count(kept->object)) continue;
    if (!is_own_type(load(kept->object + state.target.object_type))) continue;
    kept->sum = 0;
    recount(kept);
  }
}

static void forget_kept(u64 block) {
  for (u32 *at = bucket_of(block); *at;) {
    u32 id = *at;
    Kept *kept = &audit.kept[id];
    if (kept->block != block) {
      at = &kept->next;
      continue;
    }
    /* What was given back too often stays told. */
    if (kept->counted > 0) BUMP(audit.rows[kept->row].references, -kept->counted);
    *at = kept->next;
    if (kept->owner) disown(kept);
    follow_no_more(kept->object, block);
    *kept = (Kept){0, 0, 0, 0, 0, 0, 0, 0, 0, 0, audit.kept_free, 0, 0, 0, 0};
    audit.kept_free = id;
  }
}

/* Only a scope that is in no call of the API can have freed it itself, without being seen (3.8 inlines that). */
static void forget_touched(Scope *scope, u64 block, int innermost) {
  for (u32 i = 0; i < scope->touched; i++) {
    Touch *touch = &scope->touch[i];
    if (touch->block != block || touch->dead) continue;
    if (innermost && !scope->call_sp && !scope->released) scope->foggy = 1;
    follow_no_more(touch->object, block);
    touch->dead = 1;
  }
}

void audit_gone(u64 block, u32 made_anew) {
  if (!audit.on || !thread_with_gil()) return;
  forget_kept(block);
  forget_owner(block);
  blocks_gone(block);
  globals_gone(block);
  cycles_gone(block);
  for (u32 i = 0; i < audit.thread_count; i++) {
    u32 at = audit.thread_list[i];
    ThreadScopes *scopes = &audit.threads[at ? at - 1 : 0];
    if (!at || scopes->generation != audit.generation) continue;
    for (u32 k = 0; k < scopes->depth; k++) {
      forget_touched(&scopes->scope[k], block, k + 1 == scopes->depth);
      borrowed_gone(&scopes->scope[k], block, made_anew);
    }
  }
}
