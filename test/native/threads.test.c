/* One thread with the GIL, two without, one with another GIL, one that drains: afterwards every event is there exactly once. */
#include <pthread.h>

#include "world.h"

enum { ROUNDS = 20000, PLACES = 6000, LOOSE_THREADS = 2, OTHERS = 4 };

static _Atomic int working;
static u64 list, code, type_of_others;

static void *with_gil(void *unused) {
  (void)unused;
  gil(1);
  enter(code, 0);
  for (u32 i = 0; i < ROUNDS; i++) {
    step_to((i % 50) * 2);
    u64 object = make(list, 64);
    void *block = py_malloc(MEM, 32), *raw = py_malloc(RAW, 24);
    py_free(MEM, block);
    raw = py_realloc(RAW, raw, 600);
    py_free(RAW, raw);
    if (i % 2) py_free(OBJ, at(object - 16));
    if (i % 2 == 0 && i % 64 != 0) py_free(OBJ, at(object - 16));
  }
  working--;
  return NULL;
}

static void *without_gil(void *unused) {
  (void)unused;
  gil(0);
  for (u32 i = 0; i < ROUNDS; i++) {
    void *block = py_calloc(RAW, 2, 20);
    block = py_realloc(RAW, block, 1000);
    py_free(RAW, block);
  }
  working--;
  return NULL;
}

/* An interpreter with a GIL of its own: CPython's tracer is one for the process, and hears of its objects too. */
static void *own_gil(void *unused) {
  (void)unused;
  u64 type = type_of_others;
  other_interpreter(1);
  gil(1);
  enter(code, 0);
  for (u32 i = 0; i < ROUNDS; i++) {
    u64 object = make(type, 64);
    created(object);
    destroyed(object);
    py_free(OBJ, at(object - 16));
  }
  working--;
  return NULL;
}

/* New places all the time, while they are being sent. */
static void *new_places(void *unused) {
  (void)unused;
  gil(0);
  u8 *block = malloc(16);
  for (u64 i = 0; i < PLACES; i++) {
    block_allocated(NATIVE, (u64)block, 16, 0x7f1200000000ul + i * 32);
    block_freed(NATIVE, (u64)block);
  }
  free(block);
  working--;
  return NULL;
}

static void *drains(void *ledger) {
  while (working) ledger_take(ledger, 1 << 16, 0);
  return NULL;
}

static void hammer(Flavour flavour) {
  pthread_t threads[LOOSE_THREADS + OTHERS];
  world_open(flavour, 1);
  list = type_new(GC, 40, 0);
  type_of_others = type_new(GC, 40, 0);
  code = code_new();
  gil(0);
  Ledger *ledger = ledger_new();
  working = LOOSE_THREADS + OTHERS - 1;
  pthread_create(&threads[0], NULL, with_gil, NULL);
  pthread_create(&threads[1], NULL, new_places, NULL);
  pthread_create(&threads[2], NULL, drains, ledger);
  pthread_create(&threads[3], NULL, flavour == PY313 ? own_gil : without_gil, NULL);
  for (int i = 0; i < LOOSE_THREADS; i++) pthread_create(&threads[OTHERS + i], NULL, without_gil, NULL);
  for (int i = 0; i < LOOSE_THREADS + OTHERS; i++) pthread_join(threads[i], NULL);
  gil(1);
  CHECK(door()->disarm());
  ledger_take(ledger, 1 << 16, 1);
  ledger_balance(ledger);
  Counts objects = ledger_counts(ledger, list, OBJ, code, ANY), raw = ledger_counts(ledger, 0, RAW, ANY, ANY);
  EQUAL(objects.allocations, ROUNDS);
  EQUAL(objects.allocations - objects.frees, (ROUNDS + 63) / 64);
  EQUAL(ledger_counts(ledger, 0, MEM, code, ANY).frees, ROUNDS);
  int loose_threads = LOOSE_THREADS + (flavour != PY313);
  EQUAL(raw.allocations, 2 * ROUNDS + loose_threads * 2 * ROUNDS);
  EQUAL(ledger_counts(ledger, ANY, OBJ, NOWHERE, ANY).allocations, flavour == PY313 ? ROUNDS : 0);
  EQUAL(ledger_counts(ledger, ANY, OBJ, NOWHERE, ANY).frees, flavour == PY313 ? ROUNDS : 0);
  EQUAL(ledger_counts(ledger, type_of_others, ANY, ANY, ANY).allocations, 0);
  EQUAL(raw.frees, raw.allocations);
  EQUAL(raw.allocated, raw.freed);
  Counts native = ledger_counts(ledger, 0, NATIVE, NOWHERE, ANY);
  EQUAL(native.allocations, PLACES);
  EQUAL(native.frees, PLACES);
  ledger_free(ledger);
  world_close();
}

void test_threads(void) {
  hammer(PY313);
  hammer(PY311);
}
