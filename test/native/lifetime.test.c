/* Arming and leaving: every pointer is put back, other tools keep theirs, a forked child records nothing, a lost recording is repaired. */
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

#include "world.h"

static void armed_and_left(Flavour flavour) {
  world_open(flavour, 4);
  CHECK(state.armed);
  for (int domain = RAW; domain <= OBJ; domain++) {
    CHECK(tables[domain].malloc != originals[domain].malloc);
    CHECK(tables[domain].ctx == originals[domain].ctx);
    EQUAL(door()->allocators_find((u64)tables, (u64)(tables + 3), domain), (u64)&tables[domain]);
    EQUAL(door()->allocators_find((u64)originals, (u64)(originals + 3), domain), 0);
  }
  Allocator kept[3];
  memcpy(kept, tables, sizeof kept);
  void *block = py_malloc(OBJ, 40);
  world_close();
  CHECK(!state.armed);
  /* A thread may still be on its way into a wrapper. */
  for (int domain = RAW; domain <= OBJ; domain++) {
    void *late = kept[domain].calloc(kept[domain].ctx, 3, 5);
    kept[domain].free(kept[domain].ctx, kept[domain].realloc(kept[domain].ctx, late, 900));
  }
  kept[OBJ].free(kept[OBJ].ctx, block);
  EQUAL(state.allocations + state.frees + state.loose_allocations + state.loose_frees, 0);
}

static Allocator below;
static int other_calls;
static void *other_malloc(void *ctx, u64 size) {
  other_calls++;
  return below.malloc(ctx, size);
}

/* tracemalloc started after us, and is still there when we leave: it goes on calling us, and we pass through. */
static void other_on_top(void) {
  world_open(PY311, 1);
  below = tables[OBJ];
  tables[OBJ].malloc = other_malloc;
  CHECK(!door()->disarm());
  door()->let_go();
  CHECK(tables[OBJ].malloc == other_malloc && tables[MEM].malloc == originals[MEM].malloc);
  py_free(OBJ, py_malloc(OBJ, 5));
  EQUAL(other_calls, 1);
  EQUAL(state.allocations, 0);
  /* Wrapping that tool as well would make a ring. */
  Target target = state.target;
  CHECK(door()->prepare(&target));
  CHECK(!door()->arm());
  CHECK(!state.armed && tables[OBJ].malloc == other_malloc && tables[MEM].malloc == originals[MEM].malloc);
  tables[OBJ] = below;
  CHECK(door()->disarm());
  EQUAL(memcmp(tables, originals, sizeof tables), 0);
}

/* ... or has put back what it found in the meantime, or what was there before us. */
static void other_left(void) {
  world_open(PY311, 1);
  below = tables[OBJ];
  tables[OBJ].malloc = other_malloc;
  tables[OBJ] = below;
  tables[MEM] = originals[MEM];
  world_close();
}

static int traced;
static int other_tracer(void *object, int event, void *data) {
  (void)event;
  traced += object != NULL && data == &traced;
  return 0;
}

/* A tracer that was there first hears everything, and is alone again afterwards. */
static void tracer_chained(void) {
  world_open(PY313, 1);
  CHECK(door()->disarm());
  tracer = (void *)other_tracer;
  tracer_data = &traced;
  door()->arm();
  CHECK(tracer != (void *)other_tracer);
  u64 type = type_new(GC, 40, 0);
  enter(code_new(), 0);
  destroyed(make(type, 56));
  /* 3.15 tells a tracer of its own replacement, without an object. */
  ((int (*)(void *, int, void *))tracer)(NULL, 2, tracer_data);
  EQUAL(traced, 2);
  CHECK(door()->disarm());
  CHECK(tracer == (void *)other_tracer && tracer_data == &traced);
  door()->let_go();
  tracer = tracer_data = NULL;
  EQUAL(references, 0);
}

static void tracer_replaced(void) {
  world_open(PY313, 1);
  tracer = (void *)other_tracer;
  CHECK(door()->disarm());
  CHECK(tracer == (void *)other_tracer);
  door()->let_go();
  tracer = NULL;
}

static int child(void) {
  u64 before = state.allocations;
  door()->in_child();
  py_free(OBJ, py_malloc(OBJ, 40));
  int back = memcmp(tables, originals, sizeof tables) == 0;
  return !state.armed && state.forked && back && state.allocations == before && failures == 0 ? 0 : 1;
}

static void forked(void) {
  world_open(PY311, 1);
  enter(code_new(), 0);
  for (int domain = RAW; domain <= OBJ; domain++) state.allocator_slots[domain] = door()->allocators_find((u64)tables, (u64)(tables + 3), domain);
  py_malloc(MEM, 10);
  pid_t pid = fork();
  if (pid == 0) _exit(child());
  int status = -1;
  waitpid(pid, &status, 0);
  EQUAL(status, 0);
  CHECK(state.armed);
  py_malloc(MEM, 10);
  Ledger *ledger = ledger_new();
  ledger_take(ledger, 1 << 16, 1);
  EQUAL(ledger_counts(ledger, 0, MEM, ANY, ANY).allocations, 2);
  ledger_free(ledger);
  world_close();
}

static void child_is_recorded(void) {
  world_open(PY311, 1);
  for (int domain = RAW; domain <= OBJ; domain++) state.allocator_slots[domain] = (u64)&tables[domain];
  enter(code_new(), 0);
  py_malloc(MEM, 10);
  door()->in_child();
  Target target = state.target;
  door()->repair();
  CHECK(!state.forked && !state.armed);
  EQUAL(references, 0);
  CHECK(door()->prepare(&target));
  door()->arm();
  u64 b = code_new();
  step_to(4);
  enter(b, 2);
  py_malloc(MEM, 10);
  Ledger *ledger = ledger_new();
  ledger_take(ledger, 1 << 16, 1);
  EQUAL(ledger_counts(ledger, ANY, ANY, ANY, ANY).allocations, 1);
  EQUAL(ledger_counts(ledger, 0, MEM, b, 2).allocations, 1);
  ledger_free(ledger);
  world_close();
}

/* Code that was patched and never reverted is put back; code that has changed since is left alone. */
static void code_repaired(int changed_since) {
  world_open(PY311, 1);
  u8 *code = mmap(NULL, 4096, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
  u8 before[CODE_PATCH_BYTES], after[CODE_PATCH_BYTES];
  for (u32 i = 0; i < CODE_PATCH_BYTES; i++) before[i] = (u8)i, after[i] = (u8)(i < 14 ? 0x90 : i);
  memcpy(code + 64, after, CODE_PATCH_BYTES);
  if (changed_since) code[65] = 0xcc;
  CHECK(mprotect(code, 4096, PROT_READ | PROT_EXEC) == 0);
  door()->note_code_patch(3, (u64)code + 64, (u64)code, before, after);
  door()->repair();
  CHECK(changed_since ? code[64] == 0x90 && code[65] == 0xcc : memcmp(code + 64, before, CODE_PATCH_BYTES) == 0);
  /* Once is enough: it is somebody else's from now on. */
  CHECK(mprotect(code, 4096, PROT_READ | PROT_WRITE) == 0);
  memcpy(code + 64, after, CODE_PATCH_BYTES);
  door()->repair();
  EQUAL(memcmp(code + 64, after, CODE_PATCH_BYTES), 0);
  munmap(code, 4096);
  EQUAL(memcmp(tables, originals, sizeof tables), 0);
}

void test_lifetime(void) {
  for (Flavour flavour = 0; flavour < FLAVOURS; flavour++) armed_and_left(flavour);
  other_on_top();
  other_left();
  tracer_chained();
  tracer_replaced();
  forked();
  child_is_recorded();
  code_repaired(0);
  code_repaired(1);
}
