/* CPython's word that an object exists (or ends) in, object events out: the tracer from 3.13 on, _Py_NewReference on 3.9 to 3.12,
   functions that hand out free-list objects where neither tells everything. Next: lifecycle.c. */
#include "audit.h"

enum { CREATE, DESTROY }; /* PyRefTracer_CREATE, _DESTROY of cpython/object.h; 3.15 also sends 2 with no object to a tracer that is replaced */

static inline void made(u64 object) {
  if (UNLIKELY(audit_knows(object))) audit_gone(block_of_object(object), 1);
  if (UNLIKELY(audit_running)) audit_created(object);
  if (LIKELY(counts_objects())) object_created(object);
  if (UNLIKELY(state.collected & COLLECT_SAMPLE)) sample_created(object);
}

static int on_reference(void *object, int event, void *data) {
  (void)data;
  if (LIKELY(hears_objects() && object)) {
    if (event == CREATE) made((u64)object);
    else if (event == DESTROY && (audit_knows((u64)object) || counts_objects())) object_destroyed((u64)object);
  }
  int (*before)(void *, int, void *) = (int (*)(void *, int, void *))state.tracer_before;
  return before ? before(object, event, state.tracer_before_data) : 0;
}

void tracer_install(void) {
  if (!state.target.set_tracer) return;
  state.tracer_before = state.target.get_tracer(&state.tracer_before_data);
  if (state.tracer_before == (void *)on_reference) state.tracer_before = NULL;
  state.target.set_tracer((void *)on_reference, NULL);
}

/* A tracer that was installed after ours is left where it is. */
void tracer_restore(void) {
  void *data;
  if (!state.target.set_tracer || state.target.get_tracer(&data) != (void *)on_reference) return;
  state.target.set_tracer(state.tracer_before, state.tracer_before_data);
}

static inline void tell(void *object) {
  state.creations++;
  state.last_created_object = (u64)object;
  made((u64)object);
}

void new_reference(void *object) {
  ((void (*)(void *))state.code_patches[NEW_REFERENCE].original)(object);
  if (hears_objects()) tell(object);
}

/* A function may end in another of them, or in _Py_NewReference: the inner one has told of the object already. */
static inline void *handed_out(void *object, u64 creations_before) {
  if (!hears_objects() || !object) return object;
  if (load32((u64)object) != 1) return object; /* a shared one: (), b"", "" */
  if (state.creations != creations_before && state.last_created_object == (u64)object) return object;
  tell(object);
  return object;
}

#define ORIGINAL(creator) (state.code_patches[creator].original)
typedef void *(*Creator)(u64, u64, u64, u64);

/* Each passes its arguments on unchanged; none takes more than four. */
#define CREATOR(name, slot)                                                         \
  static void *name(u64 a, u64 b, u64 c, u64 d) {                                   \
    u64 before = state.creations;                                                   \
    return handed_out(((Creator)ORIGINAL(slot))(a, b, c, d), before);               \
  }
CREATOR(tuple_new, 1)
CREATOR(list_new, 2)
CREATOR(dict_new, 3)
CREATOR(dict_new_presized, 4)
CREATOR(generic_alloc, 5)
CREATOR(gc_new, 6)
CREATOR(gc_new_var, 7)
CREATOR(object_new, 8)
CREATOR(object_new_var, 9)
CREATOR(method_new, 10)
CREATOR(unicode_new, 11)
CREATOR(bytes_from, 12)
CREATOR(long_new, 13)
CREATOR(frozen_set_new, 14)

static void *float_from(double value) {
  u64 before = state.creations;
  return handed_out(((void *(*)(double))ORIGINAL(15))(value), before);
}

/* By the order of `creators` in agent/creation.ts. */
void *const creation_wrappers[] = {
    (void *)new_reference, (void *)tuple_new,      (void *)list_new,   (void *)dict_new,   (void *)dict_new_presized, (void *)generic_alloc,
    (void *)gc_new,        (void *)gc_new_var,     (void *)object_new, (void *)object_new_var, (void *)method_new,    (void *)unicode_new,
    (void *)bytes_from,    (void *)long_new,       (void *)frozen_set_new, (void *)float_from,
};
