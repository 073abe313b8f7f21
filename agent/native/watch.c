/* A hit of a breakpoint in, one change of a reference count in a ring out. Called in the thread that wrote, right after the instruction that
   did, inside CPython at any place: it takes no lock, calls nothing of the target's that could, and keeps no reference. Next: drain-watch.c. */
#include "core.h"

Watch watch;

/* Nobody has drained for so long: the agent is gone without a word. */
#define ABANDONED_NS 10000000000l
#define MOST_REFERENCES (1ul << 40)

static u64 count_now(const Watched *object) { return object->size == 4 ? __atomic_load_n((u32 *)object->address, __ATOMIC_RELAXED) : __atomic_load_n((u64 *)object->address, __ATOMIC_RELAXED); }

/* A signal that a thread had blocked comes when the object may be gone. */
static u64 count_late(const Watched *object) {
  u64 word;
  if (!os_peek(object->address, &word)) return object->last;
  return object->size == 4 ? (u32)word : word;
}

static void finish(Watched *object, u32 how) {
  __atomic_store_n(&object->state, how, __ATOMIC_RELEASE);
  events_disable((u32)(object - watch.objects));
}

/* A place in the ring; 0 when it is full, else the number of the change. */
static u64 reserve(void) {
  u64 number = __atomic_load_n(&watch.reserved, __ATOMIC_RELAXED);
  do
    if (number - __atomic_load_n(&watch.taken, __ATOMIC_ACQUIRE) >= MAX_CHANGES) return 0;
  while (!__atomic_compare_exchange_n(&watch.reserved, &number, number + 1, 1, __ATOMIC_ACQ_REL, __ATOMIC_RELAXED));
  return number + 1;
}

/* Code and stack are read as if they might not be there: the code may be going away right now. */
static void fill(Change *change, const u64 *registers) {
  u64 thread = thread_with_gil(), code = 0, bytes = watch.target.code_bytes;
  u8 head[CODE_HEAD] __attribute__((aligned(8)));
  Stack stack;
  stack.from = registers[REG_SP] & ~7ul;
  stack.length = 0;
  change->tid = os_thread_id();
  change->code = change->instruction = 0;
  if (thread && running_code(thread, &code, &change->instruction) && bytes <= CODE_HEAD) {
    u64 read = os_read_both(code, head, bytes, stack.from, stack.words, sizeof stack.words);
    if (read >= bytes) {
      change->code = code_copied(code, head);
      stack.length = read - bytes;
    }
  }
  change->depth = unwind(registers, &stack, change->native);
}

static void record(Watched *object, u64 count, i64 delta, u64 now, const u64 *registers) {
  u64 number = reserve();
  if (!number) {
    __atomic_add_fetch(&object->dropped, 1, __ATOMIC_RELAXED);
    return;
  }
  Change *change = &watch.changes[number & (MAX_CHANGES - 1)];
  change->object = (u32)(object - watch.objects);
  change->time = now;
  change->count = count;
  change->delta = delta;
  fill(change, registers);
  __atomic_add_fetch(&object->recorded, 1, __ATOMIC_RELAXED);
  __atomic_store_n(&change->committed, number, __ATOMIC_RELEASE);
}

/* 32-bit counts are told apart as such: an object that is made immortal rises to 2^32 - 1. */
void watch_hit(Watched *object, const u64 *registers, int late) {
  __atomic_add_fetch(&object->seen, 1, __ATOMIC_RELAXED);
  u64 count = late ? count_late(object) : count_now(object), now = os_now();
  int followed = __atomic_load_n(&object->state, __ATOMIC_ACQUIRE) == WATCH_FOLLOWED, sane = count < MOST_REFERENCES;
  u64 before = followed && sane ? __atomic_exchange_n(&object->last, count, __ATOMIC_ACQ_REL) : count;
  if (followed && !sane) finish(object, WATCH_REUSED);
  if (count == before) {
    __atomic_add_fetch(&object->other, 1, __ATOMIC_RELAXED);
    return;
  }
  __atomic_store_n(&object->changed, now, __ATOMIC_RELAXED);
  record(object, count, (i64)(count - before), now, registers);
  if (count == 0) finish(object, WATCH_FREED);
  /* A drain may have begun since. */
  else if ((i64)(now - __atomic_load_n(&state.drained_at, __ATOMIC_RELAXED)) > ABANDONED_NS) finish(object, WATCH_ABANDONED);
}

typedef struct { void **place; u64 bytes; } WatchTable;
static const WatchTable tables[] = {
    {(void **)&watch.changes, sizeof(Change) * MAX_CHANGES}, {(void **)&watch.places, sizeof(Place) * MAX_PLACES}, {(void **)&watch.place_buckets, 8ul * MAX_PLACES},
    {(void **)&watch.codes, sizeof(CodeCopy) * MAX_WATCH_CODES}, {(void **)&watch.code_buckets, 8ul * MAX_WATCH_CODES}, {(void **)&watch.copies, COPY_BYTES},
    {(void **)&watch.events, 8ul * MAX_WATCH_EVENTS}, {(void **)&watch.rules, sizeof(RuleSlot) << RULE_BITS},
    {(void **)&watch.modules, sizeof(WatchModules)}, {(void **)&watch.next_modules, sizeof(WatchModules)},
};
enum { TABLES = sizeof tables / sizeof tables[0] };

static int prepare(const WatchTarget *target) {
  for (u32 i = 0; i < TABLES; i++)
    if (!*tables[i].place && !(*tables[i].place = os_reserve(tables[i].bytes))) return 0;
  for (u32 i = 0; i < TABLES; i++) os_empty(*tables[i].place, tables[i].bytes);
  watch.target = *target;
  watch.count = watch.code_count = watch.place_count = 0;
  watch.reserved = watch.taken = watch.copied = 0;
  return 1;
}

/* One object more, under the GIL. 0, or -errno and nothing has changed. */
static i64 follow(u64 address, u64 size) {
  Watched *object = &watch.objects[watch.count];
  *object = (Watched){.address = address, .size = size, .state = WATCH_FOLLOWED};
  object->first = object->last = count_now(object);
  if (!signal_take()) return -1;
  i64 failed = events_open(watch.count);
  watch.count++;
  __atomic_store_n(&watch.active, 1u, __ATOMIC_RELEASE);
  return failed;
}

void watch_stop(void) {
  for (u32 i = 0; i < watch.count; i++) {
    events_disable(i);
    u32 followed = WATCH_FOLLOWED;
    (void)__atomic_compare_exchange_n(&watch.objects[i].state, &followed, WATCH_LEFT, 0, __ATOMIC_ACQ_REL, __ATOMIC_RELAXED);
  }
}

/* After the stop: whether every hit that the kernel counted has been told. One whose signal a thread has blocked, or two in one, never is. */
static int settled(void) {
  u64 missed = 0;
  for (u32 i = 0; i < watch.count; i++) {
    if (watch.objects[i].released) continue;
    u64 seen = __atomic_load_n(&watch.objects[i].seen, __ATOMIC_ACQUIRE), counted = events_counted(i);
    watch.objects[i].missed = counted > seen ? counted - seen : 0;
    missed += watch.objects[i].missed;
  }
  return missed == 0;
}

void watch_end(void) {
  if (!watch.active) return;
  events_close();
  signal_give_back();
  __atomic_store_n(&watch.active, 0u, __ATOMIC_RELEASE);
}

void watch_forget(void) {
  state.collected &= ~(u32)COLLECT_SAMPLE;
  for (u32 i = 0; i < MOST_WATCHED; i++) watch.objects[i].missed = 0;
  watch_end();
}

const WatchDoors watch_doors = {&watch, prepare, follow, watch_stop, settled, watch_end, module_add, modules_done, code_copy, watch_sigaction, watch_signal,
                                sample_begin, sample_end, sample_counts};
