/* Objects made at a chosen site in, each followed from its first reference on, four at a time, one after another. In the thread that makes
   them, under the GIL. A place among the four is free when its object is freed, or was left alone for a while. Next: watch.c. */
#include "core.h"

#define TEXTS (state.target.errors)
#define QUIET_NS 250000000ul
#define LONGEST_NS 2000000000ul
#define SILENT_NS 10000000000l
enum { LONGEST_TYPE = 256, LONGEST_TEXT = 1024, MEMOS = 4096, BUCKETS = 256 };
_Static_assert(BUCKETS >= 4 * MOST_WATCHED, "lookups end soon");

typedef struct { u64 length; u32 points[LONGEST_TEXT]; } Text;
/* Whether a place is the site; its code object is kept, so that the address keeps its meaning. */
typedef struct { u64 code; u32 instruction, yes; } SampleMemo;

typedef struct {
  SampleTarget target;
  u8 type[LONGEST_TYPE];
  Text file, function;
  u64 made, missed;
  u32 slots[WATCH_SLOTS], busy; /* who has the breakpoints */
  u8 buckets[BUCKETS];          /* by address: number of an object + 1 */
  SampleMemo memos[MEMOS];
} Sample;
static Sample sample;

/* The name itself, or its last part: `pkg.Box` is a `Box`. */
static int is_type_wanted(u64 type) {
  const u8 *name = (const u8 *)load(type + sample.target.name_of_type), *part = name;
  u64 length = sample.target.type_length;
  for (;; part++) {
    u64 same = 0;
    while (same < length && part[same] == sample.type[same]) same++;
    if (same == length && !part[same]) return 1;
    while (*part && *part != '.') part++;
    if (!*part) return 0;
  }
}

static u32 point_at(u64 characters, u64 width, u64 i) { return width == 1 ? load8(characters + i) : width == 2 ? *(const u16 *)(characters + 2 * i) : load32(characters + 4 * i); }

/* A compact string that is the text, or ends in `separator` and the text. */
static int ends_in(u64 string, const Text *text, u32 separator) {
  u64 length = load(string + TEXTS.unicode_length), bits = load32(string + TEXTS.unicode_state), width = (bits >> 2) & 7;
  if (length < text->length || !(bits >> 5 & 1) || (width != 1 && width != 2 && width != 4)) return 0;
  u64 characters = string + (bits >> 6 & 1 ? TEXTS.unicode_ascii : TEXTS.unicode_compact), from = length - text->length;
  for (u64 i = 0; i < text->length; i++)
    if (point_at(characters, width, from + i) != text->points[i]) return 0;
  return from == 0 || point_at(characters, width, from - 1) == separator;
}

static int is_site(u64 code, u32 instruction) {
  if (sample.file.length && !ends_in(load(code + watch.target.code_file), &sample.file, '/')) return 0;
  if (sample.function.length && !ends_in(load(code + watch.target.code_name), &sample.function, '.')) return 0;
  return !sample.target.line || (u64)sample.target.line_of((void *)code, (int)instruction) == sample.target.line;
}

static int is_made_at_site(u64 thread) {
  u64 code;
  u32 instruction;
  if (!sample.file.length && !sample.function.length) return 1;
  if (!running_code(thread, &code, &instruction)) return 0;
  SampleMemo *memo = &sample.memos[mix(code >> 4 ^ (u64)instruction << 32) >> 40 & (MEMOS - 1)];
  if (memo->code == code && memo->instruction == instruction) return (int)memo->yes;
  if (!code_id(code)) return 0;
  *memo = (SampleMemo){code, instruction, (u32)is_site(code, instruction)};
  return (int)memo->yes;
}

static u8 *bucket_of(u64 address) {
  u32 at = (u32)(mix(address >> 4) >> 32) & (BUCKETS - 1);
  while (sample.buckets[at] && watch.objects[sample.buckets[at] - 1].address != address) at = (at + 1) & (BUCKETS - 1);
  return &sample.buckets[at];
}

static void leave_slot(u32 slot) {
  events_release(sample.slots[slot]);
  sample.slots[slot] = sample.slots[--sample.busy];
}

/* What was there is gone, and its free was not seen. */
static void was_freed(u32 id) {
  Watched *object = &watch.objects[id];
  if (object->state != WATCH_FOLLOWED && object->state != WATCH_LEFT) return;
  __atomic_store_n(&object->state, (u32)WATCH_REUSED, __ATOMIC_RELEASE);
  for (u32 slot = 0; slot < sample.busy; slot++)
    if (sample.slots[slot] == id) {
      leave_slot(slot);
      return;
    }
}

/* Of those that are followed, one that has nothing more to tell for now. */
static int may_leave(const Watched *object, u64 now) {
  u64 changed = __atomic_load_n(&object->changed, __ATOMIC_RELAXED);
  return (i64)(now - changed) > (i64)QUIET_NS || (i64)(now - object->begun) > (i64)LONGEST_NS;
}

static int has_room(u64 now) {
  for (u32 slot = 0; slot < sample.busy;) {
    if (watch.objects[sample.slots[slot]].state != WATCH_FOLLOWED) leave_slot(slot);
    else slot++;
  }
  for (u32 slot = 0; sample.busy == WATCH_SLOTS && slot < sample.busy; slot++) {
    Watched *object = &watch.objects[sample.slots[slot]];
    if (!may_leave(object, now)) continue;
    __atomic_store_n(&object->state, (u32)WATCH_LEFT, __ATOMIC_RELEASE);
    leave_slot(slot);
  }
  return sample.busy < WATCH_SLOTS;
}

/* Writes the count as it is: the breakpoint tells of it as of the first reference, with the stack of who makes the object. */
static void touch(const Watched *object) {
  if (object->size == 4) __atomic_store_n((u32 *)object->address, 1u, __ATOMIC_RELAXED);
  else __atomic_store_n((u64 *)object->address, 1ul, __ATOMIC_RELAXED);
}

static i64 open_slot(u64 address, u64 type, u64 now) {
  u32 id = watch.count;
  Watched *object = &watch.objects[id];
  *object = (Watched){.address = address, .size = state.target.version >= 0x30c ? 4 : 8, .state = WATCH_FOLLOWED, .type = type_id(type), .begun = now, .changed = now};
  i64 failed = events_open(id);
  if (!failed) touch(object);
  if (failed || !object->seen) events_release(id);
  return failed ? failed : object->seen ? 0 : -1;
}

static void follow_new(u64 address, u64 type, u64 now) {
  if (open_slot(address, type, now)) { /* its thread blocks the signal, or somebody else took the breakpoint */
    sample.missed++;
    return;
  }
  *bucket_of(address) = (u8)(watch.count + 1);
  sample.slots[sample.busy++] = watch.count;
  __atomic_store_n(&watch.count, watch.count + 1, __ATOMIC_RELEASE);
}

/* Interpreters with a GIL of their own make objects at the same time: nothing is written before it is known whose this is. */
void sample_created(u64 object) {
  u64 address = object + state.target.object_type - 8, type = load(object + state.target.object_type);
  u8 known = *bucket_of(address);
  int wanted = watch.count < sample.target.objects && (!sample.target.type_length || is_type_wanted(type));
  if (LIKELY(!known && !wanted)) return;
  u64 thread = thread_with_gil();
  if (!thread) return;
  if (known) was_freed(known - 1u);
  if (!wanted || !is_made_at_site(thread) || load32(address) != 1) return;
  sample.made++;
  u64 now = os_now();
  if ((i64)(now - __atomic_load_n(&state.drained_at, __ATOMIC_RELAXED)) > SILENT_NS) return;
  if (has_room(now)) follow_new(address, type, now);
}

static void copy_text(Text *to, const u32 *from, u64 length) {
  to->length = length < LONGEST_TEXT ? length : LONGEST_TEXT;
  for (u64 i = 0; i < to->length; i++) to->points[i] = from[i];
}

/* Whether breakpoints can be set is tried on a word of our own. */
static i64 try_one(void) {
  static u64 word;
  watch.objects[0] = (Watched){.address = (u64)&word, .size = 8, .state = WATCH_LEFT};
  i64 failed = signal_take() ? events_open(0) : -1;
  events_release(0);
  watch.objects[0] = (Watched){0};
  return failed;
}

i64 sample_begin(const SampleTarget *target) {
  for (u64 i = 0; i < sizeof sample / 8; i++) ((volatile u64 *)&sample)[i] = 0;
  sample.target = *target;
  if (sample.target.type_length > LONGEST_TYPE) sample.target.type_length = LONGEST_TYPE;
  if (sample.target.objects > MOST_WATCHED) sample.target.objects = MOST_WATCHED;
  for (u64 i = 0; i < sample.target.type_length; i++) sample.type[i] = target->type[i];
  copy_text(&sample.file, target->file, target->file_length);
  copy_text(&sample.function, target->function, target->function_length);
  i64 failed = try_one();
  __atomic_store_n(&watch.active, 1u, __ATOMIC_RELEASE);
  if (!failed) __atomic_or_fetch(&state.collected, (u32)COLLECT_SAMPLE, __ATOMIC_RELEASE);
  return failed;
}

/* Of an object that was let go: the same type and a count that can be one. A free block has a pointer or nothing where the count was. */
static int looks_alive(const Watched *object) {
  u64 count, type;
  if (!os_peek(object->address, &count) || !os_peek(object->address + 8, &type)) return 0;
  if (type != state.types[object->type]) return 0;
  return object->size == 4 ? (u32)count != 0 && !(count >> 32 & 0xffff) : count - 1 < 1ul << 40;
}

void sample_end(void) {
  __atomic_and_fetch(&state.collected, ~(u32)COLLECT_SAMPLE, __ATOMIC_RELEASE);
  for (u32 id = 0; id < watch.count; id++)
    if (watch.objects[id].released && watch.objects[id].state == WATCH_LEFT && !looks_alive(&watch.objects[id])) was_freed(id);
}

void sample_counts(u64 out[2]) {
  out[0] = sample.made;
  out[1] = sample.missed;
}
