/* A namespace in: a module's, and of the types and modules in it. Callables that are called through a pointer of their own (PEP 590) often
   share one C function, so each that has a name there gets an entry of its own. Their slots, names and types out. Reads words and calls
   PyDict_Next, runs nothing. Under the GIL. Next: audit-walk.c, agent/audit-bound.ts. */
#include "core.h"
#include "audit.h"

enum { TYPE_SUBCLASS = 31, TP_BASE = 256, TP_DICT = 264, MODULE_DICT = 16, WRAPPED = 16, PROPERTY_FUNCTIONS = 3, DEEPEST_NAMESPACE = 3, MOST_BOUND_ITEMS = 1 << 14 };

static void bind(Binding *binding, u64 object, u64 key, u64 owner) {
  u64 slot = binding->count < binding->most && object ? audit_own_vectorcall(object) : 0;
  if (slot) binding->out[binding->count++] = (Bound){slot, key, owner};
}

/* A property's functions, and what staticmethod and its like are made of. */
static void bind_wrapped(Binding *binding, u64 object, u64 type, u64 key, u64 owner) {
  if (type == binding->property_type || load(type + TP_BASE) == binding->property_type)
    for (u32 i = 0; i < PROPERTY_FUNCTIONS; i++) bind(binding, load(object + WRAPPED + 8 * i), key, owner);
  for (u32 i = 0; i < WRAPPER_TYPES; i++)
    if (type == binding->wrapper_types[i]) bind(binding, load(object + WRAPPED), key, owner);
}

static void bind_all(Binding *binding, u64 dict, u64 owner, u32 depth) {
  u64 at = 0, key, value;
  while (dict && binding->items < MOST_BOUND_ITEMS && binding->next(dict, &at, &key, &value)) {
    binding->items++;
    u64 type = load(value + state.target.object_type);
    if (load(type + state.target.type_flags) >> TYPE_SUBCLASS & 1) {
      if (depth < DEEPEST_NAMESPACE) bind_all(binding, load(value + TP_DICT), value, depth + 1);
    } else if (type == audit.at.module_type) {
      if (depth < DEEPEST_NAMESPACE) bind_all(binding, load(value + MODULE_DICT), 0, depth + 1);
    } else {
      bind(binding, value, key, owner);
      bind_wrapped(binding, value, type, key, owner);
    }
  }
}

u64 audit_bind(Binding *binding, u64 module) {
  binding->count = binding->items = 0;
  bind_all(binding, load(module + MODULE_DICT), 0, 0);
  return binding->count;
}
