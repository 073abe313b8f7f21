/* The child's memory in; blocks that hold an object nobody refers to, and blocks that the recording knows and that are no object's, out. What only looks
   like an object is read, never called. Next: heap-roots.c. */
#include "heap.h"

#if defined(__x86_64__)
enum { SYS_READ = 0, SYS_CLOSE = 3, SYS_MINCORE = 27, SYS_OPENAT = 257 };
#else
enum { SYS_READ = 63, SYS_CLOSE = 57, SYS_MINCORE = 232, SYS_OPENAT = 56 };
#endif
#define HERE (~0ul - 99) /* AT_FDCWD */
/* Objects/obmalloc.c: struct pool_header and what follows from it. */
enum { POOL_HEADER = 48, ALIGNMENT = 16, LARGEST_BLOCK = 512, MOST_BLOCKS = 1024, PAGE = 4096, MOST_HEADERS = 32 };
enum { STEP = 1 << 22 };
#define LONG_FLAG (1ul << 24)
#define TEXT_FLAG (1ul << 28)

static u64 hex(const u8 **at) {
  u64 value = 0;
  for (;; (*at)++) {
    u8 c = **at;
    if (c >= '0' && c <= '9') value = value << 4 | (u64)(c - '0');
    else if (c >= 'a' && c <= 'f') value = value << 4 | (u64)(c - 'a' + 10);
    else return value;
  }
}

static void copy_name(HeapRange *to, const HeapRange *from) {
  for (u64 i = 0; i < sizeof to->name; i++) to->name[i] = from->name[i];
}

/* By the file's own name, without its folder. */
static void name_range(HeapRange *range, const u8 *line, const u8 *end) {
  const u8 *name = line;
  for (; line < end; line++)
    if (*line == '/') name = line + 1;
  for (u64 i = 0; i + 1 < sizeof range->name && name + i < end; i++) range->name[i] = (char)name[i];
}

static int same_name(const HeapRange *one, const HeapRange *other) {
  for (u64 i = 0; i < sizeof one->name; i++)
    if (one->name[i] != other->name[i]) return 0;
  return 1;
}

/* Where the writable memory of a program file ends that is mapped here: its last segment may be longer than the file (elf(5)). */
static u64 image_end(u64 base) {
  if (!base || load32(base) != 0x464c457f) return 0;
  u64 table = base + load(base + 32), moved = (load32(base + 16) & 0xffff) == 3 ? base : 0, end = 0;
  u32 count = load32(base + 56) & 0xffff;
  for (u32 i = 0; i < count && load(base + 32) + (i + 1ul) * 56 < PAGE; i++)
    if (load32(table + i * 56) == 1 && moved + load(table + i * 56 + 16) + load(table + i * 56 + 40) > end) end = moved + load(table + i * 56 + 16) + load(table + i * 56 + 40);
  return end;
}

static int is_ours(const HeapRange *range) {
  for (u32 i = 0; i < 6; i++)
    if (range->name[i] != "memfd:"[i]) return 0;
  return 1;
}

/* Data of programs, and the zeroes that follow it without a name; not that of the tools that are in the process. */
static void note_data(HeapRange *range, int named) {
  static u64 base, end;
  const HeapRange *before = range - (heap.range_count > 1);
  if (named && (before == range || !same_name(before, range))) base = range->lo, end = is_ours(range) ? 0 : image_end(base);
  if (!range->writable || !end) return;
  if (named) range->data_end = range->hi;
  else if (range->anonymous && before->data_end == range->lo && end > range->lo) {
    range->data_end = end < range->hi ? end : range->hi;
    copy_name(range, before);
  }
}

/* "lo-hi rwxp offset device inode name" (proc(5)). Only the heap and what a program names by prctl are anonymous with a name. */
static void read_line(const u8 *line, const u8 *end) {
  u64 lo = hex(&line), hi = (line++, hex(&line));
  u32 readable = line[1] == 'r', writable = line[2] == 'w', private = line[4] == 'p', spaces = 0, inode = 0;
  if (!readable || heap.range_count >= MOST_HEAP_RANGES) return;
  for (; line < end && spaces < 5; line++) {
    if (*line == ' ') spaces++;
    else if (spaces == 4 && *line != '0') inode = 1;
  }
  while (line < end && *line == ' ') line++;
  u32 special = line < end && !(line[0] == '[' && (line[1] == 'a' || line[1] == 'h'));
  HeapRange *range = &heap.ranges[heap.range_count++];
  *range = (HeapRange){.lo = lo, .hi = hi, .writable = writable, .anonymous = !inode && private && !special};
  if (inode && *line == '/') name_range(range, line, end);
  if (private && (line == end || range->name[0])) note_data(range, range->name[0] != 0);
}

/* Before any of the child's own tables are made. */
void read_maps(void) {
  static u8 text[16384];
  u64 kept = 0;
  if (!(heap.ranges = os_reserve(sizeof(HeapRange) * MOST_HEAP_RANGES))) heap_fail(HEAP_NO_MEMORY);
  i64 file = os_call(SYS_OPENAT, HERE, (u64) "/proc/self/maps", 0, 0, 0, 0), length;
  while (file >= 0 && (length = os_call(SYS_READ, (u64)file, (u64)(text + kept), sizeof text - kept, 0, 0, 0)) > 0) {
    u8 *line = text, *end = text + kept + length;
    for (u8 *at = line; at < end; at++)
      if (*at == '\n') read_line(line, at), line = at + 1;
    kept = (u64)(end - line);
    for (u64 i = 0; i < kept; i++) text[i] = line[i];
  }
  if (file >= 0) (void)os_call(SYS_CLOSE, (u64)file, 0, 0, 0, 0, 0);
}

/* The last range that begins at or before the address. */
static const HeapRange *range_of(u64 address) {
  u32 low = 0, high = heap.range_count;
  while (low < high) {
    u32 middle = (low + high) / 2;
    if (heap.ranges[middle].lo <= address) low = middle + 1;
    else high = middle;
  }
  return low && address < heap.ranges[low - 1].hi ? &heap.ranges[low - 1] : NULL;
}

int is_mapped(u64 address, u64 bytes) {
  for (const HeapRange *range = range_of(address); range; range = range_of(range->hi)) {
    if (bytes <= range->hi - address) return 1;
    bytes -= range->hi - address;
    address = range->hi;
  }
  return 0;
}

/* Bytes of the object that stands here, header included, if its type word tells the truth; 0 when it cannot be one. */
static u64 bytes_claimed(u64 object, u64 before, u64 room) {
  u64 type = type_word(object), count = heap.minor >= 12 ? load32(object) : load(object);
  u32 node = type & 7 ? 0 : node_at(type), number = node ? heap.extra[node - 1] : 0;
  if (!number || number > heap.type_count || heap.types[number - 1].address != type) return 0;
  const HeapType *known = &heap.types[number - 1];
  /* From 3.12 on what follows the count is 0, or flags of 3.14: of a pointer it is not. */
  if (heap.minor >= 12 && load32(object + 4) & 0xffff) return 0;
  if (header_of(known) != before || count == 0 || count > 0x7fffffff || known->basic <= 0) return 0;
  if (known->kind == KIND_TEXT) {
    if (!is_plain_text(object) || load(object + state.target.errors.unicode_length) > room * 4) return 0;
  } else if (known->item > 0 && known->kind != KIND_TYPE) {
    i64 items = items_of(object);
    if ((known->flags & LONG_FLAG) && heap.minor >= 12) items >>= 3;
    if (items < 0) items = -items;
    if ((u64)items > room) return 0;
    u64 bytes = before + (u64)known->basic + (u64)items * (u64)known->item;
    return items == 0 && (known->flags & LONG_FLAG) ? bytes + 4 : bytes;
  } else return before + (u64)known->basic + (known->flags & 4 && heap.minor >= 13 ? room : 0);
  return size_of(object, known);
}

/* A block with an object of the graph in it, or with what one owns, is known. */
static int is_known(u64 block) {
  for (u64 at = block; at <= block + MOST_HEADERS; at += ALIGNMENT)
    if (node_at(at)) return 1;
  u32 *words = heap.map[block >> NODE_REGION_BITS];
  return words && words[(block & ((1u << NODE_REGION_BITS) - 1)) >> 4] != 0;
}

/* The blocks of memory are rounded up to 16 bytes; some types ask for a little more than they say. */
static int is_object(u64 block, u64 before, u64 size) {
  u64 bytes = (bytes_claimed(block + before, before, size) + ALIGNMENT - 1) & ~(u64)(ALIGNMENT - 1);
  return bytes > before && (bytes == size || (bytes < size && bytes + MOST_HEADERS >= size && size > 64));
}

static int look_at(u64 block, u64 size) {
  if (is_known(block)) return 1;
  for (u64 before = 0; before <= MOST_HEADERS && before + ALIGNMENT <= size; before += ALIGNMENT)
    if (is_object(block, before, size)) return node_new(block + before) != 0;
  return 0;
}

/* 1 when the free list and the counts of what looks like a pool agree; `used` has a byte for each block. */
static int is_pool(u64 pool, u64 pool_bytes, u8 *used, u64 *blocks, u64 *size) {
  u32 count = load32(pool), class = load32(pool + 36), next = load32(pool + 40), last = load32(pool + 44), free = 0;
  u64 at = load(pool + 8);
  if (!count || class >= LARGEST_BLOCK / ALIGNMENT) return 0;
  *size = (class + 1ul) * ALIGNMENT;
  if (last != pool_bytes - *size || next < POOL_HEADER || next > pool_bytes || (next - POOL_HEADER) % *size || (load(pool + 16) & 7)) return 0;
  *blocks = (next - POOL_HEADER) / *size;
  for (u64 i = 0; i < *blocks; i++) used[i] = 1;
  for (; at; at = load(at), free++) {
    u64 offset = at - pool - POOL_HEADER;
    if (at < pool + POOL_HEADER || at >= pool + next || offset % *size || !used[offset / *size]) return 0;
    used[offset / *size] = 0;
  }
  return *blocks - free == count;
}

static void look_at_pool(u64 pool, u64 pool_bytes) {
  static u8 used[MOST_BLOCKS];
  u64 blocks, size;
  if (!is_pool(pool, pool_bytes, used, &blocks, &size)) return;
  heap.progress->pools++;
  for (u64 i = 0; i < blocks; i++)
    if (used[i]) (void)look_at(pool + POOL_HEADER + i * size, size);
}

/* Pages that were never touched are not looked at: a reserved range can be larger than all memory. */
static void look_at_range(u64 lo, u64 hi, u64 pool_bytes) {
  static u8 present[STEP / PAGE];
  for (; lo < hi; lo += STEP) {
    u64 bytes = hi - lo < STEP ? hi - lo : STEP;
    if (os_now() > heap.deadline) heap_fail(HEAP_LATE);
    if (os_call(SYS_MINCORE, lo, bytes, (u64)present, 0, 0, 0) != 0) continue;
    for (u64 pool = (lo + pool_bytes - 1) & ~(pool_bytes - 1); pool + pool_bytes <= lo + bytes; pool += pool_bytes)
      if (present[(pool - lo) / PAGE] & 1) look_at_pool(pool, pool_bytes);
  }
}

void find_orphans(void) {
  u64 pool_bytes = heap.minor >= 10 ? 16384 : 4096;
  heap.orphans_from = heap.count;
  for (u32 i = 0; i < heap.range_count && !heap.target.padded; i++)
    if (heap.ranges[i].anonymous && heap.ranges[i].writable) look_at_range(heap.ranges[i].lo & ~(pool_bytes - 1), heap.ranges[i].hi, pool_bytes);
}

/* Blocks that the recording saw allocated, the larger ones of which are in no pool. */
void find_loose(void) {
  u32 regions = state.regions && state.armed ? state.region_count : 0;
  u64 told = 0;
  for (u32 i = 0; i < regions && i < MAX_LISTED_REGIONS; i++) {
    u64 base = (u64)state.region_list[i] << REGION_BITS, *words = state.regions[state.region_list[i]];
    for (u64 k = 0; k < REGION_WORDS; k++) {
      u64 word = words[k], block = base + 16 * k, size = WORD_SIZE(word);
      u32 key = WORD_KEY(word);
      if (!word || !is_mapped(block, size < PAGE ? size : PAGE) || is_known(block)) continue;
      if (size > LARGEST_BLOCK && look_at(block, (size + ALIGNMENT - 1) & ~(u64)(ALIGNMENT - 1))) continue;
      if (told++ < heap.target.most_loose) loose_put(block, size, key < LOOSE_KEY ? state.keys[key].site : MAX_SITES + (key - LOOSE_KEY));
      else heap.progress->loose_left_out++;
    }
  }
}
