/* A heap of plain memory, walked in this process: nodes, dicts, instances, what a traverse leaves out, pools with what nobody refers to, and the bytes of it all. */
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "../../agent/native/heap.h"
#include "check.h"
#include "wire-in.h"

enum { TYPE_WORDS = 64, OBJECT_TYPE = 8, POOL = 16384, GC_TYPE = 1 << 14, DICT_TYPE = 1 << 29, TEXT_TYPE = 1 << 28, META_TYPE = 1 << 31 };

static HeapProgress progress;
static u64 types[8][TYPE_WORDS] __attribute__((aligned(16)));
static u64 metatype[TYPE_WORDS] __attribute__((aligned(16)));
static int ends[2];

static u64 type_new(u32 at, const char *name, u64 flags, u64 basic, u64 item) {
  u64 *type = types[at];
  memset(type, 0, sizeof types[at]);
  type[1] = (u64)metatype;
  type[3] = (u64)name;
  type[4] = basic;
  type[5] = item;
  type[21] = flags;
  return (u64)type;
}

static void open_heap(void) {
  memset(&heap, 0, sizeof heap);
  memset(&progress, 0, sizeof progress);
  memset(&state.target, 0, sizeof state.target);
  metatype[1] = (u64)metatype;
  metatype[3] = (u64) "type";
  metatype[4] = 880;
  metatype[21] = (u64)(u32)META_TYPE;
  state.target.object_type = OBJECT_TYPE;
  state.target.type_flags = 168;
  state.target.type_basic_size = 32;
  state.target.type_item_size = 40;
  state.target.var_size = 16;
  state.target.errors.unicode_state = 32;
  state.target.errors.unicode_ascii = 40;
  state.target.errors.unicode_compact = 56;
  state.target.errors.unicode_length = 16;
  heap.minor = 13;
  heap.target = (HeapTarget){.type_name = 24, .type_traverse = 184, .type_is_gc = 328, .type_members = 240, .type_base = 256, .type_dict = 264, .type_bases = 336,
                             .type_mro = 344, .type_cached_keys = 440, .member_type = 8, .member_offset = 16, .member_bytes = 40, .dict_keys = 32, .dict_values = 40,
                             .keys_entry_count = 24, .keys_indices = 32, .keys_log_size = 8, .keys_log_index_bytes = 9, .keys_kind = 10, .values_first = 8,
                             .values_embedded = 2, .values_valid = 3, .list_items = 24, .list_allocated = 32, .tuple_items = 24, .names = 1};
  heap.progress = &progress;
  heap.deadline = ~0ul;
  heap.orphans_from = heap.orphans_to = ~0u;
  CHECK(heap_reserve());
  heap.ranges = os_reserve(sizeof(HeapRange) * 16);
  CHECK(pipe(ends) == 0);
  heap.pipe = ends[1];
}

static void close_heap(void) {
  close(ends[0]);
  close(ends[1]);
  memset(&heap, 0, sizeof heap);
}

static u64 text_new(u64 type, const char *words) {
  u64 *text = aligned_alloc(16, 64 + 64);
  memset(text, 0, 128);
  text[0] = 3;
  text[1] = type;
  text[2] = strlen(words);
  *(u32 *)&text[4] = 1 | 1 << 2 | 1 << 5 | 1 << 6;
  memcpy((u8 *)text + 40, words, strlen(words));
  return (u64)text;
}

static u64 object_new(u64 type) {
  u64 *object = aligned_alloc(16, 64);
  memset(object, 0, 64);
  object[0] = 1;
  object[1] = type;
  return (u64)object;
}

static void numbers(void) {
  open_heap();
  u64 type = type_new(0, "plain", 0, 16, 0), object = object_new(type);
  u32 node = node_of(object);
  CHECK(node != 0);
  EQUAL(node_of(object), node);
  EQUAL(node_at(object + 16), 0);
  EQUAL(node_of(object + 3), 0);
  EQUAL(node_of(24), 0);
  u64 odd = object + 8;
  *(u64 *)(odd + 8) = type;
  CHECK(node_of(odd) != 0 && node_of(odd) != node);
  EQUAL(node_at(odd), node_of(odd));
  own_memory(object + 32);
  EQUAL(node_at(object + 32), 0);
  EQUAL(heap_type_of(type)->basic, 16);
  CHECK(heap_type_of(type) == heap_type_of(type));
  free((void *)object);
  close_heap();
}

static u64 dict_new(u64 type, u64 texts, u64 plain, u32 count) {
  u64 *dict = aligned_alloc(16, 64), *keys = aligned_alloc(16, 256);
  memset(dict, 0, 64);
  memset(keys, 0, 256);
  ((u8 *)keys)[8] = 3, ((u8 *)keys)[9] = 3, ((u8 *)keys)[10] = 1;
  keys[3] = count;
  for (u32 i = 0; i < count; i++) {
    char name[2] = {(char)('a' + i), 0};
    keys[5 + 2 * i] = text_new(texts, name);
    keys[6 + 2 * i] = object_new(plain);
  }
  dict[0] = 1, dict[1] = type, dict[2] = count, dict[4] = (u64)keys;
  return (u64)dict;
}

/* Three keys, three values; each type once; then the end with the same figures. */
static void read_back(u64 objects, u64 edges) {
  static u8 bytes[1 << 16];
  i64 length = read(ends[0], bytes, sizeof bytes);
  EQUAL(length, progress.bytes);
  CHECK(bytes[0] & 0x80);
  In in = {bytes + length - 1, bytes + length};
  while (in.at > bytes && *in.at != 5) in.at--;
  in.at++;
  EQUAL(word(&in), objects);
  EQUAL(word(&in), edges);
}

static void dicts(void) {
  open_heap();
  u64 dict_type = type_new(1, "dict", GC_TYPE | DICT_TYPE, 48, 0), plain = type_new(2, "plain", 0, 16, 0), texts = type_new(3, "str", TEXT_TYPE, 64, 0);
  heap.target.dict_type = dict_type;
  u64 dict = dict_new(dict_type, texts, plain, 3);
  u32 node = node_of(dict);
  heap.tracked_to = 1;
  walk_all();
  EQUAL(progress.edges, 6 + 0);
  EQUAL(heap.labels_sent, 3);
  EQUAL(size_of(dict, heap_type_of(dict_type)), 16 + 48 + 32 + 8 + 5 * 16);
  CHECK(node == 1);
  heap_end();
  CHECK(progress.done);
  read_back(progress.objects, progress.edges);
  close_heap();
}

/* A pool of 48-byte blocks: two lost objects, one that is known, one that is free, one that is a plain array. */
static void pools(void) {
  open_heap();
  u64 plain = type_new(4, "plain", 0, 48, 0), area = ((u64)os_reserve(4 * POOL) + POOL - 1) & ~(POOL - 1ul), block = area + 48;
  (void)heap_type_of(plain);
  u64 *header = (u64 *)area;
  *(u32 *)header = 4, header[1] = block + 3 * 48;
  *(u32 *)(area + 36) = 2, *(u32 *)(area + 40) = 48 + 5 * 48, *(u32 *)(area + 44) = POOL - 48;
  for (u32 i = 0; i < 5; i++) ((u64 *)(block + i * 48))[0] = 1, ((u64 *)(block + i * 48))[1] = plain;
  *(u64 *)(block + 3 * 48) = 0;
  *(u64 *)(block + 4 * 48) = 0x7f0012345678;
  (void)node_of(block);
  heap.ranges[0] = (HeapRange){.lo = area, .hi = area + 2 * POOL, .writable = 1, .anonymous = 1};
  heap.range_count = 1;
  heap.careful = 1;
  u32 before = heap.count;
  find_orphans();
  EQUAL(progress.pools, 1);
  EQUAL(heap.count - before, 2);
  CHECK(node_at(block + 48) && node_at(block + 96));
  CHECK(!node_at(block + 144) && !node_at(block + 192));
  EQUAL(is_mapped(area, 2 * POOL), 1);
  EQUAL(is_mapped(area + POOL, 2 * POOL), 0);
  /* A count that does not agree with the free list: no pool. */
  *(u32 *)header = 3;
  before = heap.count;
  find_orphans();
  EQUAL(progress.pools, 1);
  EQUAL(heap.count, before);
  close_heap();
}

void test_heap(void) {
  numbers();
  dicts();
  pools();
}
