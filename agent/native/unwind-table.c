/* A module's unwind tables and an instruction in, the rule that leads to its caller out: the search table of .eh_frame_hdr, one FDE with its CIE, and
   the program of call frame instructions up to the instruction (System V ABI for AMD64 §4.2.4, DWARF 5 §6.4; Linux Standard Base, "Exception Frames"). Next: unwind.c. */
#include "core.h"
#include "unwind.h"

enum { FORMAT_SIGNED_4 = 0x0b, RELATIVE_TO_TABLE = 0x3b, RELATIVE_TO_HERE = 0x1b, WORD = -8, SEGMENTS = 64, LOADED = 1 };
#define EH_FRAME_HEADER 0x6474e550u /* PT_GNU_EH_FRAME */
enum { DWARF_BX = 3, DWARF_BP = 6, DWARF_SP = 7, DWARF_12 = 12, DWARF_15 = 15, INDEX_SP = 6, UNKNOWN = 0xff };

/* Bytes read one after another through a window. */
typedef struct { u64 at, end, from, length; int failed; u8 window[96]; } Bytes;

static u8 next(Bytes *bytes) {
  if (bytes->at >= bytes->end) return bytes->failed = 1, 0;
  if (bytes->at < bytes->from || bytes->at >= bytes->from + bytes->length) {
    u64 left = bytes->end - bytes->at;
    bytes->from = bytes->at;
    bytes->length = os_read(bytes->at, bytes->window, left < sizeof bytes->window ? left : sizeof bytes->window);
    if (!bytes->length) return bytes->failed = 1, 0;
  }
  return bytes->window[bytes->at++ - bytes->from];
}
static u64 fixed(Bytes *bytes, u32 size) {
  u64 value = 0;
  for (u32 i = 0; i < size; i++) value |= (u64)next(bytes) << (8 * i);
  return value;
}
static u64 leb(Bytes *bytes, int is_signed) {
  u64 value = 0;
  u32 shift = 0;
  u8 byte;
  do {
    byte = next(bytes);
    if (shift < 64) value |= (u64)(byte & 0x7f) << shift;
    shift += 7;
  } while (byte & 0x80 && !bytes->failed);
  return is_signed && shift < 64 && byte & 0x40 ? value | ~0ul << shift : value;
}
/* 1 when it is one of 32-bit DWARF, as all linkers write. */
static int entry_open(Bytes *bytes, u64 address) {
  bytes->at = address, bytes->end = address + 4, bytes->from = bytes->length = 0, bytes->failed = 0;
  u64 length = fixed(bytes, 4);
  bytes->end = bytes->at + length;
  bytes->length = 0; /* the window ended with the length */
  return !bytes->failed && length && length < 1ul << 24;
}

int module_table(WatchModule *module) {
  u64 head[8], segment[7], bias = module->base, table = 0;
  if (os_read(module->base, head, sizeof head) < sizeof head || (u32)head[0] != 0x464c457f) return 0;
  u64 count = head[7] & 0xffff, first = 1;
  for (u64 i = 0; i < count && i < SEGMENTS; i++) {
    if (os_read(module->base + head[4] + i * sizeof segment, segment, sizeof segment) < sizeof segment) return 0;
    if ((u32)segment[0] == LOADED && first) bias -= segment[2] & ~4095ul, first = 0;
    if ((u32)segment[0] == EH_FRAME_HEADER) table = bias + segment[2];
  }
  u8 header[12] __attribute__((aligned(8)));
  if (!table || os_read(table, header, sizeof header) < sizeof header) return 0;
  module->table = table;
  module->count = load32((u64)header + 8);
  return header[0] == 1 && (header[1] & 0x0f) == FORMAT_SIGNED_4 && header[2] == 3 && header[3] == RELATIVE_TO_TABLE;
}

/* The entry of the last function that begins at or before the address; its start in `start`. */
static u64 find(const WatchModule *module, u64 address, u64 *start) {
  u64 low = 0, high = module->count;
  struct { int begin, entry; } row, found = {0, 0};
  while (low < high) {
    u64 middle = (low + high) / 2;
    if (os_read(module->table + 12 + 8 * middle, &row, sizeof row) < sizeof row) return 0;
    if (module->table + (u64)(i64)row.begin <= address) low = middle + 1, found = row;
    else high = middle;
  }
  *start = module->table + (u64)(i64)found.begin;
  return low ? module->table + (u64)(i64)found.entry : 0;
}

typedef struct { u64 align; i64 data; u8 encoding, is_signal, augmented; u64 program, end; } Common;

static int common_read(u64 address, Common *common) {
  Bytes bytes;
  u8 text[8], length = 0;
  if (!entry_open(&bytes, address) || fixed(&bytes, 4) != 0) return 0;
  u8 version = next(&bytes);
  while (length < 7 && (text[length] = next(&bytes))) length++;
  *common = (Common){leb(&bytes, 0), 0, 0, 0, text[0] == 'z', 0, bytes.end};
  common->data = (i64)leb(&bytes, 1);
  (void)(version == 1 ? next(&bytes) : leb(&bytes, 0)); /* where the return address is */
  if (!common->augmented && length) return 0;
  u64 augmentation = common->augmented ? leb(&bytes, 0) : 0, program = bytes.at + augmentation;
  for (u8 i = 1; i < length; i++) {
    if (text[i] == 'R') common->encoding = next(&bytes);
    else if (text[i] == 'L') (void)next(&bytes);
    else if (text[i] == 'P') (void)((next(&bytes) & 7) == 4 ? fixed(&bytes, 8) : fixed(&bytes, 4));
    else if (text[i] == 'S') common->is_signal = 1;
  }
  common->program = program;
  return !bytes.failed && (version == 1 || version == 3);
}

static u8 *place_of(Rule *rule, u64 dwarf) {
  if (dwarf == DWARF_BX) return &rule->saved[0];
  if (dwarf == DWARF_BP) return &rule->saved[1];
  return dwarf >= DWARF_12 && dwarf <= DWARF_15 ? &rule->saved[2 + dwarf - DWARF_12] : NULL;
}

/* Registers that no caller gets back cannot lead to one. */
static u8 index_of(u64 dwarf) {
  if (dwarf == DWARF_SP) return INDEX_SP;
  Rule none;
  const u8 *place = place_of(&none, dwarf);
  return place ? (u8)(place - none.saved) : UNKNOWN;
}

static void frame_is(Rule *rule, u64 dwarf, i64 offset) {
  rule->cfa = index_of(dwarf);
  rule->kind = rule->cfa == UNKNOWN ? RULE_NONE : RULE_OFFSET;
  rule->offset = offset;
}

static void saved_at(Rule *rule, u64 dwarf, i64 offset) {
  u8 *place = place_of(rule, dwarf);
  if (!place) return;
  rule->by_own &= (u8)~(1u << (place - rule->saved));
  if (offset < 0 && offset % WORD == 0 && offset / WORD < 256) *place = (u8)(offset / WORD);
  else rule->kind = RULE_NONE;
}

/* What a function that aligns its stack says: the word at register + offset. The rest is of PLT stubs, which call nothing. */
static void frame_is_expression(Rule *rule, Bytes *bytes) {
  u64 length = leb(bytes, 0), end = bytes->at + length;
  u8 operation = next(bytes);
  rule->kind = RULE_NONE;
  if (operation >= 0x70 && operation <= 0x8f) {
    frame_is(rule, operation - 0x70u, (i64)leb(bytes, 1));
    if (rule->kind == RULE_OFFSET) rule->kind = next(bytes) == 0x06 && bytes->at == end ? RULE_DEREFERENCE : RULE_NONE;
  }
  bytes->at = end;
}

/* A function that aligns its stack finds what it saved by its own rbp. */
static void saved_elsewhere(Rule *rule, Bytes *bytes) {
  u64 dwarf = leb(bytes, 0), length = leb(bytes, 0), end = bytes->at + length;
  u8 operation = next(bytes), *place = place_of(rule, dwarf);
  i64 offset = operation == 0x76 ? (i64)leb(bytes, 1) : 1; /* DW_OP_breg6 */
  if (place && offset <= 0 && offset % 8 == 0 && offset > -8 * 255 && bytes->at == end) {
    *place = (u8)(offset / -8 + 1);
    rule->by_own |= (u8)(1u << (place - rule->saved));
  } else if (place) rule->kind = RULE_NONE;
  bytes->at = end;
}

typedef struct { Rule now, first, kept[4]; u32 depth; u64 location; } Program;
enum { ADVANCE = 1, OFFSET, RESTORE };

static void restore(Program *program, u64 dwarf) {
  u8 *place = place_of(&program->now, dwarf), *before = place_of(&program->first, dwarf);
  if (!place) return;
  u8 bit = (u8)(1u << (place - program->now.saved));
  *place = *before;
  program->now.by_own = (u8)((program->now.by_own & ~bit) | (program->first.by_own & bit));
}

static void remember(Program *program, int back) {
  if (!back && program->depth < 4) program->kept[program->depth] = program->now;
  if (!back) program->depth++;
  else if (program->depth && --program->depth < 4) program->now = program->kept[program->depth];
}

static void extended(Program *program, const Common *common, Bytes *bytes, u8 code) {
  Rule *now = &program->now;
  switch (code) {
    case 0x00: break;
    case 0x01: program->location = bytes->at + (u64)(i64)(int)fixed(bytes, 4); break;
    case 0x02: program->location += fixed(bytes, 1) * common->align; break;
    case 0x03: program->location += fixed(bytes, 2) * common->align; break;
    case 0x04: program->location += fixed(bytes, 4) * common->align; break;
    case 0x05: { u64 dwarf = leb(bytes, 0); saved_at(now, dwarf, (i64)leb(bytes, 0) * common->data); break; }
    case 0x06: restore(program, leb(bytes, 0)); break;
    case 0x07: case 0x08: { u8 *place = place_of(now, leb(bytes, 0)); if (place) *place = 0; break; }
    case 0x0a: remember(program, 0); break;
    case 0x0b: remember(program, 1); break;
    case 0x0c: { u64 dwarf = leb(bytes, 0); frame_is(now, dwarf, (i64)leb(bytes, 0)); break; }
    case 0x0d: frame_is(now, leb(bytes, 0), now->offset); break;
    case 0x0e: now->offset = (i64)leb(bytes, 0); break;
    case 0x0f: frame_is_expression(now, bytes); break;
    case 0x10: case 0x16: saved_elsewhere(now, bytes); break;
    case 0x11: { u64 dwarf = leb(bytes, 0); saved_at(now, dwarf, (i64)leb(bytes, 1) * common->data); break; }
    case 0x12: { u64 dwarf = leb(bytes, 0); frame_is(now, dwarf, (i64)leb(bytes, 1) * common->data); break; }
    case 0x13: now->offset = (i64)leb(bytes, 1) * common->data; break;
    case 0x2e: (void)leb(bytes, 0); break;
    default: bytes->failed = 1;
  }
}

/* Runs while what it says is of instructions up to `until`. */
static void run(Program *program, const Common *common, Bytes *bytes, u64 until) {
  while (bytes->at < bytes->end && !bytes->failed) {
    Rule before = program->now;
    u8 code = next(bytes), low = code & 0x3f;
    if (code >> 6 == ADVANCE) program->location += low * common->align;
    else if (code >> 6 == OFFSET) saved_at(&program->now, low, (i64)leb(bytes, 0) * common->data);
    else if (code >> 6 == RESTORE) restore(program, low);
    else extended(program, common, bytes, code);
    if (program->location > until) {
      program->now = before;
      return;
    }
  }
}

void rule_read(const WatchModule *module, u64 address, Rule *rule) {
  Common common;
  Bytes bytes, first;
  u64 start = 0, entry = find(module, address, &start);
  if (!entry || !entry_open(&bytes, entry)) return;
  u64 here = bytes.at, back = fixed(&bytes, 4);
  if (!back || !common_read(here - back, &common) || common.is_signal) return;
  u32 size = (common.encoding & 7) == 4 || !common.encoding ? 8 : 4;
  (void)fixed(&bytes, size);
  if (address - start >= fixed(&bytes, size)) return;
  if (common.augmented) bytes.at += leb(&bytes, 0);
  Program program = {.location = start};
  first = (Bytes){common.program, common.end, 0, 0, 0, {0}};
  run(&program, &common, &first, ~0ul);
  program.first = program.now;
  run(&program, &common, &bytes, address);
  if (!bytes.failed && !first.failed) *rule = program.now;
}
