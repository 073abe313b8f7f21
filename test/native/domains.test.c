/* The same memory seen by two domains is one block; RAW memory passes between threads with and without the GIL. */
#include "world.h"

static Flavour flavour;

static Ledger *drained(void) {
  Ledger *ledger = ledger_new();
  ledger_take(ledger, 1 << 16, 0);
  ledger_balance(ledger);
  return ledger;
}

/* Over 512 bytes an object is a RAW block inside. */
static void large(int domain) {
  world_open(flavour, 1);
  u64 a = code_new();
  enter(a, 0);
  void *kept = py_malloc(domain, 4096), *gone = py_malloc(domain, 8192);
  py_free(domain, gone);
  Ledger *ledger = drained();
  EQUAL(ledger_counts(ledger, ANY, RAW, ANY, ANY).allocations, 0);
  EQUAL(ledger_counts(ledger, ANY, RAW, ANY, ANY).allocated, 0);
  py_malloc(MEM, 1);
  Ledger *after = ledger_new();
  ledger_free(after);
  ledger_free(ledger);
  py_free(domain, kept);
  world_close();
}

/* The RAW half went out in a batch before the object half was known. */
static void large_and_drained(void) {
  world_open(flavour, 1);
  u64 list = type_new(GC, 40, 0), a = code_new();
  Ledger *ledger = ledger_new();
  enter(a, 0);
  for (int i = 0; i < 3; i++) {
    make(list, 4096);
    ledger_take(ledger, 1 << 16, 0);
  }
  py_malloc(MEM, 1);
  ledger_take(ledger, 1 << 16, 1);
  EQUAL(ledger_counts(ledger, list, OBJ, a, ANY).allocations, 3);
  EQUAL(ledger_counts(ledger, list, OBJ, a, ANY).allocated, 3 * 4096);
  EQUAL(ledger_counts(ledger, ANY, RAW, ANY, ANY).allocations, 0);
  ledger_balance(ledger);
  ledger_free(ledger);
  world_close();
}

/* + with the GIL, - without; and the other way round. */
static void raw_and_gil(int with_gil_first) {
  world_open(flavour, 1);
  u64 a = code_new();
  enter(a, 0);
  gil(with_gil_first);
  void *block = py_malloc(RAW, 100), *kept = py_malloc(RAW, 11), *moved = py_malloc(RAW, 30);
  gil(!with_gil_first);
  py_free(RAW, block);
  moved = py_realloc(RAW, moved, 70);
  gil(1);
  Ledger *ledger = drained();
  Counts all = ledger_counts(ledger, 0, RAW, ANY, ANY), here = ledger_counts(ledger, 0, RAW, a, ANY);
  EQUAL(all.allocations, 4);
  EQUAL(all.frees, 2);
  EQUAL(all.allocated, 211);
  EQUAL(all.freed, 130);
  EQUAL(here.allocations, with_gil_first ? 3 : 1);
  EQUAL(here.frees, with_gil_first ? 2 : 0);
  EQUAL(here.freed, with_gil_first ? 130 : 0);
  ledger_free(ledger);
  py_free(RAW, kept);
  py_free(RAW, moved);
  world_close();
}

/* A thread of another interpreter has a GIL, but not the one that guards the counters. */
static void other_interpreters_gil(void) {
  world_open(PY313, 1);
  u64 a = code_new();
  enter(a, 0);
  other_interpreter(1);
  void *block = py_malloc(MEM, 64), *object = py_malloc(OBJ, 64);
  py_free(MEM, block);
  other_interpreter(0);
  py_free(OBJ, object);
  Ledger *ledger = drained();
  EQUAL(ledger_counts(ledger, ANY, ANY, a, ANY).allocations, 0);
  EQUAL(ledger_counts(ledger, ANY, ANY, NOWHERE, ANY).allocations, 2);
  EQUAL(ledger_counts(ledger, ANY, ANY, NOWHERE, ANY).frees, 2);
  ledger_free(ledger);
  world_close();
}

/* Without a Python frame the place is the caller in C. */
static void no_frames(void) {
  world_open(flavour, 1);
  void *block = py_malloc(MEM, 64);
  Ledger *ledger = drained();
  EQUAL(ledger_counts(ledger, ANY, MEM, NOWHERE, ANY).allocations, 1);
  CHECK(state.native_count == 1);
  EQUAL(ledger_native(ledger, state.natives[1]).allocations, 1);
  ledger_free(ledger);
  py_free(MEM, block);
  world_close();
}

void test_domains(void) {
  for (flavour = 0; flavour < FLAVOURS; flavour++) {
    large(MEM);
    large(OBJ);
    large_and_drained();
    raw_and_gil(0);
    raw_and_gil(1);
    no_frames();
  }
  other_interpreters_gil();
}
