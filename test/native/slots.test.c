/* Pointers of an extension to the malloc family: replaced, counted, put back unless somebody else has replaced them since. */
#include <sys/mman.h>

#include "world.h"

enum { MALLOC, CALLOC, REALLOC, FREE, MEMALIGN, ALIGNED, STRDUP, NEW, NEW_ARRAY, DELETE, DELETE_ARRAY, DELETE_SIZED, DELETE_ARRAY_SIZED, NAMES };
static void *volatile slots[NAMES];

static u64 patch(int name) { return (u64)door()->got_wrappers[name]; }

static void fill_slots(void) {
  const void *const *libc = (const void *const *)&state.target.libc;
  for (int name = 0; name < NAMES; name++) slots[name] = (void *)(u64)libc[name];
  for (int name = 0; name < NAMES; name++) CHECK(door()->got_patch((u64)&slots[name], patch(name), 0));
}
static void expect_original(void) {
  const void *const *libc = (const void *const *)&state.target.libc;
  for (int name = 0; name < NAMES; name++) CHECK(slots[name] == libc[name]);
}

#define CALL(name, type) ((type)slots[name])
typedef void *(*One)(u64);
typedef void *(*Two)(u64, u64);
typedef void *(*Resize)(void *, u64);
typedef void (*Release)(void *);
typedef void (*ReleaseSized)(void *, u64);

static void whole_family(int with_gil) {
  world_open(PY313, 2);
  u64 a = code_new();
  enter(a, 4);
  fill_slots();
  gil(with_gil);
  void *aligned = NULL;
  CHECK(CALL(MEMALIGN, int (*)(void **, u64, u64))(&aligned, 64, 100) == 0);
  void *taken[] = {CALL(MALLOC, One)(1), CALL(CALLOC, Two)(2, 5), CALL(ALIGNED, Two)(64, 128), aligned,
                   CALL(STRDUP, void *(*)(const char *))("twelve bytes"), CALL(REALLOC, Resize)(NULL, 1000)};
  void *resized = CALL(REALLOC, Resize)(CALL(MALLOC, One)(40), 4000);
  CALL(DELETE, Release)(CALL(NEW, One)(7));
  CALL(DELETE_SIZED, ReleaseSized)(CALL(NEW, One)(7), 7);
  CALL(DELETE_ARRAY, Release)(CALL(NEW_ARRAY, One)(7));
  CALL(DELETE_ARRAY_SIZED, ReleaseSized)(CALL(NEW_ARRAY, One)(7), 7);
  gil(1);
  Ledger *ledger = ledger_new();
  ledger_take(ledger, 1 << 16, 0);
  ledger_balance(ledger);
  Counts counts = ledger_counts(ledger, 0, NATIVE, with_gil ? a : NOWHERE, ANY);
  EQUAL(counts.allocations, 6 + 2 + 4);
  EQUAL(counts.frees, 1 + 4);
  EQUAL(counts.allocated, 1 + 10 + 128 + 100 + 13 + 1000 + 40 + 4000 + 28);
  EQUAL(counts.freed, 40 + 28);
  CALL(FREE, Release)(resized);
  CALL(FREE, Release)(NULL);
  for (int i = 0; i < 6; i++) CALL(FREE, Release)(taken[i]);
  ledger_take(ledger, 1 << 16, 1);
  Counts after = ledger_counts(ledger, 0, NATIVE, ANY, ANY);
  EQUAL(after.allocated, after.freed);
  EQUAL(after.allocations, after.frees);
  ledger_free(ledger);
  world_close();
  expect_original();
}

static void *fail(void *block, u64 size) {
  (void)block, (void)size;
  return NULL;
}
static void failing(Target *target) { target->libc.realloc = fail; }

static void realloc_fails(void) {
  world_change = failing;
  world_open(PY313, 1);
  enter(code_new(), 4);
  fill_slots();
  void *block = CALL(MALLOC, One)(40);
  CHECK(CALL(REALLOC, Resize)(block, 1ul << 40) == NULL);
  CALL(FREE, Release)(block);
  Ledger *ledger = ledger_new();
  ledger_take(ledger, 1 << 16, 1);
  Counts counts = ledger_counts(ledger, 0, NATIVE, ANY, ANY);
  EQUAL(counts.allocations, 1);
  EQUAL(counts.frees, 1);
  EQUAL(counts.freed, 40);
  ledger_free(ledger);
  world_close();
}

/* The wrapper that is still called after everything was taken out passes through. */
static void called_afterwards(void) {
  world_open(PY313, 1);
  fill_slots();
  One kept = CALL(MALLOC, One);
  Release kept_free = CALL(FREE, Release);
  world_close();
  kept_free(kept(10));
  EQUAL(state.loose_allocations + state.allocations, 0);
}

static void replaced_by_another(void) {
  world_open(PY313, 1);
  fill_slots();
  slots[MALLOC] = (void *)fail;
  world_close();
  CHECK(slots[MALLOC] == (void *)fail);
  slots[MALLOC] = (void *)malloc;
  expect_original();
}

static int writable(const void *place) {
  int found = 0;
  char line[256];
  FILE *maps = fopen("/proc/self/maps", "r");
  for (u64 from, to; maps && fgets(line, sizeof line, maps);) {
    char protection[5];
    if (sscanf(line, "%lx-%lx %4s", &from, &to, protection) == 3 && from <= (u64)place && (u64)place < to) found = protection[1] == 'w';
  }
  if (maps) fclose(maps);
  return found;
}

/* On a page that the linker made read-only: written, and read-only again each time. A module that is gone is left alone. */
static void read_only(int unmapped) {
  world_open(PY313, 1);
  void **page = mmap(NULL, 4096, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
  page[3] = (void *)malloc;
  CHECK(mprotect(page, 4096, PROT_READ) == 0);
  CHECK(door()->got_patch((u64)&page[3], patch(MALLOC), 1));
  CHECK(page[3] == (void *)patch(MALLOC) && !writable(page));
  if (unmapped) munmap(page, 4096);
  world_close();
  if (unmapped) return;
  CHECK(page[3] == (void *)malloc && !writable(page));
  munmap(page, 4096);
}

static void full_list(void) {
  static void *many[MAX_GOT_PATCHES + 1];
  world_open(PY313, 1);
  for (u32 i = 0; i <= MAX_GOT_PATCHES; i++) many[i] = (void *)malloc;
  for (u32 i = 0; i < MAX_GOT_PATCHES; i++) CHECK(door()->got_patch((u64)&many[i], patch(MALLOC), 0));
  CHECK(!door()->got_patch((u64)&many[MAX_GOT_PATCHES], patch(MALLOC), 0));
  CHECK(many[MAX_GOT_PATCHES] == (void *)malloc);
  world_close();
  for (u32 i = 0; i <= MAX_GOT_PATCHES; i++) CHECK(many[i] == (void *)malloc);
}

void test_slots(void) {
  whole_family(1);
  whole_family(0);
  realloc_fails();
  called_afterwards();
  replaced_by_another();
  read_only(0);
  read_only(1);
  full_list();
}
