/* More errors than there is room for, of other interpreters, without a frame, below an extension: each is counted somewhere, or as dropped. */
#include <pthread.h>

#include "indicator.h"

#define SUM(act, type, code, instruction) ledger_errors(ledger, act, type, code, instruction)

static void raise_and_handle(u64 type) {
  set_object(type, 0);
  (void)fetch();
}

static void full_table(void) {
  enum { MORE = 500 };
  errors_open(PY313, (Told){1, 0});
  u64 type = error_type(), a = code_new();
  enter(a, 0);
  for (u32 i = 0; i < MAX_ERROR_KEYS + MORE; i++) {
    step_to(2 * i);
    raise_and_handle(type);
  }
  step_to(2);
  raise_and_handle(type);
  Ledger *ledger = errors_ended();
  EQUAL(ledger_events(ledger)->produced_errors, MAX_ERROR_KEYS + MORE + 1);
  EQUAL(SUM(RAISED, type, a, 2).count, 2);
  CHECK(SUM(RAISED, ANY, ANY, ANY).count >= MAX_ERROR_KEYS - 1);
  errors_close(ledger);
}

/* Its GIL is not ours: nothing of it may be touched. */
static void other_interpreters(void) {
  errors_open(PY313, (Told){1, 1});
  u64 type = error_type(), a = code_new();
  enter(a, 4);
  raise_and_handle(type);
  other_interpreter(1);
  for (int i = 0; i < 3; i++) raise_and_handle(type);
  set_object(type, 0);
  clear_of();
  other_interpreter(0);
  raise_and_handle(type);
  Ledger *ledger = errors_ended();
  EQUAL(SUM(RAISED, type, a, 4).count, 2);
  EQUAL(SUM(CLEARED, ANY, ANY, ANY).count, 0);
  EQUAL(ledger_events(ledger)->dropped_errors, 4);
  errors_close(ledger);
}

/* A thread of C code: it has no frame, and still raised. */
static void without_a_frame(void) {
  errors_open(PY311, (Told){0, 0});
  u64 type = error_type();
  for (int i = 0; i < 3; i++) raise_and_handle(type);
  Ledger *ledger = errors_ended();
  EQUAL(SUM(RAISED, type, NOWHERE, ANY).count, 3);
  errors_close(ledger);
}

/* Stands for an extension module. */
enum { CODE_BYTES = 128 };
static __attribute__((noinline)) void forgets(u64 first, u64 second) {
  set_object(first, 0);
  set_object(second, 0);
  (void)fetch();
}

/* Who overwrites an error is looked for on the stack, below the Python code that called it. */
static void in_an_extension(void) {
  errors_open(PY313, (Told){0, 0});
  u64 first = error_type(), second = error_type(), a = code_new();
  door()->extension_note((u64)forgets, (u64)forgets + CODE_BYTES);
  enter(a, 4);
  forgets(first, second);
  Ledger *ledger = errors_ended();
  ErrorSum lost = SUM(OVERWRITTEN, first, a, 4);
  EQUAL(lost.count, 1);
  CHECK(lost.native - (u64)forgets < CODE_BYTES);
  errors_close(ledger);
}

static void *overwrites(void *types) {
  const u64 *type = types;
  gil(1);
  set_object(type[0], 0);
  set_object(type[1], 0);
  (void)fetch();
  gil(0);
  return NULL;
}

/* A thread whose whole stack is shorter than what is looked through: nothing beyond it is touched. */
static void near_the_end_of_a_stack(void) {
  errors_open(PY313, (Told){0, 0});
  u64 types[] = {error_type(), error_type()};
  gil(0);
  pthread_t thread;
  CHECK(pthread_create(&thread, NULL, overwrites, types) == 0);
  pthread_join(thread, NULL);
  Ledger *ledger = errors_ended();
  EQUAL(SUM(OVERWRITTEN, types[0], ANY, ANY).count, 1);
  EQUAL(SUM(RAISED, ANY, NOWHERE, ANY).count, 2);
  errors_close(ledger);
}

/* The newest raise waits for what follows it; the agent has it counted when nothing does. */
static void the_newest_waits(void) {
  errors_open(PY311, (Told){0, 0});
  u64 type = error_type(), a = code_new();
  enter(a, 4);
  EQUAL(door()->error_waiting(), 0);
  set_object(type, 0);
  u64 waiting = door()->error_waiting();
  CHECK(waiting != 0);
  Ledger *ledger = ledger_new();
  ledger_take(ledger, 1 << 16, 0);
  EQUAL(SUM(RAISED, type, a, 4).count, 0);
  door()->errors_commit();
  EQUAL(door()->error_waiting(), 0);
  clear();
  ledger_take(ledger, 1 << 16, 0);
  EQUAL(SUM(RAISED, type, a, 4).count, 1);
  ledger_balance(ledger);
  ledger_free(ledger);
  world_close();
}

/* Keys and counts through a buffer of a few records. */
static void tiny_buffer(void) {
  enum { PLACES = 300, SMALLEST = 640 };
  errors_open(PY313, (Told){0, 0});
  u64 type = error_type(), a = code_new();
  Ledger *ledger = ledger_new();
  enter(a, 0);
  for (int round = 0; round < 2; round++) {
    for (u32 i = 0; i < PLACES; i++) step_to(2 * i), raise_and_handle(type);
    CHECK(ledger_take(ledger, SMALLEST, 0) > 1);
  }
  CHECK(door()->disarm());
  ledger_take(ledger, SMALLEST, 1);
  EQUAL(SUM(RAISED, type, a, ANY).count, 2 * PLACES);
  ledger_balance(ledger);
  errors_close(ledger);
}

void test_error_limits(void) {
  full_table();
  other_interpreters();
  without_a_frame();
  in_an_extension();
  near_the_end_of_a_stack();
  the_newest_waits();
  tiny_buffer();
}
