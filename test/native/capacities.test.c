/* More of anything than the tables hold: everything is still counted, only its place is lost. */
#include "world.h"

/* One instruction after another, past the table of sites. */
static void sites(void) {
  enum { MORE = 1000 };
  world_open(PY313, 1);
  enter(code_new(), 0);
  for (u32 i = 0; i < MAX_SITES + MORE; i++) {
    step_to(i * 2);
    py_free(MEM, py_malloc(MEM, 8));
  }
  Ledger *ledger = ledger_new();
  CHECK(ledger_take(ledger, 1 << 20, 1) > 1);
  ledger_balance(ledger);
  EQUAL(ledger_counts(ledger, 0, MEM, ANY, ANY).allocations, MAX_SITES + MORE);
  CHECK(ledger_counts(ledger, 0, MEM, NOWHERE, ANY).allocations >= MORE);
  CHECK(ledger_counts(ledger, 0, MEM, NOWHERE, ANY).allocations < MORE + 16);
  EQUAL(ledger_dropped(ledger), 0);
  ledger_free(ledger);
  world_close();
}

/* Callers in C without the GIL, past their table. */
static void loose(void) {
  enum { MORE = 5000 };
  static u8 block[16] __attribute__((aligned(16)));
  world_open(PY313, 1);
  for (u64 i = 0; i < MAX_LOOSE + MORE; i++) {
    block_allocated_loose(NATIVE, (u64)block, 8, 0x7f0000000000ul + i * 64);
    gil(0);
    block_freed(NATIVE, (u64)block);
    gil(1);
  }
  Ledger *ledger = ledger_new();
  ledger_take(ledger, 1 << 20, 1);
  ledger_balance(ledger);
  EQUAL(ledger_counts(ledger, 0, NATIVE, ANY, ANY).allocations + (i64)ledger_dropped(ledger), MAX_LOOSE + MORE);
  ledger_free(ledger);
  world_close();
}

/* Addresses that no user program has: dropped, and said so. */
static void no_place_to_remember(void) {
  world_open(PY313, 1);
  enter(code_new(), 0);
  block_allocated(MEM, 1ul << 60, 8, 1);
  gil(0);
  block_allocated(RAW, 1ul << 60, 8, 1);
  gil(1);
  Ledger *ledger = ledger_new();
  ledger_take(ledger, 1 << 20, 1);
  ledger_balance(ledger);
  EQUAL(ledger_dropped(ledger), 2);
  ledger_free(ledger);
  world_close();
}

void test_capacities(void) {
  sites();
  loose();
  no_place_to_remember();
}
