/* The collector's lists in, a record of every object that they and tp_traverse lead to out. How many references an object holds and to what is what
   its tp_traverse says; what is known of its layout only says what they are. Nothing is called but tp_traverse and tp_is_gc. Next: heap-words.c. */
#include "heap.h"

enum { LOOK_AT_CLOCK = 8191, LONG_FLAG = 1u << 24, DEEPEST_LIST = 0x7fffffff, FROZEN_COUNT = 500000000 };
#define HEAP_FLAG (1ul << 9)
#define GC_FLAG (1ul << 14)
#define PREHEADER_FLAGS 24ul /* Py_TPFLAGS_MANAGED_DICT and, from 3.12, Py_TPFLAGS_MANAGED_WEAKREF */

typedef int (*Visit)(u64 object, void *with);
static int collect(u64 object, void *with) {
  (void)with;
  u32 node = node_of(object);
  if (!node || heap.visited_count >= MOST_NODES) return 0;
  heap.visited[heap.visited_count++] = node;
  heap.visits[node - 1]++;
  return 0;
}

int traverses(u64 object, const HeapType *type) {
  if (!type->traverse) return 0;
  return !type->is_gc || ((int (*)(u64))type->is_gc)(object);
}

void visit_all(u64 object, const HeapType *type) {
  heap.visited_count = 0;
  if (traverses(object, type)) (void)((int (*)(u64, Visit, void *))type->traverse)(object, collect, NULL);
}

int take_visit(u32 node) {
  if (!node || !heap.visits[node - 1]) return 0;
  heap.visits[node - 1]--;
  return 1;
}

void forget_visits(void) {
  for (u64 i = 0; i < heap.visited_count; i++) heap.visits[heap.visited[i] - 1] = 0;
}

/* Two words of the collector, and two before them where the type asks for it. */
u64 header_of(const HeapType *type) {
  u64 managed = heap.minor >= 12 ? PREHEADER_FLAGS : heap.minor == 11 ? 16ul : 0;
  return (type->flags >> 14 & 1 ? 16ul : 0) + (type->flags & managed ? 16ul : 0);
}

static u64 text_bytes(u64 object, const HeapType *type) {
  const ErrorTarget *t = &state.target.errors;
  u32 bits = load32(object + t->unicode_state), width = (bits >> 2) & 7;
  if (!is_plain_text(object)) return (u64)type->basic;
  u64 length = load(object + t->unicode_length);
  return (bits >> 6 & 1) ? t->unicode_ascii + length + 1 : t->unicode_compact + (length + 1) * width;
}

static u64 owned_bytes(u64 object, const HeapType *type) {
  const HeapTarget *t = &heap.target;
  if (heap.careful && type->kind != KIND_DICT) return 0;
  if (type->kind == KIND_LIST) {
    own_memory(load(object + t->list_items));
    return load(object + t->list_allocated) * 8;
  }
  if (type->kind == KIND_DICT) {
    u64 keys = load(object + t->dict_keys);
    if (load(object + t->dict_values) || !may_read(keys, 64)) return 0;
    own_memory(keys);
    return keys_bytes(keys);
  }
  if (type->address == t->set_type || type->address == t->frozen_set_type) {
    u64 table = load(object + t->set_table);
    if (table == object + t->set_small_table) return 0;
    own_memory(table);
    return (load(object + t->set_mask) + 1) * 16;
  }
  return 0;
}

u64 size_of(u64 object, const HeapType *type) {
  u64 size = header_of(type);
  if (type->kind == KIND_TEXT) return size + text_bytes(object, type);
  size += type->basic > 0 ? (u64)type->basic : 0;
  if (type->item > 0 && type->kind != KIND_TYPE) {
    i64 items = items_of(object);
    if ((type->flags & LONG_FLAG) && heap.minor >= 12) items >>= 3;
    if (items < 0) items = -items;
    if (items < 1l << 40) size += (u64)items * (u64)type->item;
  }
  return size + owned_bytes(object, type);
}

u32 site_of(u64 object, const HeapType *type) {
  if (!state.regions) return 0;
  u64 *found = shadow_find(object - header_of(type)), word = found ? *found : 0;
  u32 key = WORD_KEY(word);
  if (!word) return 0;
  return key < LOOSE_KEY ? state.keys[key].site : MAX_SITES + (key - LOOSE_KEY);
}

u64 count_of(u64 object) { return heap.minor >= 12 ? load32(object) : load(object); }
/* Before PEP 683, 3.11 gave what is frozen into it a count that nothing reaches. */
int is_immortal(u64 object) { return heap.minor >= 12 ? (int)load32(object) < 0 : heap.minor == 11 && load(object) >= FROZEN_COUNT; }

static void walk_items(u64 items, u64 count, int exact) {
  if (!may_read(items, 8 * count)) return;
  for (u64 i = 0; i < count && i < DEEPEST_LIST; i++) {
    u64 item = load(items + 8 * i);
    u32 node = item ? node_of(item) : 0;
    if (node && (exact || take_visit(node))) edge_put(node, EDGE_ITEM, (u32)i);
  }
}

static void walk_sequence(u64 object, const HeapType *type, int exact) {
  i64 count = items_of(object);
  u64 items = type->kind == KIND_LIST ? load(object + heap.target.list_items) : object + heap.target.tuple_items;
  if (count > 0 && items) walk_items(items, (u64)count, exact);
}

/* A reference to what holds none is often left out of a traverse: it cannot be part of a cycle. */
static int is_left_out(u64 value) {
  u64 type = value && node_of(value) ? type_word(value) : 0;
  return type && !(load(type + state.target.type_flags) & GC_FLAG);
}

static void walk_members(u64 object, const HeapType *type, int visited) {
  for (u32 i = 0; i < type->member_count; i++) {
    HeapMember *member = &heap.members[type->members + i];
    u64 value = load(object + member->offset);
    u32 node = !value ? 0 : visited ? node_at(value) : node_of(value);
    if (node && (!visited || take_visit(node))) edge_name(node, EDGE_ATTRIBUTE, member);
    else if (type->kind != KIND_TUPLE && is_left_out(value)) edge_name(node_of(value), EDGE_ATTRIBUTE, member);
  }
}

/* What it has beside its members. */
static void walk_code(u64 code) {
  static HeapMember parts[2] = {{"co_localsplusnames", 0, 0, 0}, {"co_localspluskinds", 0, 0, 0}};
  const u64 offsets[2] = {heap.target.code_local_names, heap.target.code_local_kinds};
  for (u32 i = 0; i < 2 && heap.minor >= 11; i++) {
    u64 value = load(code + offsets[i]);
    u32 node = value ? node_of(value) : 0;
    if (node) edge_name(node, EDGE_ATTRIBUTE, &parts[i]);
  }
}

/* Its traverse tells of the first four, where it has one. From 3.12 on a static type has a number where others have their subclasses. */
static void walk_type(u64 object, int visited) {
  static HeapMember parts[8] = {{"__dict__", 0, 0, 0}, {"__bases__", 0, 0, 0}, {"__mro__", 0, 0, 0}, {"__base__", 0, 0, 0},
                                {"__subclasses__", 0, 0, 0}, {"__name__", 0, 0, 0}, {"__qualname__", 0, 0, 0}, {"__slots__", 0, 0, 0}};
  const HeapTarget *t = &heap.target;
  /* All that are left of its instances may be lost: they are recognised by it. */
  if (heap.type_count < MOST_HEAP_TYPES / 2) (void)heap_type_of(object);
  const u64 offsets[8] = {t->type_dict, t->type_bases, t->type_mro, t->type_base, t->type_subclasses, t->type_own_name, t->type_qualified_name, t->type_slots};
  int is_heap = (load(object + state.target.type_flags) & HEAP_FLAG) != 0;
  u32 count = is_heap ? 8 : heap.minor < 12 ? 5 : 3;
  for (u32 i = 0; i < count; i++) {
    if (i == 3 && !is_heap) continue; /* a static type does not hold its base */
    u64 value = load(object + offsets[i]);
    u32 node = value ? node_of(value) : 0;
    if (node && (i >= 4 || !visited || take_visit(node))) edge_name(node, EDGE_ATTRIBUTE, &parts[i]);
  }
  if (is_heap && load(object + t->type_cached_keys)) walk_shared_keys(load(object + t->type_cached_keys));
}

/* Up to 3.10 a frame is an object; cells and free variables follow its locals. */
static void walk_frame_locals(u64 frame) {
  u64 code = load(frame + state.target.frame_code), count = local_count(code);
  for (u64 i = 0; i < count; i++) {
    u64 value = load(frame + heap.target.frame_locals + 8 * i);
    u32 node = value ? node_at(value) : 0;
    if (take_visit(node)) edge_text(node, EDGE_LOCAL, local_name(code, i));
  }
}

static void walk_visited(u64 object, HeapType *type) {
  visit_all(object, type);
  if (type->flags & HEAP_FLAG) {
    (void)take_visit(type->node);
    edge_put(type->node, EDGE_TYPE, 0);
  }
  if (type->kind == KIND_DICT) walk_dict(object, 0);
  if (type->ordered) walk_order(object);
  if (type->kind == KIND_LIST || type->kind == KIND_TUPLE) walk_sequence(object, type, 0);
  else if (type->kind == KIND_TYPE) walk_type(object, 1);
  else if (type->kind == KIND_FRAME && heap.minor < 11) walk_frame_locals(object);
  else if (type->kind == KIND_CELL && take_visit(node_at(load(object + heap.target.cell_contents))))
    edge_put(node_at(load(object + heap.target.cell_contents)), EDGE_CELL, 0);
  walk_members(object, type, 1);
  walk_attributes(object, type);
  for (u64 i = 0; i < heap.visited_count; i++)
    if (take_visit(heap.visited[i])) edge_put(heap.visited[i], EDGE_VISITED, (u32)i);
}

/* Nothing is called of what only looks like an object. */
static int has_traverse(u64 object, const HeapType *type) { return heap.careful ? type->traverse != 0 : traverses(object, type); }

static void walk_object(u32 node) {
  u64 object = heap.addresses[node];
  HeapType *type = heap_type_of(type_word(object));
  if (!type) return;
  int immortal = is_immortal(object), orphan = node >= heap.orphans_from && node < heap.orphans_to, tells = has_traverse(object, type);
  u32 flags = (node >= heap.tracked_from && node < heap.tracked_to ? FLAG_TRACKED : 0) | (immortal ? FLAG_IMMORTAL : 0) | (orphan ? FLAG_ORPHAN : 0) |
              (type->kind == KIND_TYPE ? FLAG_TYPE : 0) | (tells ? FLAG_TRAVERSES : 0);
  object_open(node, flags, type, immortal ? 0 : count_of(object), size_of(object, type), site_of(object, type));
  u64 of = type->address;
  if (of == heap.target.dict_type) walk_dict(object, 1);
  else if (of == heap.target.list_type || of == heap.target.tuple_type) walk_sequence(object, type, 1);
  else if (tells && !heap.careful) walk_visited(object, type);
  else {
    if (type->flags & HEAP_FLAG) edge_put(type->node, EDGE_TYPE, 0);
    if (type->kind == KIND_TYPE && !heap.careful) walk_type(object, 0);
    else if (!type->traverse && !heap.careful) walk_members(object, type, 0);
    if (type->kind == KIND_CODE && !heap.careful) walk_code(object);
  }
  object_close();
}

/* Objects are numbered as they are found, and what a record names is found by then or numbered next: one pass, in order. */
void walk_all(void) {
  for (; heap.walked < heap.count; heap.walked++) {
    if (!(heap.walked & LOOK_AT_CLOCK) && os_now() > heap.deadline) heap_fail(HEAP_LATE);
    if (heap.walked < heap.tracked_from) walk_state(heap.walked);
    else walk_object(heap.walked);
  }
}
