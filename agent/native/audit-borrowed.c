/* References that a call of the C API lent to a scope in; their use after the object may have gone out. Under the GIL. Next: audit-findings.c. */
#include "core.h"
#include "audit.h"

static u32 borrowed_in(const Scope *scope) { return scope->borrowed < MOST_BORROWED ? scope->borrowed : MOST_BORROWED; }

static Borrow *borrow_of(Scope *scope, u64 object) {
  for (u32 i = 0; i < borrowed_in(scope); i++)
    if (scope->borrow[i].object == object) return &scope->borrow[i];
  return NULL;
}

static void forget(Borrow *borrow) {
  if (borrow->object) follow_no_more(borrow->object, borrow->block);
  if (borrow->owner) filter_remove(borrow->owner_block);
  borrow->object = borrow->owner = 0;
}

void borrowed_forget(Scope *scope) {
  for (u32 i = 0; i < borrowed_in(scope); i++) forget(&scope->borrow[i]);
  scope->borrowed = scope->suspects = 0;
}

/* Others may change the container: it is not one that the scope made, nor the keywords made for this one call. */
static int is_shared(Scope *scope, u64 owner) {
  const Touch *made = touch_of(scope, owner);
  return owner != scope->keywords && (!made || made->own <= 0);
}

/* Lent, or handed out: what was known of it before, or of one that had been at its address, says nothing any more. */
void borrowed_take(Scope *scope, const ApiRule *rule, u64 object, u64 owner) {
  Borrow *borrow = borrow_of(scope, object);
  if (borrow) forget(borrow);
  if (!(rule->flags & API_BORROWED)) return;
  const Touch *touch = touch_of(scope, object);
  if (!touch || touch->role != ROLE_RESULT || touch->own > 0) return;
  if (!borrow) borrow = &scope->borrow[scope->borrowed++ % MOST_BORROWED];
  if (scope->borrowed == 2 * MOST_BORROWED) scope->borrowed = MOST_BORROWED;
  forget(borrow);
  *borrow = (Borrow){object, touch->block, touch->type, 0, 0, is_heap_type(touch->type) ? BORROW_HEAP_TYPE : 0, 0};
  follow(object, borrow->block);
  if (!(rule->flags & API_CONTAINER) || !is_shared(scope, owner)) return;
  borrow->flags |= BORROW_SHARED;
  borrow->owner = owner;
  borrow->owner_block = block_of_object(owner);
  filter_add(borrow->owner_block);
}

static int owns_one(Scope *scope, u64 object) {
  const Touch *touch = touch_of(scope, object);
  return !touch || touch->own > 0;
}

static void suspect(Scope *scope, Borrow *borrow) {
  if (!(borrow->flags & BORROW_SHARED) || owns_one(scope, borrow->object)) return;
  borrow->flags |= BORROW_SUSPECT;
  scope->suspects = 1;
}

/* The GIL was given away: meanwhile anybody may have changed the container. */
void borrowed_released(Scope *scope) {
  for (u32 i = 0; i < borrowed_in(scope); i++)
    if (scope->borrow[i].object) suspect(scope, &scope->borrow[i]);
}

static int is_argument(u64 object, const u64 *arguments) {
  for (u32 i = 1; i < 6; i++)
    if (arguments[i] == object) return 1;
  return 0;
}

/* A call took something out of a container; the last reference to it may have been that one, and its finalizer takes out more. One that only
   put something in takes nothing out. */
void borrowed_dropped(Scope *scope, const u64 *arguments) {
  for (u32 i = 0; i < borrowed_in(scope); i++) {
    Borrow *borrow = &scope->borrow[i];
    if (!borrow->object || !borrow->owner || borrow->owner != arguments[0] || is_argument(borrow->object, arguments)) continue;
    if ((i64)load(borrow->owner + state.target.var_size) <= (i64)scope->owner_size) suspect(scope, borrow);
  }
}

void borrowed_gone(Scope *scope, u64 block, u32 made_anew) {
  for (u32 i = 0; i < borrowed_in(scope); i++) {
    Borrow *borrow = &scope->borrow[i];
    if (borrow->owner && borrow->owner_block == block) borrow->owner = 0, filter_remove(block);
    if (!borrow->object || borrow->block != block) continue;
    if (made_anew && borrow->flags & BORROW_FREED) forget(borrow); /* another object now, which may well be used */
    else borrow->flags |= BORROW_FREED;
    scope->suspects = 1;
  }
}

/* What waits on a free list has the count 0, up to 3.13; nobody told that its block was freed, so it can be read. */
static int is_freed(const Borrow *borrow) {
  return borrow->flags & BORROW_FREED || (state.target.version < 0x30e && !reference_count(borrow->object));
}

static void use(Scope *scope, Borrow *borrow, u32 api, u64 from) {
  int freed = is_freed(borrow);
  if (!freed && (!(borrow->flags & BORROW_SUSPECT) || owns_one(scope, borrow->object))) return;
  u64 type = freed && borrow->flags & BORROW_HEAP_TYPE ? 0 : borrow->type; /* it may have gone along */
  audit_find(RULE_BORROWED_USED_AFTER_FREE, scope->entry, api, type, from, 0);
  forget(borrow);
}

void borrowed_used(Scope *scope, u64 uses, u32 api, const u64 *arguments, u64 from) {
  for (u32 i = 0; uses >> i; i++) {
    Borrow *borrow = uses >> i & 1 && arguments[i] ? borrow_of(scope, arguments[i]) : NULL;
    if (borrow) use(scope, borrow, api, from);
  }
}
