/* What a function does past the C API to objects of its own types in: what it makes by tp_alloc, and the reference that each instance
   has to its heap type; touches of the open scope out. Under the GIL. Next: audit-balance.c. */
#include "core.h"
#include "audit-past.h"

enum { TP_DEALLOC = 48, TP_TRAVERSE = 184, TP_BASE = 256, TP_NEW = 312, CREATES_BY_ALLOC = 5 /* in creation.c */ };

static inline u64 type_of(u64 object) { return load(object + state.target.object_type); }

/* The type of this one's bases that brought the function; 0: none is known to have it. */
static u64 bringer_of(u64 type, u64 stub) {
  u64 found = 0;
  for (; type; type = load(type + TP_BASE))
    if (load(type + TP_DEALLOC) == stub) found = type;
    else if (found) break;
  return found;
}

/* An instance that is freed gives back its reference to its type, which the dealloc function of a heap type has to do (Python subclasses
   leave it to their base). One that is made takes it within tp_alloc: audit_created takes that off again. */
void touch_type(Scope *scope, const Entry *entry, u32 id, u64 object) {
  int ends = entry->shape == SHAPE_DEALLOC;
  u64 type = ends ? type_of(object) : object;
  if (!is_heap_type(type) || (!ends && !state.code_patches[CREATES_BY_ALLOC].original && state.target.infer_types)) return;
  u64 bringer = ends ? bringer_of(type, entry_stub(id)) : type;
  if (!bringer || !is_heap_type(bringer)) return;
  Touch *touch = touch_add(scope, type, ROLE_TYPE, 0, 0);
  if (touch) touch->own = ends;
}

static int visit_held(void *object, void *unused) {
  (void)unused;
  if (object) kept_held((u64)object);
  return 0;
}

/* The collector asks the same of each object that it tracks. */
void audit_look_into(u64 object) {
  u64 traverse = load(type_of(object) + TP_TRAVERSE);
  if (traverse) ((int (*)(u64, int (*)(void *, void *), void *))traverse)(object, visit_held, NULL);
}

/* The scope that runs code of its own in this thread; NULL: none, or one that is in a call of the API. */
static Scope *running_scope(void) {
  ThreadScopes *scopes = scopes_of_thread();
  Scope *scope = scopes && scopes->depth ? &scopes->scope[scopes->depth - 1] : NULL;
  return scope && !scope->call_sp && !scope->released ? scope : NULL;
}

/* A type whose objects the audited module makes or frees. */
int is_own_type(u64 type) { return is_entry_stub(load(type + TP_DEALLOC)) || is_entry_stub(load(type + TP_NEW)); }

/* Of the module's own types alone: what else is made meanwhile, Python code may have made. */
void audit_created(u64 object) {
  u64 type = type_of(object);
  if (LIKELY(!is_own_type(type))) return;
  Scope *scope = audit.on && thread_with_gil() ? running_scope() : NULL;
  if (!scope) return;
  Touch *made = reference_count(object) == 1 ? touch_add(scope, object, ROLE_MADE, 0, 0) : NULL;
  if (made) made->own = made->made = 1;
  Touch *touch = touch_of(scope, type);
  if (touch && touch->role == ROLE_TYPE) touch->own--;
}
