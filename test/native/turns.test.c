/* Threads that race for the lock while another one drains: afterwards every hold is there exactly once, and the switches are CPython's. */
#include <unistd.h>

#include "waiting.h"

enum { THREADS = 4, TURNS = 20000, INTERVAL = 200 };

static _Atomic int racing;

static void *drains(void *ledger) {
  for (u64 seen[5]; racing; usleep(500)) {
    (void)door()->gil_peek(seen);
    ledger_take(ledger, 1 << 16, 0);
  }
  return NULL;
}

static u64 of_thread(const Events *events, u32 tid) {
  u64 found = 0;
  for (u64 i = 0; i < events->hold_count; i++) found += door()->gil_thread(events->holds[i].thread) == tid;
  return found;
}

/* Two anchors of the clock may be some microseconds apart where a thread was put off the processor between their readings. */
static void in_order(const Events *events) {
  u64 switched = 0, gaps = 0;
  for (u64 i = 0; i < events->hold_count; i++) {
    switched += (events->holds[i].flags & HOLD_SWITCHED) != 0;
    gaps += i > 0 && events->holds[i].index != events->holds[i - 1].index + 1;
  }
  EQUAL(gaps, 0);
  EQUAL(switched, events->gil.switches);
}

static void race(Ways how) {
  Waiting threads[THREADS];
  pthread_t drain;
  ways = how;
  lock_reset(INTERVAL);
  take_gil(1);
  lock_record();
  Ledger *ledger = ledger_new();
  racing = 1;
  pthread_create(&drain, NULL, drains, ledger);
  for (u64 i = 0; i < THREADS; i++) threads[i] = waiting_start(2 + i, TURNS);
  drop_gil(1);
  for (u64 i = 0; i < THREADS; i++) waiting_end(&threads[i]);
  racing = 0;
  pthread_join(drain, NULL);
  take_gil(1);
  CHECK(door()->disarm());
  ledger_take(ledger, 1 << 16, 1);
  ledger_balance(ledger);
  const Events *events = ledger_events(ledger);
  EQUAL(events->dropped_holds, 0);
  EQUAL(events->hold_count, 2 + THREADS * TURNS);
  for (u64 i = 0; i < THREADS; i++) EQUAL(of_thread(events, threads[i].tid), TURNS);
  in_order(events);
  ledger_free(ledger);
  world_close();
  drop_gil(1);
}

void test_turns(void) {
  race((Ways){1, 1});
  race((Ways){0, 0});
}
