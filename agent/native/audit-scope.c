/* A call of the audited module by Python in, its scope open from audit_enter to audit_leave; what the rules of results say of it out.
   Under the GIL. Next: audit-balance.c, audit-findings.c. */
#include "core.h"
#include "audit-past.h"

/* This thread's own; NULL when there are too many threads. Scopes of an earlier audit are forgotten by the thread itself. */
ThreadScopes *scopes_of_thread(void) {
  u64 pointer = thread_pointer();
  ThreadScopes *newest = __atomic_load_n(&audit.newest, __ATOMIC_RELAXED);
  if (LIKELY(newest && newest->pointer == pointer && newest->generation == audit.generation)) return newest;
  u32 at = (u32)mix(pointer) & (MAX_AUDIT_THREADS - 1);
  for (u32 i = 0; i < MAX_AUDIT_THREADS; i++, at = (at + 1) & (MAX_AUDIT_THREADS - 1)) {
    ThreadScopes *scopes = &audit.threads[at];
    u64 before = scopes->pointer;
    if (before != pointer) {
      if (before || !__atomic_compare_exchange_n(&scopes->pointer, &before, pointer, 0, __ATOMIC_ACQ_REL, __ATOMIC_RELAXED)) continue;
      audit.thread_list[__atomic_fetch_add(&audit.thread_count, 1, __ATOMIC_ACQ_REL)] = at + 1;
    }
    if (UNLIKELY(scopes->generation != audit.generation)) {
      scopes->depth = 0;
      scopes->generation = audit.generation;
    }
    __atomic_store_n(&audit.newest, scopes, __ATOMIC_RELAXED);
    return scopes;
  }
  return NULL;
}

static void pop(ThreadScopes *scopes) { scope_forget(&scopes->scope[--scopes->depth]); }

__attribute__((used)) u64 audit_enter(u32 id, u64 *frame) {
  Entry *entry = &audit.entries[id];
  u64 thread = LIKELY(audit.on) ? thread_with_gil() : 0;
  ThreadScopes *scopes = thread ? scopes_of_thread() : NULL;
  if (UNLIKELY(!scopes)) return entry->function;
  BUMP(entry->calls, 1);
  /* A C++ exception or longjmp left these. */
  while (scopes->depth && scopes->scope[scopes->depth - 1].sp <= (u64)frame) pop(scopes);
  if (UNLIKELY(scopes->depth >= MOST_SCOPES)) return entry->function;
  Scope *scope = &scopes->scope[scopes->depth];
  scope->sp = (u64)frame;
  scope->entry = id;
  scope->touched = scope->foggy = scope->released = scope->asked = scope->told = scope->ensures = scope->failed = 0;
  scope->borrowed = scope->suspects = 0;
  scope->thread = thread;
  scope->blocks = 0;
  scope->call_sp = scope->failed_at = scope->ensured_at = scope->cleared = 0;
  scope->entered_with_error = error_set_in(thread) != 0;
  scopes->depth++;
  scope_enter(scope, entry, frame);
  if (entry->shape == SHAPE_DEALLOC || entry->shape == SHAPE_NEW) touch_type(scope, entry, id, frame[0]);
  if (UNLIKELY(audit.global_count)) touch_globals(scope);
  audit_running = 1;
  return entry->function;
}

static int failed(const Entry *entry, u64 result) {
  if (entry->gives == GIVES_INT) return (int)result == -1;
  return entry->gives != GIVES_NOTHING && !result;
}

static void check_result(const Scope *scope, const Entry *entry, u64 result, u64 error) {
  if (entry->gives == GIVES_NOTHING || scope->entered_with_error) return;
  if (failed(entry, result)) {
    if (!error && entry->gives != GIVES_OBJECT_OR_END) audit_find(RULE_NULL_WITHOUT_ERROR, scope->entry, 0, 0, entry->function, 0);
    return;
  }
  if (!error) {
    if (scope->cleared) audit_find(RULE_ERROR_CLEARED, scope->entry, (u32)scope->cleared, scope->cleared_type, scope->cleared_at, 0);
    return;
  }
  u64 type = type_of_error(error);
  if (scope->failed && !scope->asked) audit_find(RULE_UNCHECKED_ERROR, scope->entry, scope->failed, type, scope->failed_at, 0);
  else audit_find(RULE_RESULT_WITH_ERROR, scope->entry, 0, type, scope->failed_at, 0);
}

__attribute__((used)) void audit_leave(u32 id, u64 *frame, u64 result) {
  if (UNLIKELY(!audit.on)) return;
  ThreadScopes *scopes = scopes_of_thread();
  if (!scopes) return;
  u64 thread = scopes->depth ? thread_in(&scopes->scope[scopes->depth - 1]) : thread_with_gil();
  while (scopes->depth && scopes->scope[scopes->depth - 1].sp < (u64)frame) {
    if (!thread) scopes->scope[--scopes->depth].touched = 0;
    else pop(scopes);
  }
  if (!scopes->depth || scopes->scope[scopes->depth - 1].sp != (u64)frame) return;
  Scope *scope = &scopes->scope[scopes->depth - 1];
  const Entry *entry = &audit.entries[id];
  if (LIKELY(thread != 0)) {
    check_result(scope, entry, result, error_set_in(thread));
    if ((int)scope->ensures > 0) audit_find(RULE_GILSTATE_UNBALANCED, scope->entry, 0, 0, scope->ensured_at, 0);
    u64 returned = entry->gives == GIVES_OBJECT || entry->gives == GIVES_OBJECT_OR_END ? result : 0;
    scope_settle(scope, returned);
    blocks_settle(scope, entry, returned);
    if (entry->shape == SHAPE_NEW && returned) cycles_sample(id, returned);
    kept_look(2);
  }
  pop(scopes);
  audit_running = scopes->depth && !scopes->scope[scopes->depth - 1].call_sp;
}
