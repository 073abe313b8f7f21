/* What is sent: all of it, once, through a buffer of any size; names before use; the last batch says so. */
#include "world.h"

enum { SMALLEST = 640, PLACES = 200 };

static void churn(u64 code, u64 type) {
  for (u32 place = 0; place < PLACES; place++) {
    enter(code, place * 2);
    make(type, 64);
    py_free(MEM, py_malloc(MEM, 10 + place));
    leave();
  }
}

/* Through a buffer of a few records the same counts arrive as through a large one. */
static void tiny_buffer(u64 frames) {
  world_open(PY313, frames);
  u64 list = type_new(GC, 40, 0), a = code_new(), b = code_new();
  Ledger *ledger = ledger_new();
  churn(a, list);
  CHECK(ledger_take(ledger, SMALLEST, 0) > 10);
  churn(b, list);
  churn(a, list);
  CHECK(ledger_take(ledger, SMALLEST, 0) > 10);
  churn(a, list);
  CHECK(ledger_take(ledger, SMALLEST, 1) > 1);
  EQUAL(ledger_counts(ledger, list, OBJ, a, ANY).allocations, 3 * PLACES);
  EQUAL(ledger_counts(ledger, list, OBJ, b, ANY).allocations, PLACES);
  EQUAL(ledger_counts(ledger, 0, MEM, a, ANY).frees, 3 * PLACES);
  ledger_balance(ledger);
  ledger_free(ledger);
  world_close();
}

/* Places in C without the GIL also go through a small buffer. */
static void tiny_buffer_without_gil(void) {
  static u8 blocks[100][16] __attribute__((aligned(16)));
  world_open(PY313, 1);
  Ledger *ledger = ledger_new();
  for (u32 i = 0; i < 100; i++) block_allocated_loose(NATIVE, (u64)blocks[i], 8, 0x555500000000ul + i * 16);
  ledger_take(ledger, SMALLEST, 1);
  EQUAL(ledger_counts(ledger, 0, NATIVE, NOWHERE, ANY).allocations, 100);
  EQUAL(ledger_native(ledger, 0x555500000010ul).allocations, 1);
  ledger_balance(ledger);
  ledger_free(ledger);
  world_close();
}

static void nothing_changed(void) {
  world_open(PY313, 1);
  enter(code_new(), 0);
  py_malloc(MEM, 5);
  Ledger *ledger = ledger_new();
  EQUAL(ledger_take(ledger, 1 << 16, 0), 1);
  Counts before = ledger_counts(ledger, ANY, ANY, ANY, ANY);
  EQUAL(ledger_take(ledger, 1 << 16, 0), 1);
  EQUAL(ledger_take(ledger, 1 << 16, 1), 1);
  EQUAL(ledger_counts(ledger, ANY, ANY, ANY, ANY).allocations, before.allocations);
  ledger_free(ledger);
  world_close();
}

/* Armed again after letting go: ids, counts and the sequence begin anew. */
static void second_recording(void) {
  for (int round = 0; round < 3; round++) {
    world_open(PY311, 4);
    u64 list = type_new(GC, 40, 0), a = code_new();
    churn(a, list);
    CHECK(door()->disarm());
    Ledger *ledger = ledger_new();
    ledger_take(ledger, 1 << 16, 1);
    EQUAL(ledger_counts(ledger, list, OBJ, a, ANY).allocations, PLACES);
    ledger_balance(ledger);
    ledger_free(ledger);
    world_close();
  }
}

void test_drains(void) {
  tiny_buffer(1);
  tiny_buffer(32);
  tiny_buffer_without_gil();
  nothing_changed();
  second_recording();
}
