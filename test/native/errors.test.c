/* What CPython does to the error indicator in, one count an error out: raised, only asked for and cleared, overwritten, chained. */
#include "indicator.h"

static const Flavour both[] = {PY311, PY313};
#define SUM(act, type, code, instruction) ledger_errors(ledger, act, type, code, instruction)

/* An error that the code around it handles: CPython takes it out of the indicator without a clear. */
static void raise_and_handle(u64 type) {
  set_object(type, 0);
  (void)fetch();
}

static void raised(Flavour flavour) {
  errors_open(flavour, (Told){0, 0});
  u64 value_error = error_type(), key_error = error_type(), a = code_new();
  enter(a, 10);
  for (int i = 0; i < 7; i++) raise_and_handle(value_error);
  step_to(20);
  for (int i = 0; i < 5; i++) raise_and_handle(value_error), raise_and_handle(key_error);
  handle(error_of(value_error));
  step_to(30);
  for (int i = 0; i < 3; i++) raise_and_handle(key_error);
  handle((u64)state.target.errors.none);
  raise_and_handle(key_error);
  handled();
  handled();
  raise_and_handle(key_error);
  Ledger *ledger = errors_ended();
  EQUAL(SUM(RAISED, value_error, a, 10).count, 7);
  EQUAL(SUM(RAISED, value_error, a, 20).count, 5);
  EQUAL(SUM(RAISED, key_error, a, 20).count, 5);
  EQUAL(SUM(RAISED, key_error, a, 30).count, 5);
  EQUAL(SUM(RAISED, key_error, a, 30).chained, 4);
  EQUAL(SUM(RAISED, ANY, ANY, ANY).chained, 4);
  EQUAL(SUM(CLEARED, ANY, ANY, ANY).count + SUM(OVERWRITTEN, ANY, ANY, ANY).count, 0);
  errors_close(ledger);
}

/* hasattr: C code raises, looks, and clears while the same instruction runs. */
static void a_question(Flavour flavour, void (*answer)(void)) {
  errors_open(flavour, (Told){0, 0});
  u64 attribute_error = error_type(), a = code_new();
  enter(a, 10);
  for (int i = 0; i < 9; i++) {
    set_object(attribute_error, 0);
    answer();
    EQUAL(indicated(), 0);
  }
  raise_and_handle(attribute_error);
  Ledger *ledger = errors_ended();
  EQUAL(SUM(CLEARED, attribute_error, a, 10).count, 9);
  EQUAL(SUM(RAISED, attribute_error, a, 10).count, 1);
  errors_close(ledger);
}
static void restore_nothing(void) { restore(0, 0); }
static void restore_nothing_of(void) { restore_of(0, 0); }

/* Raised in one place, cleared in another: it was raised. Who cleared it is told when details are asked for. */
static void cleared_elsewhere(Flavour flavour, Told told) {
  errors_open(flavour, told);
  u64 stop = error_type(), outer = code_new(), inner = code_new();
  enter(outer, 4);
  for (int i = 0; i < 6; i++) {
    enter(inner, 8);
    set_object(stop, 0);
    leave();
    clear();
  }
  Ledger *ledger = errors_ended();
  EQUAL(SUM(RAISED, stop, inner, 8).count, 6);
  EQUAL(SUM(CLEARED, stop, outer, 4).count, told.details ? 6 : 0);
  EQUAL(SUM(CLEARED, ANY, ANY, ANY).count, told.details ? 6 : 0);
  errors_close(ledger);
}

/* The memo of one place is given to another that hashes alike; they are two places still. */
static void places_that_collide(Flavour flavour) {
  enum { MOST = 1 << 16 };
  errors_open(flavour, (Told){0, 0});
  u64 stop = error_type(), code = code_new();
  enter(code, 2);
  const Memo *memo = memo_of_thread(thread_state(), 0);
  u32 other = 4;
  for (step_to(other); other < MOST && memo_of_thread(thread_state(), 0) != memo; step_to(other)) other += 2;
  CHECK(other < MOST);
  for (int i = 0; i < 6; i++) {
    step_to(2);
    set_object(stop, 0);
    step_to(other);
    clear();
  }
  Ledger *ledger = errors_ended();
  EQUAL(SUM(RAISED, stop, code, 2).count, 6);
  EQUAL(SUM(CLEARED, stop, ANY, ANY).count, 0);
  errors_close(ledger);
}

static void overwritten(Flavour flavour) {
  errors_open(flavour, (Told){0, 0});
  u64 first = error_type(), second = error_type(), a = code_new();
  enter(a, 6);
  for (int i = 0; i < 4; i++) {
    set_object(first, 0);
    set_object(second, 0);
    (void)fetch();
  }
  Ledger *ledger = errors_ended();
  EQUAL(SUM(OVERWRITTEN, first, a, 6).count, 4);
  EQUAL(SUM(OVERWRITTEN, second, ANY, ANY).count, 0);
  EQUAL(SUM(RAISED, first, a, 6).count, 4);
  EQUAL(SUM(RAISED, second, a, 6).count, 4);
  errors_close(ledger);
}

/* The clear inside is no other event, whatever the types are; and the exception that takes the place of the freed one is another. */
static void overwritten_after_a_clear(Flavour flavour, Told told) {
  errors_open(flavour, told);
  set_clears_first = 1;
  u64 first = error_type(), second = error_type(), a = code_new();
  enter(a, 6);
  set_object(first, 0);
  set_object(first, 0);
  (void)fetch();
  set_object(first, 0);
  set_object(second, 0);
  clear();
  Ledger *ledger = errors_ended();
  EQUAL(SUM(OVERWRITTEN, first, a, 6).count, 2);
  EQUAL(SUM(RAISED, first, a, 6).count, 3);
  EQUAL(SUM(RAISED, second, a, 6).count, 0);
  EQUAL(SUM(CLEARED, second, a, 6).count, 1);
  EQUAL(SUM(CLEARED, first, ANY, ANY).count, 0);
  errors_close(ledger);
}

/* next() at the end of an iterator: _PyErr_SetNone, by itself or through _PyErr_SetObject. */
static void without_a_value(Flavour flavour) {
  for (int apart = 0; apart < 2; apart++) {
    errors_open(flavour, (Told){0, 0});
    none_is_apart = apart;
    u64 stop = error_type(), a = code_new();
    enter(a, 2);
    for (int i = 0; i < 5; i++) {
      set_none(stop);
      EQUAL(fetch() != 0, 1);
    }
    Ledger *ledger = errors_ended();
    EQUAL(SUM(RAISED, stop, a, 2).count, 5);
    errors_close(ledger);
  }
}

/* What is lost is told once, however many functions end in one another. */
static void details(Flavour flavour) {
  errors_open(flavour, (Told){0, 1});
  u64 first = error_type(), second = error_type(), a = code_new();
  enter(a, 2);
  set_object(first, 0);
  step_to(4);
  clear();
  set_object(first, 0);
  step_to(6);
  restore(second, error_of(second));
  EQUAL(indicated(), second);
  step_to(8);
  clear_of();
  if (flavour == PY313) {
    set_object(second, 0);
    step_to(10);
    set_raised(0);
  }
  clear();
  restore_of(0, 0);
  Ledger *ledger = errors_ended();
  EQUAL(SUM(CLEARED, first, a, 4).count, 1);
  EQUAL(SUM(OVERWRITTEN, first, a, 6).count, 1);
  EQUAL(SUM(CLEARED, second, a, 8).count, 1);
  EQUAL(SUM(CLEARED, second, a, 10).count, flavour == PY313);
  EQUAL(SUM(CLEARED, ANY, ANY, ANY).count, flavour == PY313 ? 3 : 2);
  EQUAL(SUM(OVERWRITTEN, ANY, ANY, ANY).count, 1);
  errors_close(ledger);
}

/* The wrappers that are still called before and after a recording pass through. */
static void outside(Flavour flavour) {
  errors_open(flavour, (Told){1, 1});
  u64 type = error_type();
  errors_close(errors_ended());
  set_object(type, 0);
  EQUAL(indicated(), type);
  set_object(type, 0);
  restore(type, 0);
  clear();
  EQUAL(indicated(), 0);
  EQUAL(state.errors.events + state.errors.dropped + state.errors.raises, 0);
}

void test_errors(void) {
  for (int i = 0; i < 2; i++) {
    Flavour flavour = both[i];
    raised(flavour);
    a_question(flavour, clear);
    a_question(flavour, clear_of);
    a_question(flavour, restore_nothing);
    a_question(flavour, restore_nothing_of);
    cleared_elsewhere(flavour, (Told){0, 0});
    cleared_elsewhere(flavour, (Told){0, 1});
    places_that_collide(flavour);
    overwritten(flavour);
    overwritten_after_a_clear(flavour, (Told){0, 0});
    overwritten_after_a_clear(flavour, (Told){0, 1});
    without_a_value(flavour);
    details(flavour);
    outside(flavour);
  }
}
