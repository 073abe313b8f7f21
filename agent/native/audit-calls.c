/* A call of the C API by the audited module in, before and after; what it does to references, to the error indicator and to the GIL told
   to the open scope. Next: audit-balance.c, audit-findings.c. */
#include "core.h"
#include "audit-past.h"

enum { MOST_ARGUMENT_BITS = 6, FRAME_SCOPE = 24, FRAME_FROM = 25, FRAME_SAVED = 33, MOST_STACK = 2048, FEW_OTHERS = 8, HAD_ERROR = 1, HAD_GIL = 2 };

/* Any interpreter's thread state: one with a GIL of its own is none of ours, but no error either. */
static int has_no_gil(void) {
  const Target *t = &state.target;
  if (t->current_thread) return !t->current_thread();
  u64 thread = load(t->runtime + t->runtime_current_thread);
  return !thread || (u64)t->this_thread() != thread;
}

/* The open scope of this thread that this call was made in: one that was left by an exception lies above. */
static Scope *scope_of_call(const u64 *frame) {
  ThreadScopes *scopes = scopes_of_thread();
  if (!scopes) return NULL;
  u32 depth = scopes->depth;
  while (depth && scopes->scope[depth - 1].sp <= (u64)frame) depth--;
  return depth ? &scopes->scope[depth - 1] : NULL;
}

/* What is cleared on the way to another error is not swallowed; an error of the same type says the same, better. */
static void error_rules(Scope *scope, const ApiSlot *api, u32 id, const u64 *frame, u64 from, u64 error) {
  u64 type = type_of_error(error), unseen = scope->failed && !scope->asked;
  if (api->rule.act == ACT_ASK) scope->asked = 1;
  if (scope->entered_with_error || scope->told) return;
  if (unseen && api->rule.act == ACT_CLEAR && audit.apis[scope->failed - 1].rule.flags & API_ASKS_TYPE) return;
  if (api->rule.act == ACT_CLEAR && unseen) scope->cleared = id + 1, scope->cleared_type = type, scope->cleared_at = from, scope->cleared_with = scope->failed_with;
  else if (api->rule.act == ACT_SET && unseen && frame[0] != type) audit_find(RULE_ERROR_OVERWRITTEN, scope->entry, id + 1, type, from, 0);
  else if (!(api->rule.flags & API_WRONG_WITH_ERROR)) return;
  else if (unseen) audit_find(RULE_UNCHECKED_ERROR, scope->entry, scope->failed, type, scope->failed_at, 0);
  else audit_find(RULE_CALLED_WITH_ERROR, scope->entry, id + 1, type, from, 0);
  scope->told = 1;
}

static void give_away(Scope *scope, u64 object, i64 by) {
  Touch *touch = object ? touch_of(scope, object) : NULL;
  if (!touch) return;
  touch->own += by;
  if (by < 0) touch->stored++;
}

static void arguments_before(Scope *scope, const ApiRule *rule, const u64 *a) {
  if (!(rule->steals | rule->gives | rule->replaces)) return;
  for (u32 i = 0; i < MOST_ARGUMENT_BITS; i++) {
    if (rule->steals >> i & 1) give_away(scope, a[i], -1);
    if (rule->gives >> i & 1) give_away(scope, a[i], 1);
    if (rule->replaces >> i & 1 && a[i]) give_away(scope, load(a[i]), -1);
  }
}

static void nothing(void) {}

/* The count is 0, and the scope knows the object. When the reference that was given back was not the scope's own, its owner still
   points to it: a guard puts it back. Answers what is to be called instead. */
static u64 deallocates(Scope *scope, u64 object, u64 from, u64 target) {
  Touch *touch = touch_of(scope, object);
  if (!touch) return target;
  i64 own = touch->own + reference_count(object) - touch->last;
  if (own < 0) own = kept_pay(touch, own);
  int too_often = own < 0 && touch->role != ROLE_SELF && surely(touch, own, 0) < 0;
  if (too_often) audit_find(RULE_OVER_RELEASE, scope->entry, touch->api, touch->type, from, audit.at.guard != 0);
  if (too_often && audit.at.guard) {
    if (audit.at.count_bytes == 4) *(u32 *)object = 1;
    else *(u64 *)object = 1;
    touch->last = 1;
    touch->own = own + 1;
    return (u64)&nothing;
  }
  touch->own = own;
  touch->dead = 1;
  follow_no_more(object, touch->block);
  return target;
}

/* The next call asks the same object in another way: nothing was swallowed. */
static void try_again(Scope *scope, const ApiRule *rule, const u64 *frame) {
  if (rule->act != ACT_NONE || rule->steals | rule->gives) return;
  if (frame[0] && frame[0] == scope->cleared_with) scope->cleared = 0;
  scope->cleared_with = 0;
}

static u64 in_scope(Scope *scope, const ApiSlot *api, u32 id, u64 *frame, u64 from, u64 thread) {
  u64 target = api->target, error = error_set_in(thread);
  if (api->rule.act == ACT_DEALLOC) target = deallocates(scope, frame[0], from, target);
  if (!scope->released) look_before(scope);
  arguments_before(scope, &api->rule, frame);
  if (UNLIKELY(scope->suspects)) borrowed_used(scope, api->rule.uses, id + 1, frame, from);
  if (UNLIKELY(api->rule.flags & API_DROPS)) scope->owner_size = frame[0] ? load(frame[0] + state.target.var_size) : 0;
  if (UNLIKELY(scope->cleared != 0)) try_again(scope, &api->rule, frame);
  if (UNLIKELY(error != 0)) error_rules(scope, api, id, frame, from, error);
  if (api->rule.act == ACT_ENSURE && !scope->ensures++) scope->ensured_at = from;
  if (api->rule.act == ACT_RELEASE) scope->ensures--;
  scope->call_sp = (u64)frame;
  audit_running = 0;
  frame[FRAME_SCOPE] = (u64)scope | (error ? HAD_ERROR : 0) | HAD_GIL;
  return target;
}

__attribute__((used)) u64 audit_call(u32 id, u64 *frame, u64 from) {
  ApiSlot *api = &audit.apis[id];
  frame[FRAME_SCOPE] = 0;
  frame[FRAME_FROM] = from;
  if (UNLIKELY(!audit.on)) return api->target;
  Scope *scope = scope_of_call(frame);
  u64 thread = scope ? thread_in(scope) : thread_with_gil();
  if (UNLIKELY(!thread)) {
    if (api->rule.flags & API_NEEDS_GIL && has_no_gil()) audit_find(RULE_CALLED_WITHOUT_GIL, scope ? scope->entry : 0, id + 1, 0, from, 0);
    if (!scope || scope->call_sp) return api->target;
    if (api->rule.act == ACT_ENSURE && !scope->ensures++) scope->ensured_at = from;
    if (api->rule.act == ACT_RELEASE) scope->ensures--;
    frame[FRAME_SCOPE] = (u64)scope;
    return api->target;
  }
  if (UNLIKELY(!scope)) {
    audit_miss(id + 1, from);
    return api->target;
  }
  /* Called back by the API with no scope of its own: the call that is open answers for it. One that lies below was left by longjmp. */
  if (scope->call_sp && scope->call_sp > (u64)frame) return api->target;
  return in_scope(scope, api, id, frame, from, thread);
}

/* The scope had this pointer before the call: it still lies in its part of the stack, or in a register that calls leave alone. The call
   itself wrote to `place`. */
static int had_before(const Scope *scope, const u64 *frame, u64 object, u64 place) {
  u64 there = 0;
  const u64 *end = (const u64 *)scope->sp;
  if (end - frame > MOST_STACK) return 1; /* cannot be told; they may be two stacks */
  for (const u64 *at = frame + FRAME_SAVED; at < end; at++) there |= *at == object && (u64)at != place;
  return there != 0;
}

/* Of few references each may be the scope's own; of many, only a count that falls from call to call tells. */
static void take_result(Scope *scope, const u64 *frame, u64 object, u64 place, u32 id, int is_new) {
  u32 known = scope->touched;
  Touch *touch = touch_add(scope, object, ROLE_RESULT, id + 1, frame[FRAME_FROM]);
  if (!touch) return;
  if (!touch->own && is_new && reference_count(object) == 1) touch->made = 1;
  if (scope->touched != known) {
    touch->others -= is_new;
    touch->doubt = touch->others > FEW_OTHERS || (touch->others > 0 && had_before(scope, frame, object, place));
  }
  touch->own += is_new;
}

static void references_after(Scope *scope, const ApiSlot *api, u32 id, const u64 *frame, u64 result) {
  const ApiRule *rule = &api->rule;
  if (rule->steals_on_success && !(int)result)
    for (u32 i = 0; i < MOST_ARGUMENT_BITS; i++)
      if (rule->steals_on_success >> i & 1) give_away(scope, frame[i], -1);
  if (UNLIKELY(rule->flags & API_MEMORY) && result) blocks_take(scope, result, id + 1, frame[FRAME_FROM]);
  if (rule->flags & (API_NEW | API_BORROWED)) {
    take_result(scope, frame, result, 0, id, (rule->flags & API_NEW) != 0);
    if (result && (rule->flags & API_BORROWED || scope->borrowed)) borrowed_take(scope, rule, result, frame[0]);
  }
  if (rule->flags & API_DROPS && scope->borrowed) borrowed_dropped(scope, frame);
  for (u32 i = 0; (rule->new_out | rule->replaces) && i < MOST_ARGUMENT_BITS; i++)
    if ((rule->new_out | rule->replaces) >> i & 1 && frame[i]) take_result(scope, frame, load(frame[i]), frame[i], id, 1);
}

__attribute__((used)) void audit_called(u32 id, u64 *frame, u64 result) {
  u64 had = frame[FRAME_SCOPE];
  Scope *scope = (Scope *)(had & ~7ul);
  if (!scope || UNLIKELY(!audit.on)) return;
  scope->call_sp = 0;
  audit_running = 1;
  u64 thread = thread_in(scope);
  if (UNLIKELY(!thread)) {
    if (!scope->released && scope->borrowed) borrowed_released(scope);
    scope->released = 1;
    return;
  }
  scope->released = 0;
  const ApiSlot *api = &audit.apis[id];
  look_after(scope);
  references_after(scope, api, id, frame, result);
  u64 error = error_set_in(thread);
  if (LIKELY(!error)) {
    scope->failed = scope->asked = scope->told = 0;
    return;
  }
  if (had & HAD_ERROR && api->rule.act != ACT_SET) return;
  scope->asked = 0;
  scope->failed = api->rule.act == ACT_SET ? 0 : id + 1;
  scope->failed_at = frame[FRAME_FROM];
  scope->failed_with = frame[0];
}
