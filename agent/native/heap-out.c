/* Objects, edges and roots in, bytes into the pipe out. docs/heap-format.md and engine/analysis/heap/decode.ts say the same. Next: agent/heap.ts. */
#include "heap.h"

#if defined(__x86_64__)
enum { SYS_WRITE = 1, SYS_EXIT_GROUP = 231 };
#else
enum { SYS_WRITE = 64, SYS_EXIT_GROUP = 94 };
#endif
enum { TAG_WORDS = 1, TAG_ROOT, TAG_FRAME, TAG_LOOSE, TAG_END, LONGEST_TEXT = 1000, LONGEST_LABEL = 64, LONGEST_TABLE = 8000 };

void heap_fail(u64 why) {
  heap.progress->failed = why;
  for (;;) (void)os_call(SYS_EXIT_GROUP, 1, 0, 0, 0, 0, 0);
}

void heap_flush(void) {
  u8 *from = heap.buffer;
  if (os_now() > heap.deadline) heap_fail(HEAP_LATE);
  while (from < heap.at) {
    i64 written = os_call(SYS_WRITE, (u64)heap.pipe, (u64)from, (u64)(heap.at - from), 0, 0, 0);
    if (written == -4) continue; /* EINTR */
    if (written <= 0) heap_fail(HEAP_PIPE);
    from += written;
  }
  heap.progress->bytes += (u64)(heap.at - heap.buffer);
  heap.at = heap.buffer;
}

static inline void put(u64 value) {
  for (; value >= 0x80; value >>= 7) *heap.at++ = (u8)(value | 0x80);
  *heap.at++ = (u8)value;
}
static inline u64 zigzag(i64 value) { return ((u64)value << 1) ^ (u64)(value >> 63); }

static void put_words(const char *text) {
  u64 length = 0;
  while (text && length < LONGEST_TEXT && text[length]) length++;
  put(length);
  for (u64 i = 0; i < length; i++) *heap.at++ = (u8)text[i];
}

static u64 characters(u64 text, u32 *width) {
  u32 bits = load32(text + state.target.errors.unicode_state);
  *width = (bits >> 2) & 7;
  return text + (bits >> 6 & 1 ? state.target.errors.unicode_ascii : state.target.errors.unicode_compact);
}
static u32 character(u64 from, u64 at, u32 width) {
  u32 value = 0;
  for (u32 i = 0; i < width; i++) value |= (u32)load8(from + at * width + i) << (8 * i);
  return value;
}

static u8 *put_utf8(u8 *at, u32 c) {
  if (c < 0x80) *at++ = (u8)c;
  else if (c < 0x800) *at++ = (u8)(0xc0 | c >> 6), *at++ = (u8)(0x80 | (c & 63));
  else if (c < 0x10000) *at++ = (u8)(0xe0 | c >> 12), *at++ = (u8)(0x80 | (c >> 6 & 63)), *at++ = (u8)(0x80 | (c & 63));
  else *at++ = (u8)(0xf0 | (c >> 18 & 7)), *at++ = (u8)(0x80 | (c >> 12 & 63)), *at++ = (u8)(0x80 | (c >> 6 & 63)), *at++ = (u8)(0x80 | (c & 63));
  return at;
}

static void put_part(u64 text, u64 first, u64 most) {
  static u8 bytes[4 * LONGEST_TEXT];
  u8 *end = bytes;
  if (text && is_plain_text(text)) {
    u32 width;
    u64 from = characters(text, &width), length = load(text + state.target.errors.unicode_length);
    for (u64 i = first; i < length && i - first < most; i++) end = put_utf8(end, character(from, i, width));
  }
  put((u64)(end - bytes));
  for (u8 *at = bytes; at < end; at++) *heap.at++ = *at;
}

static void put_text(u64 text, u64 most) { put_part(text, 0, most); }

/* A name is what looks like one and is interned: nobody's data. */
static int may_tell(u64 text) {
  if (!heap.target.names || !is_plain_text(text)) return 0;
  u64 length = load(text + state.target.errors.unicode_length);
  u32 width, first = 1;
  if (!(load32(text + state.target.errors.unicode_state) & 3) || !length || length > LONGEST_LABEL) return 0;
  u64 from = characters(text, &width);
  for (u64 i = 0; i < length; i++, first = 0) {
    u32 c = character(from, i, width);
    int letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_' || c >= 0x80;
    if (!letter && (first || ((c < '0' || c > '9') && c != '.'))) return 0;
  }
  return 1;
}

/* A type's slots that lead out of the interpreter; numbers as `heapSlots` of decode.ts. */
static void put_slots(u64 type) {
  static const u16 slots[] = {48, 88, 120, 128, 136, 144, 152, 184, 192, 200, 216, 224, 272, 280, 296, 304, 312, 320};
  static const struct { u16 offset, words, number; } tables[] = {{80, 4, 18}, {96, 36, 22}, {104, 10, 58}, {112, 3, 68}, {160, 2, 71}};
  const HeapTarget *t = &heap.target;
#define PUT_SLOT(slot_number, slot_value)                                     \
  do {                                                                        \
    u64 code = (slot_value);                                                  \
    if (code > 65536 && (code < t->image_start || code >= t->image_end)) {    \
      put((slot_number) + 1ul);                                               \
      put(code);                                                              \
    }                                                                         \
  } while (0)
  for (u32 i = 0; i < sizeof slots / sizeof slots[0]; i++) PUT_SLOT(i, load(type + slots[i]));
  for (u32 i = 0; i < sizeof tables / sizeof tables[0]; i++) {
    u64 table = load(type + tables[i].offset);
    for (u32 k = 0; table && k < tables[i].words; k++) PUT_SLOT((u32)(tables[i].number + k), load(table + 8ul * k));
  }
  put(0);
}

static void put_type(const HeapType *type) {
  HeapType *known = (HeapType *)type;
  if (known->wire) {
    put(known->wire);
    return;
  }
  known->wire = ++heap.types_sent;
  put(known->wire);
  put(type->address);
  put(type->flags >> 9 & 1);
  if (!type->address) {
    put_words(type->words);
    put(0);
    return;
  }
  put_words((const char *)load(type->address + heap.target.type_name));
  put_slots(type->address);
}

void object_open(u32 node, u32 flags, const HeapType *type, u64 count, u64 size, u32 site) {
  if (heap.at > heap.limit) heap_flush();
  u64 address = heap.addresses[node];
  *heap.at++ = (u8)(0x80 | flags);
  put(zigzag((i64)(address - heap.last_address) >> 3));
  put_type(type);
  put(count);
  put(size);
  put(site);
  heap.last_address = address;
  heap.self = node;
  heap.next_item = heap.next_visited = 0;
  heap.progress->objects++;
}

void words_open(u32 node) {
  if (heap.at > heap.limit) heap_flush();
  *heap.at++ = TAG_WORDS;
  put(node);
  heap.self = node;
}

void object_close(void) { *heap.at++ = 0; }

static inline void put_target(u32 node) {
  if (UNLIKELY(heap.at > heap.limit)) heap_flush();
  put(zigzag((i64)node - 1 - (i64)heap.self) + 1);
  heap.degrees[node - 1]++;
  heap.progress->edges++;
}

void edge_put(u32 node, u32 kind, u32 number) {
  u32 *next = kind == EDGE_ITEM ? &heap.next_item : kind == EDGE_VISITED ? &heap.next_visited : NULL;
  put_target(node);
  put((next ? zigzag((i64)number - (i64)*next) << 4 : 0) | kind);
  if (next) *next = number + 1;
}

void edge_text(u32 node, u32 kind, u64 text) {
  u32 name = text ? node_of(text) : 0;
  put_target(node);
  if (!name || !is_plain_text(text)) return put(kind);
  u32 *label = &heap.extra[name - 1];
  if (!*label) *label = may_tell(text) ? 1 : ~0u;
  if (*label == ~0u) return put(kind);
  if (*label > 1) return put((u64)(*label - 1) << 4 | kind);
  *label = ++heap.labels_sent + 1;
  put((u64)heap.labels_sent << 4 | kind);
  put_text(text, LONGEST_LABEL);
}

void edge_name(u32 node, u32 kind, HeapMember *member) {
  put_target(node);
  if (!heap.target.names) return put(kind);
  int fresh = !member->label;
  if (fresh) member->label = ++heap.labels_sent;
  put((u64)member->label << 4 | kind);
  if (fresh) put_words(member->name);
}

/* Without names, a file is told by its own and its folder's. */
static void put_path(u64 text) {
  u32 width, slashes = 0;
  u64 length = text && is_plain_text(text) ? load(text + state.target.errors.unicode_length) : 0, from = length ? characters(text, &width) : 0, start = length;
  while (start > 0 && slashes < (heap.target.names ? ~0u : 2))
    if (character(from, --start, width) == '/') slashes++;
  if (slashes == 2 && !heap.target.names) start++;
  put_part(text, start, LONGEST_TEXT);
}

void root_put(u32 node, u32 kind, u64 text, const char *name) {
  if (heap.at > heap.limit) heap_flush();
  *heap.at++ = TAG_ROOT;
  put(node);
  put(kind);
  if (name) put_words(name);
  else put_text(text, LONGEST_TEXT);
}

void frame_root_put(u32 node, u64 code, u64 instruction, u64 thread) {
  const HeapTarget *t = &heap.target;
  if (heap.at > heap.limit) heap_flush();
  *heap.at++ = TAG_FRAME;
  put(node);
  put_text(load(code + t->code_name), LONGEST_TEXT);
  put_path(load(code + t->code_file));
  put(load32(code + t->code_first_line));
  put(instruction);
  put(thread);
  u64 table = load(code + t->code_line_table);
  u64 length = table ? (u64)items_of(table) : 0;
  if (length > LONGEST_TABLE) length = 0;
  put(length);
  for (u64 i = 0; i < length; i++) *heap.at++ = load8(table + t->bytes_data + i);
}

void loose_put(u64 address, u64 size, u32 site) {
  if (heap.at > heap.limit) heap_flush();
  *heap.at++ = TAG_LOOSE;
  put(address >> 3);
  put(size);
  put(site);
}

void heap_end(void) {
  *heap.at++ = TAG_END;
  put(heap.progress->objects);
  put(heap.progress->edges);
  put(heap.progress->loose_left_out);
  put(heap.progress->pools);
  put(heap.target.interpreters);
  heap_flush();
  heap.progress->nanoseconds = os_now() - heap.started;
  heap.progress->done = 1;
}
