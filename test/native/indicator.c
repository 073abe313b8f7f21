/* Calls of the error functions in, the indicator of this thread state changed out. Next: errors.test.c. */
#include "indicator.h"

int none_is_apart, set_clears_first;

enum { CURRENT = 128, HANDLED = 136, ITEM_VALUE = 0, ITEM_BEFORE = 8, ARGUMENTS = 16, TUPLE_SIZE = 16, TUPLE_ITEMS = 24, MOST_ERRORS = 1 << 10 };
/* PyASCIIObject up to 3.11 on 64-bit machines. */
enum { UNICODE_LENGTH = 16, UNICODE_STATE = 32, UNICODE_ASCII = 48, UNICODE_COMPACT = 72 };

static u64 none_object[4], unicode_type[64], items[8][2];
static Error errors[MOST_ERRORS];
static u32 error_count, item_count;
static Flavour flavour_now;

static u64 *field(u64 offset) { return at(thread_state() + offset); }
static int keeps_type(void) { return flavour_now != PY313; }

static void set(u64 type, u64 value) {
  u64 is_error = value && load(value + 8) == type;
  *field(CURRENT) = keeps_type() ? type : is_error ? value : error_of(type);
}
static void unset(void) { *field(CURRENT) = 0; }

#define WRAPPER(patch) (door()->error_wrappers[patch - ERROR_SET_OBJECT])

static void original_set_object(u64 thread, u64 type, u64 value) {
  EQUAL(thread, thread_state());
  if (set_clears_first) clear_of();
  set(type, value);
}
static void original_set_none(u64 thread, u64 type) {
  EQUAL(thread, thread_state());
  if (none_is_apart) set(type, 0);
  else set_object(type, 0);
}
static void original_restore_of(u64 thread, u64 type, u64 value, u64 traceback) {
  EQUAL(thread, thread_state());
  EQUAL(traceback, 0);
  if (type) set(type, value);
  else unset();
}
/* Up to 3.12 the functions that clear end in one another. */
static void original_clear_of(u64 thread) {
  if (keeps_type()) restore_of(0, 0);
  else original_restore_of(thread, 0, 0, 0);
}
static void original_clear(void) {
  if (keeps_type()) clear_of();
  else unset();
}
static void original_restore(u64 type, u64 value, u64 traceback) {
  EQUAL(traceback, 0);
  if (keeps_type()) restore_of(type, value);
  else original_restore_of(thread_state(), type, value, 0);
}
static void original_set_raised(u64 error) { *field(CURRENT) = error; }

void set_object(u64 type, u64 value) { ((void (*)(u64, u64, u64))WRAPPER(ERROR_SET_OBJECT))(thread_state(), type, value); }
void set_none(u64 type) { ((void (*)(u64, u64))WRAPPER(ERROR_SET_NONE))(thread_state(), type); }
void clear_of(void) { ((void (*)(u64))WRAPPER(ERROR_CLEAR_OF))(thread_state()); }
void clear(void) { ((void (*)(void))WRAPPER(ERROR_CLEAR))(); }
void restore_of(u64 type, u64 value) { ((void (*)(u64, u64, u64, u64))WRAPPER(ERROR_RESTORE_OF))(thread_state(), type, value, 0); }
void restore(u64 type, u64 value) { ((void (*)(u64, u64, u64))WRAPPER(ERROR_RESTORE))(type, value, 0); }
void set_raised(u64 error) { ((void (*)(u64))WRAPPER(ERROR_SET_RAISED))(error); }
u64 fetch(void) {
  u64 was = *field(CURRENT);
  unset();
  return was;
}

static Told told_now;
static void of_errors(Target *target) {
  target->collect = COLLECT_ERRORS;
  target->errors = (ErrorTarget){
      .current = CURRENT, .current_is_type = (u64)keeps_type(), .handled = HANDLED, .handled_value = ITEM_VALUE, .handled_before = ITEM_BEFORE,
      .none = (u64)none_object, .messages = (u64)told_now.messages, .details = (u64)told_now.details, .unicode_type = (u64)unicode_type,
      .unicode_state = UNICODE_STATE, .unicode_ascii = UNICODE_ASCII, .unicode_compact = UNICODE_COMPACT, .unicode_length = UNICODE_LENGTH,
      .arguments = ARGUMENTS, .tuple_items = TUPLE_ITEMS, .tuple_size = TUPLE_SIZE};
}

void errors_open(Flavour flavour, Told told) {
  static void *const originals_of[] = {(void *)original_set_object, (void *)original_set_none, (void *)original_clear_of, (void *)original_clear,
                                       (void *)original_restore_of, (void *)original_restore,  (void *)original_set_raised};
  static const u8 none[CODE_PATCH_BYTES];
  flavour_now = flavour;
  told_now = told;
  error_count = item_count = 0;
  none_is_apart = set_clears_first = 0;
  world_change = of_errors;
  world_open(flavour, 1);
  *field(CURRENT) = *field(HANDLED) = 0;
  for (u32 i = 0; i < sizeof originals_of / sizeof *originals_of; i++)
    door()->note_code_patch(ERROR_SET_OBJECT + i, 0, (u64)originals_of[i], none, none);
}

Ledger *errors_ended(void) {
  gil(1);
  CHECK(door()->disarm());
  Ledger *ledger = ledger_new();
  ledger_take(ledger, 1 << 16, 1);
  ledger_balance(ledger);
  return ledger;
}
void errors_close(Ledger *ledger) {
  ledger_free(ledger);
  world_close();
}

u64 error_type(void) { return type_new(PLAIN | 1ul << 9, 72, 0); }
u64 error_of(u64 type) {
  Error *error = &errors[error_count++ % MOST_ERRORS];
  *error = (Error){{1, type, 0, 0}};
  return (u64)error;
}
u64 indicated(void) {
  u64 error = *field(CURRENT);
  return !error || keeps_type() ? error : load(error + 8);
}

void handle(u64 error) {
  u64 *item = items[item_count++];
  item[0] = error;
  item[1] = *field(HANDLED);
  *field(HANDLED) = (u64)item;
}
void handled(void) {
  *field(HANDLED) = items[--item_count][1];
}
