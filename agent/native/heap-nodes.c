/* Addresses in, numbers of nodes out, in the order in which they were found; and what is known of each type. The map has a word for each 16 bytes
   of address space, as the shadow table has: objects that lie together are looked up together. Next: heap-walk.c. */
#include "heap.h"

enum { MEMBER_OBJECT = 6, MEMBER_OBJECT_EX = 16, MOST_BASES = 64 };
#define GC_FLAG (1ul << 14)
#define LIST_FLAG (1ul << 25)
#define TUPLE_FLAG (1ul << 26)
#define TEXT_FLAG (1ul << 28)
#define DICT_FLAG (1ul << 29)
#define TYPE_FLAG (1ul << 31)

Heap heap;

int heap_reserve(void) {
  const struct { void *place; u64 bytes; } tables[] = {
      {&heap.map, 8ul << 23},          {&heap.odd, 16ul << ODD_BITS},
      {&heap.addresses, 8ul * MOST_NODES}, {&heap.extra, 4ul * MOST_NODES},
      {&heap.visits, 4ul * MOST_NODES},    {&heap.visited, 4ul * MOST_NODES},
      {&heap.types, sizeof(HeapType) * MOST_HEAP_TYPES}, {&heap.members, sizeof(HeapMember) * MOST_MEMBERS},
      {&heap.degrees, 4ul * MOST_NODES},   {&heap.states, sizeof(HeapState) * MOST_STATES},   {&heap.shared, 8ul * MOST_SHARED},
      {&heap.buffer, 1ul << 20},
  };
  for (u32 i = 0; i < sizeof tables / sizeof tables[0]; i++)
    if (!(*(void **)tables[i].place = os_reserve(tables[i].bytes))) return 0;
  heap.at = heap.buffer;
  heap.limit = heap.buffer + (1ul << 20) - 16384;
  return 1;
}

static u32 *word_of(u64 address, int make) {
  u64 region = address >> NODE_REGION_BITS;
  if (region >= 1ul << 23) return NULL;
  if (!heap.map[region]) {
    if (!make) return NULL;
    if (!(heap.map[region] = os_reserve(NODE_REGION_WORDS * 4ul))) heap_fail(HEAP_NO_MEMORY);
  }
  return heap.map[region] + ((address & ((1u << NODE_REGION_BITS) - 1)) >> 4);
}

/* Static objects may stand at an odd multiple of 8: there are few of them. */
static u64 *odd_of(u64 address) {
  u64 mask = (1ul << ODD_BITS) - 1, at = mix(address >> 3) & mask;
  for (u64 i = 0; i <= mask; i++, at = (at + 1) & mask)
    if (!heap.odd[2 * at] || heap.odd[2 * at] == address) return heap.odd + 2 * at;
  return NULL;
}

u32 node_at(u64 address) {
  if (address & 7) return 0;
  if (address & 8) {
    u64 *slot = odd_of(address);
    return slot && slot[0] ? (u32)slot[1] : 0;
  }
  u32 *word = word_of(address, 0);
  return word && *word != OWNED ? *word : 0;
}

u32 node_new(u64 address) {
  if (heap.count + 1 >= MOST_NODES) heap_fail(HEAP_NO_MEMORY);
  u32 node = heap.count++;
  heap.addresses[node] = address;
  if (address & 8) {
    u64 *slot = odd_of(address);
    if (!slot) heap_fail(HEAP_NO_MEMORY);
    slot[0] = address;
    slot[1] = node + 1;
  } else {
    u32 *word = word_of(address, 1);
    if (word) *word = node + 1;
  }
  return node + 1;
}

void own_memory(u64 address) {
  u32 *word = address && !(address & 15) ? word_of(address, 1) : NULL;
  if (word && !*word) *word = (u32)OWNED;
}

int may_read(u64 address, u64 bytes) { return !heap.careful || is_mapped(address, bytes); }

/* One that objects are known of. */
static int is_type(u64 address) {
  u32 node = node_at(address), number = node ? heap.extra[node - 1] : 0;
  return number && number <= heap.type_count && heap.types[number - 1].address == address;
}

u32 node_of(u64 address) {
  u32 known = node_at(address);
  if (LIKELY(known != 0)) return known;
  if ((address & 7) || address < 65536 || address >> 47) return 0;
  if (!may_read(address, 16)) return 0;
  u64 type = type_word(address);
  if ((type & 7) || type < 65536 || type >> 47 || (heap.careful && !is_type(type))) return 0;
  return node_new(address);
}

int seen_shared(u64 keys) {
  u64 at = mix(keys >> 3) & (MOST_SHARED - 1);
  for (u32 i = 0; i < 64; i++, at = (at + 1) & (MOST_SHARED - 1)) {
    if (heap.shared[at] == keys) return 1;
    if (heap.shared[at]) continue;
    heap.shared[at] = keys;
    return 0;
  }
  return 1;
}

/* Slots and members that hold objects, those of the bases as well (PyMemberDef). */
static void learn_members(HeapType *type) {
  const HeapTarget *t = &heap.target;
  type->members = heap.member_count;
  u64 at = type->address;
  for (u32 depth = 0; at && depth < MOST_BASES; depth++, at = load(at + t->type_base)) {
    u64 row = load(at + t->type_members);
    if (at == t->ordered_dict_type) type->ordered = 1;
    for (; row && load(row) && heap.member_count < MOST_MEMBERS; row += t->member_bytes) {
      u32 kind = load32(row + t->member_type);
      if (kind != MEMBER_OBJECT && kind != MEMBER_OBJECT_EX) continue;
      heap.members[heap.member_count++] = (HeapMember){(const char *)load(row), load(row + t->member_offset), 0, 0};
    }
  }
  type->member_count = heap.member_count - type->members;
}

static u32 kind_of(u64 type, u64 flags) {
  if (flags & DICT_FLAG) return KIND_DICT;
  if (flags & LIST_FLAG) return KIND_LIST;
  if (flags & TUPLE_FLAG) return KIND_TUPLE;
  if (flags & TEXT_FLAG) return KIND_TEXT;
  if (flags & TYPE_FLAG) return KIND_TYPE;
  if (type == heap.target.cell_type) return KIND_CELL;
  if (type == heap.target.code_type) return KIND_CODE;
  return type == heap.target.frame_type ? KIND_FRAME : KIND_PLAIN;
}

HeapType *heap_type_of(u64 address) {
  u32 node = node_of(address);
  if (!node) return NULL;
  u32 known = heap.extra[node - 1];
  if (LIKELY(known != 0)) return &heap.types[known - 1];
  if (heap.type_count >= MOST_HEAP_TYPES) heap_fail(HEAP_NO_MEMORY);
  HeapType *type = &heap.types[heap.type_count++];
  heap.extra[node - 1] = heap.type_count;
  u64 flags = load(address + state.target.type_flags);
  *type = (HeapType){.address = address, .flags = flags, .node = node, .kind = kind_of(address, flags)};
  if (flags & GC_FLAG) type->traverse = load(address + heap.target.type_traverse);
  type->is_gc = load(address + heap.target.type_is_gc);
  type->basic = (i64)load(address + state.target.type_basic_size);
  type->item = (i64)load(address + state.target.type_item_size);
  learn_members(type);
  return type;
}

/* Compact, as all strings are that the interpreter makes. */
int is_plain_text(u64 object) {
  u64 type = type_word(object);
  if ((type & 7) || !(load(type + state.target.type_flags) & TEXT_FLAG)) return 0;
  u32 bits = load32(object + state.target.errors.unicode_state), kind = (bits >> 2) & 7;
  return (bits >> 5 & 1) && (kind == 1 || kind == 2 || kind == 4);
}
