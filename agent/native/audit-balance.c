/* Objects that a scope meets in; how many references the scope itself took of each and still holds when it ends out. A count is looked
   at before and after each call of the C API: what changes within the call is not the scope's doing. Under the GIL. Next: audit-ledger.c. */
#include "core.h"
#include "audit-past.h"

enum { TYPE_SUBCLASS = 31, TUPLE_SUBCLASS = 26, MOST_ARGUMENTS = 12, MOST_ITEMS = 64, LARGEST_BODY = 2048 };

i64 reference_count(u64 object) { return audit.at.count_bytes == 4 ? (i64)load32(object) : (i64)load(object); }

static inline u64 type_of(u64 object) { return load(object + state.target.object_type); }
static inline int has_bit(u64 object, u32 bit) { return load(type_of(object) + state.target.type_flags) >> bit & 1; }

/* Nothing is known of its references any more; what the scope had taken of it stays told. */
static void die(Touch *touch) {
  if (!touch->dead && touch->role != ROLE_RETURNED) follow_no_more(touch->object, touch->block);
  touch->dead = 1;
}

void scope_forget(Scope *scope) {
  for (u32 i = 0; i < scope->touched; i++) die(&scope->touch[i]);
  scope->touched = 0;
  if (UNLIKELY(scope->borrowed)) borrowed_forget(scope);
}

Touch *touch_of(Scope *scope, u64 object) {
  for (u32 i = 0; i < scope->touched; i++)
    if (scope->touch[i].object == object && !scope->touch[i].dead) return &scope->touch[i];
  return NULL;
}

static AuditRow *add_to_row(const Scope *scope, const Touch *touch, i64 own) {
  AuditRow *row = row_of(scope->entry, touch->role, touch->api, touch->type);
  if (!row) return NULL;
  if (row->scope != audit.scopes) {
    row->scope = audit.scopes;
    row->balance = 0;
  }
  row->balance += own;
  if (own && !row->address) row->address = touch->address;
  return row;
}

/* Room of one that is gone and owed nothing. */
static Touch *reuse(Scope *scope) {
  for (u32 i = 0; i < scope->touched; i++)
    if (scope->touch[i].dead && !scope->touch[i].own) return &scope->touch[i];
  return NULL;
}

/* Types are left out, but for those of audit-types.c: each instance of a heap type holds a reference to its own. */
Touch *touch_add(Scope *scope, u64 object, u32 role, u32 api, u64 address) {
  if (!object) return NULL;
  Touch *touch = touch_of(scope, object);
  if (touch || !is_counted(object) || (role != ROLE_TYPE && has_bit(object, TYPE_SUBCLASS))) return touch;
  touch = scope->touched < MOST_TOUCHED ? &scope->touch[scope->touched++] : reuse(scope);
  if (!touch) return NULL;
  *touch = (Touch){object, block_of_object(object), type_of(object), address, reference_count(object), 0, api, role, 0, 0, 0, 0, 0};
  touch->others = touch->last;
  follow(object, touch->block);
  return touch;
}

/* It is never freed, so nobody needs to hear of it. */
static void touch_none(Scope *scope) {
  u64 none = audit.at.none;
  if (touch_of(scope, none)) return;
  i64 count = reference_count(none);
  scope->touch[scope->touched++] = (Touch){none, none, type_of(none), 0, count, 0, 0, ROLE_RETURNED, 0, 0, 0, 0, count};
}

static void touch_items(Scope *scope, const u64 *items, u64 count, u32 role) {
  for (u64 i = 0; items && i < count && i < MOST_ARGUMENTS; i++) (void)touch_add(scope, items[i], role + (u32)i, 0, 0);
}

static void touch_tuple(Scope *scope, u64 tuple) {
  if (tuple && has_bit(tuple, TUPLE_SUBCLASS)) touch_items(scope, (const u64 *)(tuple + audit.at.tuple_items), load(tuple + state.target.var_size), 1);
}

/* By what each shape is called with (methodobject.h, typeslots). The high bit of a vectorcall's count is a flag. */
void scope_enter(Scope *scope, const Entry *entry, u64 *a) {
  const u64 count_mask = ~0ul >> 1;
  int is_module = a[0] && type_of(a[0]) == audit.at.module_type; /* as self of a function of the module */
  if (!is_module && entry->shape != SHAPE_NEW && entry->shape != SHAPE_DEALLOC && entry->shape != SHAPE_CLEAR) (void)touch_add(scope, a[0], ROLE_SELF, 0, 0);
  scope->self = is_module || entry->shape == SHAPE_NEW ? 0 : a[0];
  if (scope->self) touch_owned(scope, block_of_object(scope->self));
  blocks_enter(scope);
  if (audit.at.none) touch_none(scope);
  scope->keywords = entry->shape == SHAPE_TUPLE || entry->shape == SHAPE_NEW ? a[2] : 0;
  switch (entry->shape) {
    case SHAPE_THREE: touch_items(scope, a + 1, 2, 1); break;
    case SHAPE_TWO: case SHAPE_RICH: case SHAPE_SET: touch_items(scope, a + 1, 1, 1); break;
    case SHAPE_INDEX_SET: touch_items(scope, a + 2, 1, 2); break;
    case SHAPE_TUPLE: case SHAPE_NEW: touch_tuple(scope, a[1]); break;
    case SHAPE_FAST: case SHAPE_VECTOR: touch_items(scope, (const u64 *)a[1], a[2] & count_mask, 1); break;
    case SHAPE_METHOD: touch_items(scope, (const u64 *)a[2], a[3] & count_mask, 1); break;
    default: break;
  }
}

/* From the last look to now it was the scope's own code that ran. One that is at 0 has been given to its deallocator meanwhile, and who
   else lost a reference by that cannot be told. */
void look_before(Scope *scope) {
  for (u32 i = 0; i < scope->touched; i++) {
    Touch *touch = &scope->touch[i];
    if (touch->dead) continue;
    i64 now = reference_count(touch->object);
    touch->own += now - touch->last;
    touch->last = now;
    if (UNLIKELY(!now)) scope->foggy = scope->suspects = 1, die(touch);
  }
}

void look_after(Scope *scope) {
  for (u32 i = 0; i < scope->touched; i++) {
    Touch *touch = &scope->touch[i];
    if (touch->dead) continue;
    i64 now = reference_count(touch->object);
    if (now > touch->last) touch->stored += (u32)(now - touch->last);
    touch->last = now;
    if (UNLIKELY(!now)) scope->suspects = 1, die(touch);
  }
}

/* Macros store into a new tuple or list without a call: who finds the object there owns it. */
static i64 stored_in(const Scope *scope, u64 object) {
  i64 found = 0;
  for (u32 i = 0; i < scope->touched; i++) {
    const Touch *at = &scope->touch[i];
    if (at->dead || at->role != ROLE_RESULT || (at->type != audit.at.tuple_type && at->type != audit.at.list_type)) continue;
    u64 count = load(at->object + state.target.var_size);
    const u64 *items = at->type == audit.at.tuple_type ? (const u64 *)(at->object + audit.at.tuple_items) : (const u64 *)load(at->object + state.target.var_size + 8);
    for (u64 k = 0; items && k < count && k < MOST_ITEMS; k++) found += items[k] == object;
  }
  return found;
}

/* What the API took meanwhile may have been the scope's to give back: an iterator that it asked for, an out-parameter of a converter, a
   list that it popped from by a macro. Only what the object has lost since the scope met it is sure. */
i64 surely(const Touch *touch, i64 own, i64 now) {
  i64 net = touch->doubt ? 0 : now - touch->others;
  return net >= 0 ? 0 : net > own ? net : own;
}

static i64 balance_of(const Scope *scope, Touch *touch, u64 returned) {
  i64 own = touch->own - (touch->object == returned);
  if (touch->role == ROLE_RETURNED && (own > 0 || touch->object != returned)) return 0; /* None is everywhere */
  if (own <= 0 || touch->dead) return touch->dead && own > 0 ? 0 : own;
  i64 stored = stored_in(scope, touch->object) - (i64)touch->stored;
  if (stored > 0) own -= stored < own ? stored : own;
  return own;
}

int body_holds(u64 holder, u64 word) {
  u64 size = holder && holder != word ? load(type_of(holder) + state.target.type_basic_size) : 0;
  for (u64 at = 16; at + 8 <= size && at < LARGEST_BODY; at += 8)
    if (load(holder + at) == word) return 1;
  return 0;
}

u64 body_sum(u64 object) {
  u64 sum = 0, size = load(type_of(object) + state.target.type_basic_size);
  for (u64 at = 16; at + 8 <= size && at < LARGEST_BODY; at += 8) sum = (sum ^ load(object + at)) * 0x9E3779B97F4A7C15ul;
  return sum;
}

/* Of what is kept: the block of self or of the result, when it is there that it is kept; of what the module's data point to, also of what
   was made within. */
static u64 owner_of(const Scope *scope, const Touch *touch, u64 returned) {
  u64 object = touch->object;
  if (body_holds(returned, object)) return block_of_object(returned);
  if (body_holds(scope->self, object)) return block_of_object(scope->self);
  for (u32 i = 0; touch->role == ROLE_GLOBAL && i < scope->touched; i++) {
    const Touch *at = &scope->touch[i];
    if (!at->dead && (at->made || at->role == ROLE_MADE) && body_holds(at->object, object)) return at->block;
  }
  return 0;
}

void row_add(AuditRow *row, i64 balance) {
  i64 at = balance < -4 ? -4 : balance > 4 ? 4 : balance;
  BUMP(row->calls, 1);
  BUMP(row->seen[at + 4], 1);
}

/* Others of the module may take what this one gives back. */
static int is_shared(const Touch *touch) { return touch->role == ROLE_TYPE || touch->role == ROLE_GLOBAL; }

void scope_settle(Scope *scope, u64 returned) {
  if (!scope->released) look_before(scope);
  if (scope->foggy || scope->released) return;
  audit.scopes++;
  u32 rows[MOST_TOUCHED], refused = !returned && audit.entries[scope->entry].gives == GIVES_OBJECT;
  for (u32 i = 0; i < scope->touched; i++) {
    Touch *touch = &scope->touch[i];
    i64 own = balance_of(scope, touch, returned);
    if (touch->role == ROLE_MADE && refused) touch->role = ROLE_REFUSED;
    if (own < 0) own = kept_pay(touch, own);
    if (own < 0 && is_shared(touch)) own = 0;
    /* Each call knows None; it is one of those that may return it without a reference when it does return it. Of the objects that all scopes
       look at each is another function's: only what is taken counts. */
    /* Of an argument that lives on, what others had stored for the function may have come back to it. */
    int stored_before = touch->role < ROLE_RESULT;
    i64 sure = own < 0 ? !stored_before && surely(touch, own, touch->last - (touch->object == returned)) : own;
    int nothing = touch->role == ROLE_RETURNED ? touch->object != returned : touch->role == ROLE_GLOBAL && !own;
    AuditRow *row = nothing ? NULL : add_to_row(scope, touch, own);
    rows[i] = row ? (u32)(row - audit.rows) : 0;
    if (row && own && !touch->dead) kept_add(touch, rows[i], own, own > 0 ? owner_of(scope, touch, returned) : 0, sure != 0);
  }
  for (u32 i = 0; i < scope->touched; i++) {
    AuditRow *row = &audit.rows[rows[i]];
    if (!rows[i] || row->scope != audit.scopes) continue;
    row->scope = 0;
    row_add(row, row->balance);
  }
}
