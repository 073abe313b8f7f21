/* Writable data of the audited module in: the objects that it points to. Those whose counts grow from look to look are met by every scope
   from then on: a function may take one of them with no call of the API at all. Next: audit-balance.c. */
#include "core.h"
#include "audit-past.h"

enum { TYPE_SUBCLASS = 31, MOST_SEEN = 1 << 13, MOST_TRIED = 1 << 16, STEADY = 3, GROWN = 8 };

typedef struct {
  u64 object, type;
  i64 first, last;
  u32 rises, followed;
} Global;

static struct {
  Global *seen; /* hashed */
  u64 tried;
} table;

static i64 counted(u64 word) { return audit.at.count_bytes == 4 ? (i64)(int)word : (i64)word; }

/* Its count, and its type if it is an object that can be followed; any address may be asked for. */
static i64 look_at(u64 address, u64 *type) {
  u64 words[2], flags;
  if (os_read(address, words, sizeof words) != sizeof words) return 0;
  i64 count = counted(words[0]);
  *type = words[1];
  if (count <= 0 || count >> 40 || !is_type(words[1])) return 0;
  return os_peek(words[1] + state.target.type_flags, &flags) && !(flags >> TYPE_SUBCLASS & 1) ? count : 0;
}

static Global *place_of(u64 object) {
  u32 at = (u32)mix(object >> 4) & (MOST_SEEN - 1);
  for (u32 i = 0; i < 32; i++, at = (at + 1) & (MOST_SEEN - 1))
    if (!table.seen[at].object || table.seen[at].object == object) return &table.seen[at];
  return NULL;
}

static void try_word(u64 word) {
  u64 type;
  if (word < 65536 || word & 7 || word >> 47 || word == audit.at.none || is_audited_code(word)) return;
  Global *place = place_of(word);
  if (!place || place->object || table.tried++ >= MOST_TRIED) return;
  i64 count = look_at(word, &type);
  if (count) *place = (Global){word, type, count, count, 0, 0};
}

/* Under the GIL. */
void globals_scan(u64 from, u64 to) {
  if (!table.seen && !(table.seen = os_reserve(sizeof(Global) * MOST_SEEN))) return;
  for (; from + 8 <= to; from += 8) try_word(load(from));
}

void globals_forget(void) {
  if (table.seen) os_empty(table.seen, sizeof(Global) * MOST_SEEN);
  table.tried = 0;
  audit.global_count = 0;
}

static int grows(Global *global) {
  u64 type;
  i64 count = look_at(global->object, &type);
  if (!count || type != global->type || count < global->last) {
    *global = (Global){global->object, count ? type : global->type, count, count, 0, global->followed};
    return 0;
  }
  global->rises += count > global->last;
  global->last = count;
  return !global->followed && global->rises >= STEADY && count - global->first >= GROWN;
}

u64 globals_look(void) {
  u64 found = 0;
  for (u32 i = 0; table.seen && i < MOST_SEEN; i++)
    if (table.seen[i].object && !table.seen[i].followed) found += (u64)grows(&table.seen[i]);
  return audit.global_count < MOST_GLOBALS ? found : 0;
}

/* Under the GIL: it cannot go away between the last look and here. */
void globals_follow(void) {
  for (u32 i = 0; table.seen && i < MOST_SEEN && audit.global_count < MOST_GLOBALS; i++) {
    Global *global = &table.seen[i];
    u64 type;
    if (!global->object || global->followed || global->rises < STEADY || global->last - global->first < GROWN) continue;
    if (!look_at(global->object, &type) || type != global->type) continue;
    global->followed = 1;
    u64 block = block_of_object(global->object);
    follow(global->object, block);
    audit.global_blocks[audit.global_count] = block;
    audit.globals[audit.global_count++] = global->object;
  }
}

void globals_gone(u64 block) {
  for (u32 i = 0; i < audit.global_count; i++) {
    if (audit.global_blocks[i] != block) continue;
    follow_no_more(audit.globals[i], block);
    audit.globals[i] = audit.globals[--audit.global_count];
    audit.global_blocks[i--] = audit.global_blocks[audit.global_count];
  }
}

void touch_globals(Scope *scope) {
  for (u32 i = 0; i < audit.global_count; i++) (void)touch_add(scope, audit.globals[i], ROLE_GLOBAL, 0, 0);
}
