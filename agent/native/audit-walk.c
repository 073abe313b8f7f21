/* Objects of the garbage collector in, each pointer of theirs to a function of the audited module patched: methods, getters and setters,
   slots of types. Reads and writes words only, runs nothing. Under the GIL. Next: audit-entries.c, got.c. */
#include "core.h"
#include "audit-past.h"

/* Bits of PyMethodDef.ml_flags (methodobject.h). */
enum { METH_VARARGS = 1, METH_KEYWORDS = 2, METH_NOARGS = 4, METH_O = 8, METH_FASTCALL = 0x80, METH_METHOD = 0x200 };
enum { TP_NAME = 24, TP_METHODS = 232, TP_GETSET = 248, TP_BASE = 256, TYPE_SUBCLASS = 31, METHOD_BYTES = 32, GETSET_BYTES = 40, MOST_METHODS = 4096 };

typedef struct { u32 offset, shape, gives; const char *name; } Slot;
static const Slot type_slots[] = {
    {48, SHAPE_DEALLOC, GIVES_NOTHING, "tp_dealloc"}, {88, SHAPE_ONE, GIVES_OBJECT, "tp_repr"}, {120, SHAPE_ONE, GIVES_INT, "tp_hash"},
    {128, SHAPE_TUPLE, GIVES_OBJECT, "tp_call"}, {136, SHAPE_ONE, GIVES_OBJECT, "tp_str"}, {144, SHAPE_TWO, GIVES_OBJECT, "tp_getattro"},
    {152, SHAPE_THREE, GIVES_INT, "tp_setattro"}, {192, SHAPE_CLEAR, GIVES_NOTHING, "tp_clear"}, {200, SHAPE_RICH, GIVES_OBJECT, "tp_richcompare"}, {216, SHAPE_ONE, GIVES_OBJECT, "tp_iter"},
    {224, SHAPE_ONE, GIVES_OBJECT_OR_END, "tp_iternext"}, {272, SHAPE_THREE, GIVES_OBJECT, "tp_descr_get"}, {280, SHAPE_THREE, GIVES_INT, "tp_descr_set"},
    {296, SHAPE_TUPLE, GIVES_INT, "tp_init"}, {312, SHAPE_NEW, GIVES_OBJECT, "tp_new"}, {392, SHAPE_CLEAR, GIVES_NOTHING, "tp_finalize"},
    {400, SHAPE_VECTOR, GIVES_OBJECT, "tp_vectorcall"}, {0, 0, 0, NULL}};
#define NB(at, shape, name) {at, shape, GIVES_OBJECT, name}
static const Slot number_slots[] = {
    NB(0, SHAPE_TWO, "nb_add"), NB(8, SHAPE_TWO, "nb_subtract"), NB(16, SHAPE_TWO, "nb_multiply"), NB(24, SHAPE_TWO, "nb_remainder"),
    NB(32, SHAPE_TWO, "nb_divmod"), NB(40, SHAPE_THREE, "nb_power"), NB(48, SHAPE_ONE, "nb_negative"), NB(56, SHAPE_ONE, "nb_positive"),
    NB(64, SHAPE_ONE, "nb_absolute"), {72, SHAPE_ONE, GIVES_INT, "nb_bool"}, NB(80, SHAPE_ONE, "nb_invert"), NB(88, SHAPE_TWO, "nb_lshift"),
    NB(96, SHAPE_TWO, "nb_rshift"), NB(104, SHAPE_TWO, "nb_and"), NB(112, SHAPE_TWO, "nb_xor"), NB(120, SHAPE_TWO, "nb_or"),
    NB(128, SHAPE_ONE, "nb_int"), NB(144, SHAPE_ONE, "nb_float"), NB(152, SHAPE_TWO, "nb_inplace_add"), NB(160, SHAPE_TWO, "nb_inplace_subtract"),
    NB(168, SHAPE_TWO, "nb_inplace_multiply"), NB(176, SHAPE_TWO, "nb_inplace_remainder"), NB(184, SHAPE_THREE, "nb_inplace_power"),
    NB(192, SHAPE_TWO, "nb_inplace_lshift"), NB(200, SHAPE_TWO, "nb_inplace_rshift"), NB(208, SHAPE_TWO, "nb_inplace_and"),
    NB(216, SHAPE_TWO, "nb_inplace_xor"), NB(224, SHAPE_TWO, "nb_inplace_or"), NB(232, SHAPE_TWO, "nb_floor_divide"), NB(240, SHAPE_TWO, "nb_true_divide"),
    NB(248, SHAPE_TWO, "nb_inplace_floor_divide"), NB(256, SHAPE_TWO, "nb_inplace_true_divide"), NB(264, SHAPE_ONE, "nb_index"),
    NB(272, SHAPE_TWO, "nb_matrix_multiply"), NB(280, SHAPE_TWO, "nb_inplace_matrix_multiply"), {0, 0, 0, NULL}};
static const Slot sequence_slots[] = {
    {0, SHAPE_ONE, GIVES_INT, "sq_length"}, {8, SHAPE_TWO, GIVES_OBJECT, "sq_concat"}, {16, SHAPE_INDEX, GIVES_OBJECT, "sq_repeat"},
    {24, SHAPE_INDEX, GIVES_OBJECT, "sq_item"}, {40, SHAPE_INDEX_SET, GIVES_INT, "sq_ass_item"}, {56, SHAPE_TWO, GIVES_INT, "sq_contains"},
    {64, SHAPE_TWO, GIVES_OBJECT, "sq_inplace_concat"}, {72, SHAPE_INDEX, GIVES_OBJECT, "sq_inplace_repeat"}, {0, 0, 0, NULL}};
static const Slot mapping_slots[] = {
    {0, SHAPE_ONE, GIVES_INT, "mp_length"}, {8, SHAPE_TWO, GIVES_OBJECT, "mp_subscript"}, {16, SHAPE_THREE, GIVES_INT, "mp_ass_subscript"}, {0, 0, 0, NULL}};
static const Slot async_slots[] = {
    {0, SHAPE_ONE, GIVES_OBJECT, "am_await"}, {8, SHAPE_ONE, GIVES_OBJECT, "am_aiter"}, {16, SHAPE_ONE, GIVES_OBJECT, "am_anext"}, {0, 0, 0, NULL}};

/* Method tables may lie on pages that the dynamic linker made read-only. */
static u32 is_read_only(u64 slot) { return slot - audit.relro[0] < audit.relro[1] - audit.relro[0]; }

static void patch(u64 slot, u32 own, u32 shape, u32 gives, u64 name, u64 owner) {
  u64 function = load(slot);
  /* A subclass made meanwhile has inherited a stub. */
  if (audit.walk == WALK_UNPATCH) {
    if (audit_unstub(function) != function) *(u64 *)slot = audit_unstub(function);
    return;
  }
  if (!function || !is_audited_code(function)) return;
  u32 entry = entry_of(function, own ? slot : 0, shape, gives, name, owner);
  if (entry && got_patch(slot, entry_stub(entry), is_read_only(slot))) audit.found++;
}

static u32 shape_of(u64 flags) {
  if (flags & METH_FASTCALL) return flags & METH_METHOD ? SHAPE_METHOD : SHAPE_FAST;
  if (flags & METH_VARARGS) return SHAPE_TUPLE;
  return flags & METH_O ? SHAPE_TWO : SHAPE_ONE;
}

static void patch_method(u64 method, u64 owner) {
  if (method) patch(method + 8, 1, shape_of(load32(method + 16)), GIVES_OBJECT, load(method), owner);
}

void audit_methods(u64 methods, u64 owner) {
  for (u32 i = 0; methods && i < MOST_METHODS && load(methods); i++, methods += METHOD_BYTES) patch_method(methods, owner);
}

static void patch_getset(u64 getset, u64 owner) {
  if (!getset) return;
  patch(getset + 8, 1, SHAPE_ONE, GIVES_OBJECT, load(getset), owner);
  patch(getset + 16, 1, SHAPE_SET, GIVES_INT, load(getset), owner);
}

/* Of a type whose bases have the same function in this slot: the name of the first of them. */
static u64 first_owner(u64 type, u64 table, u32 offset, u64 function) {
  for (u64 base = type; (base = load(base + TP_BASE)) != 0;) {
    u64 slots = table ? load(base + table) : base;
    if (!slots || audit_unstub(load(slots + offset)) != function) break;
    type = base;
  }
  return load(type + TP_NAME);
}

/* `table`: offset of a pointer to the slots; 0: they are in the type itself. */
static void patch_slots(u64 type, u64 table, const Slot *slots) {
  u64 base = table ? load(type + table) : type;
  for (; base && slots->name; slots++) {
    u64 function = load(base + slots->offset);
    if (!function || (audit.walk != WALK_UNPATCH && !is_audited_code(function))) continue;
    u64 owner = audit.walk == WALK_UNPATCH ? 0 : first_owner(type, table, slots->offset, function);
    patch(base + slots->offset, 0, slots->shape, slots->gives, (u64)slots->name, owner);
  }
}

enum { SEEN_TYPES = 1 << 15 };
static int seen_before(u64 type) {
  u32 at = (u32)mix(type) & (SEEN_TYPES - 1);
  for (u32 i = 0; i < 16; i++, at = (at + 1) & (SEEN_TYPES - 1)) {
    if (audit.seen[at] == type) return 1;
    if (!audit.seen[at]) return audit.seen[at] = type, 0;
  }
  return 0;
}

static void patch_type(u64 type) {
  for (; type && !seen_before(type); type = load(type + TP_BASE)) {
    u64 name = load(type + TP_NAME);
    patch_slots(type, 0, type_slots);
    patch_slots(type, 80, async_slots);
    patch_slots(type, 96, number_slots);
    patch_slots(type, 104, sequence_slots);
    patch_slots(type, 112, mapping_slots);
    audit_methods(load(type + TP_METHODS), name);
    for (u64 getset = load(type + TP_GETSET); getset && load(getset); getset += GETSET_BYTES) patch_getset(getset, name);
  }
}

/* Offsets of PyCFunctionObject and of the descriptors: methodobject.h, descrobject.h. A slot's wrapper has the same stub as the slot. */
enum { M_ML = 16, D_TYPE = 16, D_BASE = 40, D_WRAPPED = 48 };
static void patch_wrapper(u64 wrapper) {
  u64 type = load(wrapper + D_TYPE), function = load(wrapper + D_WRAPPED);
  if (audit.walk == WALK_UNPATCH) return patch(wrapper + D_WRAPPED, 0, 0, 0, 0, 0);
  for (u32 shape = 0; is_audited_code(function) && shape < SHAPES; shape++)
    for (u32 gives = GIVES_OBJECT; gives <= GIVES_NOTHING; gives++) {
      u32 mask = 2 * MAX_ENTRIES - 1, at = (u32)mix(function ^ shape) & mask;
      for (; audit.entry_buckets[at]; at = (at + 1) & mask) {
        const Entry *known = &audit.entries[audit.entry_buckets[at]];
        if (known->function == function && !known->slot && known->shape == shape && known->gives == gives)
          return patch(wrapper + D_WRAPPED, 0, shape, gives, known->name, load(type + TP_NAME));
      }
    }
}

/* Cython's functions begin as PyCFunctionObject does; each module has a type of its own for them, by one of these names. */
static int is_cython_function(u64 type) {
  static const char *const names[] = {"cython_function_or_method", "fused_cython_function"};
  const char *name = (const char *)load(type + TP_NAME), *last = name;
  for (; *name; name++)
    if (*name == '.') last = name + 1;
  for (u32 i = 0; i < 2; i++) {
    u32 k = 0;
    while (names[i][k] && names[i][k] == last[k]) k++;
    if (!names[i][k] && !last[k]) return 1;
  }
  return 0;
}

/* Objects that are called through a pointer of their own (PEP 590): nanobind's functions, numpy's. */
enum { TP_VECTORCALL_OFFSET = 56, HAVE_VECTORCALL = 11 };
static u64 vectorcall_slot(u64 object, u64 type) {
  u64 offset = load(type + TP_VECTORCALL_OFFSET);
  return load(type + state.target.type_flags) >> HAVE_VECTORCALL & 1 && offset && offset < 4096 ? object + offset : 0;
}

static void patch_vectorcall(u64 object, u64 type, u32 own) {
  u64 slot = vectorcall_slot(object, type);
  if (slot) patch(slot, own, SHAPE_VECTOR, GIVES_OBJECT, (u64)"__call__", load(type + TP_NAME));
}

u64 audit_own_vectorcall(u64 object) {
  u64 type = load(object + state.target.object_type), slot = vectorcall_slot(object, type);
  if (!slot || is_cython_function(type) || !is_audited_code(load(slot)) || audit.entry_count >= MAX_ENTRIES / 2) return 0;
  patch_vectorcall(object, type, 1);
  return slot;
}

static void patch_if_type(u64 object) {
  if (object && load(load(object + state.target.object_type) + state.target.type_flags) >> TYPE_SUBCLASS & 1) patch_type(object);
}

/* The collector does not know static types; their members, their __new__ and the weak references that their bases have to them, it does. */
enum { WR_OBJECT = 16, M_SELF = 24 };
static void visit(u64 object) {
  if (audit.walk == WALK_HOLDERS) return audit_look_into(object);
  if (audit.walk == WALK_CYCLES) return cycles_look(object);
  u64 type = load(object + state.target.object_type);
  patch_type(type);
  if (load(type + state.target.type_flags) >> TYPE_SUBCLASS & 1) return patch_type(object);
  const AuditTarget *at = &audit.at;
  if (type == at->weakref_type) return patch_if_type(load(object + WR_OBJECT));
  if (type == at->function_type) {
    patch_if_type(load(object + M_SELF));
    return patch_method(load(object + M_ML), 0);
  }
  u64 owner = load(object + D_TYPE);
  if (type == at->member_type) return patch_type(owner);
  if (load(type + TP_VECTORCALL_OFFSET) && is_cython_function(type)) return patch_method(load(object + M_ML), 0);
  patch_vectorcall(object, type, 0);
  if (type != at->method_type && type != at->class_method_type && type != at->getset_type && type != at->wrapper_type) return;
  patch_type(owner);
  if (type == at->getset_type) patch_getset(load(object + D_BASE), load(owner + TP_NAME));
  else if (type == at->wrapper_type) patch_wrapper(object);
  else patch_method(load(object + D_BASE), load(owner + TP_NAME));
}

static int visited(void *object, void *unused) {
  (void)unused;
  visit((u64)object);
  return 1;
}

/* All objects that the collector knows (3.12+), or none: then the agent hands them in. Forgets the types it saw last time. */
u64 audit_visit_all(u32 walk) {
  if (!audit.seen && !(audit.seen = os_reserve(8ul * SEEN_TYPES))) return 0;
  os_empty(audit.seen, 8ul * SEEN_TYPES);
  audit.walk = walk;
  if (audit.at.visit) (void)audit.at.visit(visited, NULL);
  return audit.found;
}

u64 audit_visit_items(u64 items, u64 count) {
  for (u64 i = 0; audit.seen && i < count; i++) visit(load(items + 8 * i));
  return audit.found;
}
