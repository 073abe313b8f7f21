/* Objects of a type as they are made, with real breakpoints where the kernel lets us: whole lives, four at a time, ends that nobody saw. */
#include "wire-in.h"
#include "world.h"

enum { OBJECTS = 12, NAME_AT = 48 };
static u64 objects[OBJECTS][2];
static u64 code;

static void collect(Target *target) { target->collect |= COLLECT_WATCH | COLLECT_SAMPLE; }

/* 0 where no breakpoint can be set. */
static int begin(u64 most, u64 *type, const char *name) {
  static const WatchTarget target = {.code_bytes = 64, .code_name = 16, .code_file = 24, .code_table = 32, .code_first_line = 40, .bytes_data = 32, .most_files = 4096};
  world_change = collect;
  world_open(PY313, 1);
  world_change = NULL;
  enter(code = code_new(), 6);
  CHECK(watch_doors.prepare(&target));
  *type = type_new(PLAIN, 16, 0);
  *(const char **)(*type + NAME_AT) = name;
  SampleTarget wanted = {.objects = most, .type = (const u8 *)"Box", .type_length = 3, .name_of_type = NAME_AT};
  if (watch_doors.sample_begin(&wanted) == 0) return 1;
  printf("sample: no breakpoints here\n");
  return 0;
}

static void finish(void) {
  watch_doors.sample_end();
  watch_stop();
  CHECK(watch_doors.settled());
  watch_doors.end();
  EQUAL(watch.event_count, 0);
  world_close();
}

static void make_at(u32 i, u64 type) {
  objects[i][0] = 1;
  objects[i][1] = type;
  sample_created((u64)objects[i]);
}

static void add(u32 i, int by) { *(volatile u64 *)&objects[i][0] += (u64)(i64)by; }

static void lives(void) {
  u64 type;
  if (begin(6, &type, "pkg.Box"))
    for (u32 i = 0; i < 6; i++) {
      make_at(i, type);
      EQUAL(watch.count, i + 1);
      add(i, 1);
      add(i, -1);
      add(i, -1);
      EQUAL(watch.objects[i].state, WATCH_FREED);
      EQUAL(watch.objects[i].recorded, 4);
      EQUAL(watch.objects[i].first, 0);
      EQUAL(watch.objects[i].last, 0);
    }
  finish();
}

static void names(void) {
  static const char *const others[] = {"Boxes", "Bo", "pkg.Boxes", "Box.x", ""};
  for (u32 i = 0; i < sizeof others / sizeof others[0]; i++) {
    u64 type, made[2];
    (void)begin(4, &type, others[i]);
    make_at(0, type);
    sample_counts(made);
    EQUAL(made[0], 0);
    EQUAL(watch.count, 0);
    finish();
  }
}

/* Four are followed; the fifth is passed over until one has been left alone for long. */
static void rooms(void) {
  u64 type, made[2];
  if (begin(8, &type, "Box")) {
    for (u32 i = 0; i < 5; i++) make_at(i, type);
    EQUAL(watch.count, WATCH_SLOTS);
    watch.objects[1].changed -= 300000000;
    make_at(5, type);
    EQUAL(watch.count, WATCH_SLOTS + 1);
    EQUAL(watch.objects[1].state, WATCH_LEFT);
    EQUAL(watch.objects[1].released, 1);
    make_at(1, type); /* at its address: so it was freed, and nobody saw it */
    EQUAL(watch.objects[1].state, WATCH_REUSED);
    sample_counts(made);
    EQUAL(made[0], 7);
    EQUAL(made[1], 0);
    watch.objects[0].changed -= 300000000;
    make_at(6, type);
    EQUAL(watch.objects[0].state, WATCH_LEFT);
    objects[0][0] = 0; /* freed since */
  }
  u32 count = watch.count;
  finish();
  if (count) EQUAL(watch.objects[0].state, WATCH_REUSED);
}

/* What another interpreter makes is not ours. */
static void others(void) {
  u64 type;
  (void)begin(4, &type, "Box");
  gil(0);
  make_at(0, type);
  EQUAL(watch.count, 0);
  gil(1);
  finish();
}

void test_sample(void) {
  lives();
  names();
  rooms();
  others();
}
