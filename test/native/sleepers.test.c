/* Threads that sleep for the lock while a recording begins, ends or is followed by another: they wake, and only what they do then counts. */
#include <unistd.h>

#include "waiting.h"

enum { SLEEPERS = 3, FAR = 60000000, SHORT = 500 };

static Waiting sleepers[SLEEPERS];

static void fall_asleep(void) {
  for (u64 i = 0; i < SLEEPERS; i++) sleepers[i] = waiting_start(2 + i, 1);
  for (u64 i = 0; i < SLEEPERS; i++) waiting_asleep(&sleepers[i]);
}
static void wake(void) {
  drop_gil(1);
  for (u64 i = 0; i < SLEEPERS; i++) waiting_end(&sleepers[i]);
  take_gil(1);
}

static Ledger *ended(void) {
  CHECK(door()->disarm());
  Ledger *ledger = ledger_new();
  ledger_take(ledger, 1 << 16, 1);
  ledger_balance(ledger);
  return ledger;
}
static void leave_world(Ledger *ledger) {
  ledger_free(ledger);
  world_close();
}

/* The hold that the recording began in, one of each sleeper, and the last. Nobody saw when they asked. */
static void each_once(const Ledger *ledger, int interval) {
  const Events *events = ledger_events(ledger);
  EQUAL(events->hold_count, 1 + SLEEPERS + 1);
  for (u64 i = 0; i < SLEEPERS; i++) {
    const HoldRow *hold = &events->holds[1 + i];
    CHECK(hold->flags & HOLD_REQUEST_UNKNOWN);
    CHECK(hold->flags & HOLD_SWITCHED);
    CHECK(interval == FAR || hold->held < (u64)FAR * 1000);
  }
  EQUAL(events->gil.switches, SLEEPERS + 1);
  for (u64 i = 0; i < SLEEPERS; i++) {
    u64 found = 0;
    for (u64 k = 0; k < events->hold_count; k++) found += door()->gil_thread(events->holds[k].thread) == sleepers[i].tid;
    EQUAL(found, 1);
  }
}

/* They fell asleep in the C library alone; those that wake for nothing come through the wrapper. */
static void before_arming(u64 interval) {
  lock_reset(interval);
  take_gil(1);
  fall_asleep();
  lock_record();
  if (interval == SHORT) usleep(5 * SHORT);
  wake();
  Ledger *ledger = ended();
  each_once(ledger, (int)interval);
  leave_world(ledger);
  drop_gil(1);
}

/* They fell asleep in the wrapper, and wake when nothing is recorded any more: the tables are empty then. */
static void past_the_end(u64 interval) {
  lock_reset(interval);
  take_gil(1);
  lock_record();
  fall_asleep();
  leave_world(ended());
  if (interval == SHORT) usleep(5 * SHORT);
  wake();
  EQUAL(state.gil.thread_count, 0);
  EQUAL(state.gil.released, 0);
  drop_gil(1);
}

/* ... or in the next recording, or the one after it. */
static void into_another(u64 interval, int recordings) {
  lock_reset(interval);
  take_gil(1);
  lock_record();
  fall_asleep();
  for (int i = 0; i < recordings; i++) {
    leave_world(ended());
    lock_record();
  }
  if (interval == SHORT) usleep(5 * SHORT);
  wake();
  Ledger *ledger = ended();
  each_once(ledger, (int)interval);
  leave_world(ledger);
  drop_gil(1);
}

/* Recordings come and go while threads take turns. */
static void again_and_again(void) {
  enum { RECORDINGS = 100, TURNS = 3000 };
  lock_reset(SHORT);
  for (u64 i = 0; i < SLEEPERS; i++) sleepers[i] = waiting_start(2 + i, TURNS);
  for (int i = 0; i < RECORDINGS; i++) {
    take_gil(1);
    lock_record();
    drop_gil(1);
    take_gil(1);
    Ledger *ledger = ended();
    const Events *events = ledger_events(ledger);
    for (u64 k = 1; k < events->hold_count; k++) EQUAL(events->holds[k].index, events->holds[k - 1].index + 1);
    CHECK(events->hold_count >= 2);
    CHECK(events->holds[events->hold_count - 1].flags & HOLD_UNFINISHED);
    leave_world(ledger);
    drop_gil(1);
  }
  for (u64 i = 0; i < SLEEPERS; i++) waiting_end(&sleepers[i]);
}

void test_sleepers(void) {
  u64 intervals[] = {FAR, SHORT};
  for (int i = 0; i < 2; i++) {
    before_arming(intervals[i]);
    past_the_end(intervals[i]);
    into_another(intervals[i], 1);
    into_another(intervals[i], 3);
  }
  again_and_again();
}
