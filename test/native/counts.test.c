/* Blocks come, go, move and fail to move; each is counted once, where it came from. */
#include "world.h"

static Flavour flavour;

static Counts all_of(u64 domain, u64 code, u64 instruction) {
  Ledger *ledger = ledger_new();
  ledger_take(ledger, 1 << 16, 0);
  ledger_balance(ledger);
  Counts counts = ledger_counts(ledger, ANY, domain, code, instruction);
  ledger_free(ledger);
  return counts;
}

static void same(Counts found, i64 allocations, i64 frees, i64 allocated, i64 freed) {
  EQUAL(found.allocations, allocations);
  EQUAL(found.frees, frees);
  EQUAL(found.allocated, allocated);
  EQUAL(found.freed, freed);
}

/* a at 4: + + -   a at 8: + */
static void per_instruction(void) {
  world_open(flavour, 1);
  u64 a = code_new();
  enter(a, 4);
  void *kept = py_malloc(MEM, 100), *gone = py_calloc(MEM, 2, 25);
  step_to(8);
  void *later = py_malloc(MEM, 7);
  py_free(MEM, gone);
  Ledger *ledger = ledger_new();
  ledger_take(ledger, 1 << 16, 0);
  same(ledger_counts(ledger, 0, MEM, a, 4), 2, 1, 150, 50);
  same(ledger_counts(ledger, 0, MEM, a, 8), 1, 0, 7, 0);
  ledger_balance(ledger);
  ledger_free(ledger);
  py_free(MEM, kept);
  py_free(MEM, later);
  world_close();
}

/* Grows in place, moves into the heap, moves there; each is a free of the old and a new block where it happens. */
static void reallocs(int domain) {
  world_open(flavour, 1);
  u64 a = code_new(), b = code_new();
  enter(a, 0);
  void *block = py_malloc(domain, 100);
  enter(b, 2);
  block = py_realloc(domain, block, 200);
  block = py_realloc(domain, block, 2000);
  block = py_realloc(domain, block, 200000);
  leave();
  py_free(domain, block);
  Ledger *ledger = ledger_new();
  ledger_take(ledger, 1 << 16, 1);
  same(ledger_counts(ledger, ANY, (u64)domain, a, ANY), 1, 1, 100, 100);
  same(ledger_counts(ledger, ANY, (u64)domain, b, ANY), 3, 3, 202200, 202200);
  if (domain != RAW) same(ledger_counts(ledger, ANY, RAW, ANY, ANY), 0, 0, 0, 0);
  ledger_balance(ledger);
  ledger_free(ledger);
  world_close();
}

/* + then no memory to grow: it stays as it is, and its free is the free of the first. */
static void realloc_fails(int domain) {
  world_open(flavour, 1);
  u64 a = code_new(), b = code_new();
  enter(a, 0);
  void *block = py_malloc(domain, 100);
  enter(b, 0);
  fail_next = 1;
  CHECK(py_realloc(domain, block, 300) == NULL);
  py_free(domain, block);
  Ledger *ledger = ledger_new();
  ledger_take(ledger, 1 << 16, 1);
  same(ledger_counts(ledger, ANY, ANY, a, ANY), 1, 1, 100, 100);
  same(ledger_counts(ledger, ANY, ANY, b, ANY), 0, 0, 0, 0);
  ledger_balance(ledger);
  ledger_free(ledger);
  world_close();
}

/* realloc(NULL) is a malloc; free(NULL) nothing; a block from before the arming is nobody's. */
static void edges(void) {
  world_open(flavour, 1);
  void *before = originals[MEM].malloc(originals[MEM].ctx, 10), *grown = originals[OBJ].malloc(originals[OBJ].ctx, 10);
  enter(code_new(), 0);
  void *block = py_realloc(MEM, NULL, 40);
  py_free(MEM, NULL);
  py_free(RAW, NULL);
  py_free(MEM, before);
  grown = py_realloc(OBJ, grown, 60);
  py_free(OBJ, grown);
  same(all_of(ANY, ANY, ANY), 2, 1, 100, 60);
  py_free(MEM, block);
  world_close();
}

/* A free that went past every hook: the next block at the address ends the one before. */
static void lost_free(void) {
  world_open(flavour, 1);
  enter(code_new(), 0);
  void *block = py_malloc(MEM, 100);
  originals[MEM].free(originals[MEM].ctx, block);
  CHECK(py_malloc(MEM, 50) == block);
  same(all_of(MEM, ANY, ANY), 2, 1, 150, 100);
  world_close();
}

/* The newest object block waits for its type: whatever comes next commits it first. */
static void pending_is_committed(void) {
  enum { NEXT_OBJ, NEXT_MEM, NEXT_RAW, FREED, RESIZED, WAYS };
  for (int next = 0; next < WAYS; next++) {
    world_open(flavour, 1);
    u64 a = code_new();
    enter(a, 6);
    void *first = py_malloc(OBJ, 48), *second = NULL;
    step_to(8);
    if (next == NEXT_OBJ) second = py_malloc(OBJ, 16);
    if (next == NEXT_MEM) second = py_malloc(MEM, 16);
    if (next == NEXT_RAW) second = py_malloc(RAW, 16);
    if (next == FREED) py_free(OBJ, first);
    if (next == RESIZED) first = py_realloc(OBJ, first, 64);
    Ledger *ledger = ledger_new();
    ledger_take(ledger, 1 << 16, 0);
    Counts at_6 = ledger_counts(ledger, 0, OBJ, a, 6);
    EQUAL(at_6.allocations, 1);
    EQUAL(at_6.frees, next == FREED || next == RESIZED);
    ledger_free(ledger);
    if (second) py_free(next == NEXT_OBJ ? OBJ : next == NEXT_MEM ? MEM : RAW, second);
    if (next != FREED) py_free(OBJ, first);
    world_close();
  }
}

void test_counts(void) {
  for (flavour = 0; flavour < FLAVOURS; flavour++) {
    per_instruction();
    for (int domain = RAW; domain <= OBJ; domain++) {
      reallocs(domain);
      realloc_fails(domain);
    }
    edges();
    lost_free();
    pending_is_committed();
  }
}
