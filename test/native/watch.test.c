/* Hits of a breakpoint that nobody set: the ring, what is sent of it, its ends; and stacks of this program, followed by their unwind tables. */
#define _GNU_SOURCE
#include <execinfo.h>
#include <link.h>
#include <ucontext.h>

#include "../../agent/native/wire.h"
#include "wire-in.h"
#include "world.h"

static u64 counted;
static u64 registers[32];
static u8 buffer[1 << 21];

static void collect(Target *target) { target->collect |= COLLECT_WATCH; }

static Watched *begin(void) {
  static const WatchTarget target = {.code_bytes = 64, .code_name = 16, .code_file = 24, .code_table = 32, .code_first_line = 40, .bytes_data = 32};
  world_change = collect;
  world_open(PY313, 1);
  world_change = NULL;
  enter(code_new(), 6);
  CHECK(watch_doors.prepare(&target));
  counted = 5;
  watch.objects[0] = (Watched){.address = (u64)&counted, .size = 8, .first = 5, .last = 5};
  watch.count = 1;
  registers[REG_SP] = (u64)registers;
  return &watch.objects[0];
}

static void change(Watched *object, i64 by) {
  counted = (u64)((i64)counted + by);
  watch_hit(object, registers, 0);
}

typedef struct { u64 records, places, sum, state, produced, dropped, last; } Told;

static void read_changes(In *in, u32 records, Told *sent) {
  for (u32 i = 0; i < records; i++) {
    (void)word(in);
    EQUAL(word(in), 0);
    u64 place = word(in);
    if (place > sent->places) sent->places = place;
    EQUAL(word(in), os_thread_id());
    sent->sum += (u64)signed_word(in);
    sent->last = word(in);
  }
  sent->records += records;
}

static void read_state(In *in, Told *sent) {
  EQUAL(word(in), 0);
  sent->state = word(in);
  sent->produced = word(in);
  sent->dropped = word(in);
  EQUAL(word(in), watch.objects[0].last);
}

static void read_batch(Told *sent) {
  const u8 *at = buffer + sizeof(WireHeader);
  for (u32 left = ((const WireHeader *)buffer)->sections; left; left--) {
    const WireSection *section = (const WireSection *)at;
    In in = {at + sizeof *section, at + sizeof *section + section->bytes};
    EQUAL(section->crc, crc(in.at, section->bytes));
    at = in.end;
    if (section->kind == WIRE_HISTORY) read_changes(&in, section->records, sent);
    if (section->kind == WIRE_WATCHED) read_state(&in, sent);
  }
}

static void take_all(Told *sent, u64 capacity) {
  u32 more = 1;
  while (more) {
    u64 bytes = drain(buffer, capacity, 0, &more);
    CHECK(bytes <= capacity);
    read_batch(sent);
  }
}

static void finish_world(void) {
  watch_stop();
  world_close();
}

static void every_change(void) {
  Watched *object = begin();
  for (int i = 0; i < 1000; i++) change(object, i % 2 ? -1 : 1);
  Told sent = {0};
  take_all(&sent, 4096);
  EQUAL(sent.records, 1000);
  EQUAL(sent.produced, 1000);
  EQUAL(sent.sum, 0);
  EQUAL(sent.last, 5);
  EQUAL(sent.state, WATCH_FOLLOWED);
  EQUAL(sent.places, 2);
  EQUAL(watch.places[2].depth, 1);
  EQUAL(watch.code_count, 1);
  step_to(8);
  change(object, 3);
  watch_hit(object, registers, 0); /* the same count again */
  take_all(&sent, sizeof buffer);
  EQUAL(sent.records, 1001);
  EQUAL(sent.places, 3);
  EQUAL(watch.code_count, 1);
  EQUAL(watch.places[3].instruction, 8);
  EQUAL(object->other, 1);
  finish_world();
}

static void full_ring(void) {
  Watched *object = begin();
  for (u32 i = 0; i < MAX_CHANGES + 7; i++) change(object, i % 2 ? -1 : 1);
  Told sent = {0};
  take_all(&sent, sizeof buffer);
  EQUAL(sent.records, MAX_CHANGES);
  EQUAL(sent.dropped, 7);
  EQUAL(sent.produced, MAX_CHANGES + 7);
  change(object, 1);
  take_all(&sent, sizeof buffer);
  EQUAL(sent.records, MAX_CHANGES + 1);
  EQUAL(sent.last, counted);
  finish_world();
}

static void ends(void) {
  Watched *object = begin();
  for (int i = 0; i < 5; i++) change(object, -1);
  EQUAL(object->state, WATCH_FREED);
  change(object, 1); /* another object at the same address */
  Told sent = {0};
  take_all(&sent, sizeof buffer);
  EQUAL(sent.records, 5);
  EQUAL(sent.state, WATCH_FREED);
  finish_world();
  object = begin();
  counted = (u64)&counted; /* the list of free blocks */
  watch_hit(object, registers, 0);
  EQUAL(object->state, WATCH_REUSED);
  EQUAL(object->last, 5);
  EQUAL(object->recorded, 0);
  finish_world();
  object = begin();
  change(object, 1);
  state.drained_at = os_now() - 11000000000ul;
  change(object, 1);
  EQUAL(object->state, WATCH_ABANDONED);
  finish_world();
}

static u64 found[MOST_NATIVE];
static void *expected[MOST_NATIVE];
static u32 found_depth;
static int expected_depth;

static __attribute__((noinline)) void look(void) {
  ucontext_t context;
  Stack stack = {0, 0, {0}};
  getcontext(&context);
  found_depth = unwind((const u64 *)context.uc_mcontext.gregs, &stack, found);
  expected_depth = backtrace(expected, MOST_NATIVE);
}
static __attribute__((noinline)) int deeper(int depth, int large) {
  volatile u8 room[24];
  room[0] = (u8)depth;
  if (depth == 0) look();
  else if (large) {
    volatile u8 more[8000];
    more[0] = room[0];
    (void)deeper(depth - 1, 0);
    return more[0];
  } else (void)deeper(depth - 1, depth % 3 == 0);
  return room[0];
}
static __attribute__((noinline)) int aligned_frame(int depth) {
  volatile u8 room[64] __attribute__((aligned(64)));
  room[0] = (u8)deeper(depth, 0);
  return room[0];
}

/* Its modules, as the agent tells them: from the ELF header on. */
static int add_module(struct dl_phdr_info *info, size_t size, void *unused) {
  (void)size, (void)unused;
  u64 from = ~0ul, to = 0;
  for (int i = 0; i < info->dlpi_phnum; i++) {
    if (info->dlpi_phdr[i].p_type != PT_LOAD) continue;
    u64 start = info->dlpi_addr + info->dlpi_phdr[i].p_vaddr, end = start + info->dlpi_phdr[i].p_memsz;
    if (start < from) from = start & ~4095ul;
    if (end > to) to = end;
  }
  module_add(from, to - from);
  return 0;
}

static void stacks(void) {
#if defined(__x86_64__)
  (void)begin();
  dl_iterate_phdr(add_module, NULL);
  modules_done();
  for (int depth = 0; depth < 40; depth += 3) {
    (void)aligned_frame(depth);
    CHECK(found_depth > (u32)(depth < 18 ? depth : 18));
    /* The first is in `look`, at two places, and a sanitizer puts itself before it; the callers are the same, one by one. */
    u32 before = expected[1] == (void *)found[1] ? 0 : 1;
    for (u32 i = 1; i < found_depth && (int)(i + before) < expected_depth; i++) EQUAL(found[i], (u64)expected[i + before]);
  }
  registers[REG_IP] = (u64)stacks;
  registers[REG_SP] = 8; /* no stack */
  Stack none = {0, 0, {0}};
  EQUAL(unwind(registers, &none, found), 1);
  finish_world();
#endif
}

void test_watch(void) {
  every_change();
  full_ring();
  ends();
  stacks();
}
