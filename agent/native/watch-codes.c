/* A running code object in, a copy of the words that name it out: nothing keeps it alive until the agent would read them. Under the GIL, one
   thread at a time. Everything is read as if it might not be there: the code may be going away right now. Next: agent/watch.ts reads the copies. */
#include "core.h"

#define TARGET (watch.target)
#define TEXTS (state.target.errors)
enum { LONGEST_TEXT = 1 << 13, LONGEST_TABLE = 1 << 16, TEXT_HEAD = 64, MASK = 2 * MAX_WATCH_CODES - 1 };

/* One piece more, as far as it can be read. */
static void copy(u64 address, u64 length) {
  Piece *piece = (Piece *)(watch.copies + watch.copied);
  *piece = (Piece){address, os_read(address, piece + 1, length)};
  watch.copied += sizeof *piece + ((piece->length + 7) & ~7ul);
}

/* PyUnicodeObject, compact: header, then characters of 1, 2 or 4 bytes. */
static u64 text_bytes(u64 text) {
  u8 head[TEXT_HEAD] __attribute__((aligned(8)));
  if (TEXTS.unicode_ascii > TEXT_HEAD || os_read(text, head, TEXTS.unicode_ascii) < TEXTS.unicode_ascii) return 0;
  u64 length = load((u64)head + TEXTS.unicode_length), width = (load32((u64)head + TEXTS.unicode_state) >> 2) & 7;
  if (length > LONGEST_TEXT) length = LONGEST_TEXT;
  return TEXTS.unicode_compact + length * width;
}

static u64 table_bytes(u64 table) {
  u64 length;
  if (!os_peek(table + state.target.var_size, &length)) return 0;
  return TARGET.bytes_data + (length > LONGEST_TABLE ? 0 : length);
}

static int same(const CodeCopy *a, const CodeCopy *b) {
  return a->code == b->code && a->name == b->name && a->file == b->file && a->table == b->table && a->first_line == b->first_line;
}

static u32 learn(CodeCopy *found) {
  u64 name = text_bytes(found->name), file = text_bytes(found->file), table = table_bytes(found->table);
  u64 most = 4 * (sizeof(Piece) + 8) + CODE_HEAD + name + file + table;
  if (watch.code_count + 1 >= MAX_WATCH_CODES || watch.copied + most > COPY_BYTES) return 0;
  found->copy = watch.copied;
  copy(found->code, TARGET.code_bytes);
  copy(found->name, name);
  copy(found->file, file);
  copy(found->table, table);
  watch.codes[watch.code_count + 1] = *found;
  __atomic_store_n(&watch.code_count, watch.code_count + 1, __ATOMIC_RELEASE);
  return watch.code_count;
}

/* Another code object at the same address has other texts. */
u32 code_copied(u64 code, const u8 head[CODE_HEAD]) {
  u64 at = (u64)head;
  CodeCopy found = {code, load(at + TARGET.code_name), load(at + TARGET.code_file), load(at + TARGET.code_table), load32(at + TARGET.code_first_line), 0};
  u32 bucket = (u32)mix(code >> 4) & MASK;
  for (; watch.code_buckets[bucket]; bucket = (bucket + 1) & MASK)
    if (same(&watch.codes[watch.code_buckets[bucket]], &found)) return watch.code_buckets[bucket];
  u32 id = learn(&found);
  if (id) watch.code_buckets[bucket] = id;
  return id;
}

u64 code_copy(u32 id) { return (u64)watch.copies + watch.codes[id].copy; }
