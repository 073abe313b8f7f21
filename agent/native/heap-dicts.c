/* Key tables of dicts and of instances in, edges to keys and values out (Objects/dictobject.c). A dict's traverse leaves keys out that are strings, and
   a table that instances share holds its keys once: here they are told where they are held. Next: heap-walk.c. */
#include "heap.h"

enum { SPLIT_KIND = 2, GENERAL_ENTRY = 24, TEXT_ENTRY = 16, MOST_LOG_BYTES = 40 };
#define MANAGED_DICT 16ul
#define INLINE_VALUES 4ul

static u64 index_bytes(u64 size) { return size <= 0xff ? size : size <= 0xffff ? 2 * size : size <= 0xfffffffful ? 4 * size : 8 * size; }

Keys keys_of(u64 table, u64 values) {
  const HeapTarget *t = &heap.target;
  Keys keys = {.table = table, .values = values, .count = load(table + t->keys_entry_count), .stride = GENERAL_ENTRY, .split = values != 0};
  u64 indices = table + t->keys_indices;
  if (t->keys_kind) {
    u32 kind = load8(table + t->keys_kind), log = load8(table + t->keys_log_index_bytes);
    keys.entries = indices + (1ul << (log < MOST_LOG_BYTES ? log : 0));
    if (kind) keys.stride = TEXT_ENTRY;
    keys.split = kind == SPLIT_KIND;
  } else keys.entries = indices + index_bytes(load(table + t->keys_size));
  return keys;
}

u64 keys_bytes(u64 table) {
  const HeapTarget *t = &heap.target;
  Keys keys = keys_of(table, 0);
  u64 size = t->keys_kind ? 1ul << (load8(table + t->keys_log_size) & 63) : load(table + t->keys_size);
  return keys.entries - table + (size * 2 / 3) * keys.stride;
}

Keys keys_of_dict(u64 dict) {
  const HeapTarget *t = &heap.target;
  u64 values = load(dict + t->dict_values);
  Keys keys = keys_of(load(dict + t->dict_keys), values ? values + t->values_first : 0);
  /* From 3.13 on an instance's own values may serve its dict: they are the instance's. */
  keys.embedded = values && t->values_embedded && load8(values + t->values_embedded);
  return keys;
}

static inline u64 key_at(const Keys *keys, u64 i) { return load(keys->entries + i * keys->stride + (keys->stride == GENERAL_ENTRY ? 8 : 0)); }
static inline u64 value_at(const Keys *keys, u64 i) {
  if (keys->values) return load(keys->values + 8 * i);
  return load(keys->entries + i * keys->stride + keys->stride - 8);
}

void walk_shared_keys(u64 table) {
  if (seen_shared(table)) return;
  Keys keys = keys_of(table, 0);
  for (u64 i = 0; i < keys.count; i++) {
    u64 key = key_at(&keys, i);
    u32 node = key ? node_of(key) : 0;
    if (node) edge_put(node, EDGE_KEY, 0);
  }
}

/* The interpreter's own dict of interned strings: what it holds is not counted (Objects/unicodeobject.c). */
static int holds_uncounted(const Keys *keys) {
  if (keys->values || keys->count < 64) return 0;
  for (u64 i = 0; i < keys->count; i++) {
    u64 key = key_at(keys, i), value = value_at(keys, i);
    if (key != value || (key && (!is_plain_text(key) || !(load32(key + state.target.errors.unicode_state) & 3)))) return 0;
  }
  return 1;
}

/* A dict that is no more than that, or the dict in an instance of a subclass, whose traverse has been called. */
void walk_dict(u64 dict, int exact) {
  u64 table = load(dict + heap.target.dict_keys);
  if (!may_read(table, 64)) return;
  Keys keys = keys_of_dict(dict);
  if (!may_read(table, keys.entries - table + keys.count * keys.stride)) return;
  if (keys.split) walk_shared_keys(keys.table);
  else if (exact && holds_uncounted(&keys)) return;
  for (u64 i = 0; i < keys.count; i++) {
    u64 key = key_at(&keys, i), value = keys.embedded ? 0 : value_at(&keys, i);
    u32 key_node = key && value && !keys.split ? node_of(key) : 0, value_node = value ? node_of(value) : 0;
    if (key_node) {
      if (!exact) (void)take_visit(key_node);
      edge_put(key_node, EDGE_KEY, 0);
    }
    if (value_node && (exact || take_visit(value_node))) edge_text(value_node, EDGE_VALUE, key);
  }
}

/* Objects/odictobject.c: the first and the last node follow the dict; a node is key, hash, next, previous, and holds its key once more. No header
   tells of it, so it is made sure that the two are ends. */
void walk_order(u64 dict) {
  enum { NEXT = 16, PREVIOUS = 24, NODE = 32, MOST = 1 << 28 };
  u64 first = load(dict + heap.target.dict_values + 8), last = load(dict + heap.target.dict_values + 16);
  if (!is_mapped(first, NODE) || !is_mapped(last, NODE) || load(first + PREVIOUS) || load(last + NEXT)) return;
  u64 at = first;
  for (u32 i = 0; at && i < MOST; i++, at = load(at + NEXT)) {
    u32 node = node_of(load(at));
    own_memory(at);
    if (node) edge_put(node, EDGE_KEY, 0);
  }
}

/* Where an instance keeps its attributes while it has no dict; 0 when it has one. */
static u64 own_values(u64 object, const HeapType *type) {
  if (heap.minor < 11 || !(type->flags & MANAGED_DICT)) return 0;
  if (heap.minor == 11) return load(object - 32);
  if (heap.minor == 12) {
    u64 word = load(object - 24);
    return word & 1 ? word + 1 : 0;
  }
  if (!(type->flags & INLINE_VALUES) || type->basic < 16) return 0;
  u64 values = object + (u64)type->basic;
  return load8(values + heap.target.values_valid) ? values : 0;
}

void walk_attributes(u64 object, const HeapType *type) {
  u64 values = own_values(object, type), table = values ? load(type->address + heap.target.type_cached_keys) : 0;
  if (!table) return;
  if (heap.minor < 13) own_memory(values);
  walk_shared_keys(table);
  Keys keys = keys_of(table, values + heap.target.values_first);
  for (u64 i = 0; i < keys.count; i++) {
    u64 value = value_at(&keys, i);
    u32 node = value ? node_at(value) : 0;
    if (take_visit(node)) edge_text(node, EDGE_ATTRIBUTE, key_at(&keys, i));
  }
}
