/* Threads that take and drop a lock as CPython does in, one record a hold out: every hold once, in order, with who, how long and why. */
#include <unistd.h>

#include "lock.h"
#include "waiting.h"

enum { THREADS = 4, INTERVAL = 1000 };

static const HoldRow *hold_at(const Ledger *ledger, u64 at) { return &ledger_events(ledger)->holds[at]; }
static u64 hold_count(const Ledger *ledger) { return ledger_events(ledger)->hold_count; }

/* Ends it under the lock; everything it counted is in the ledger. */
static Ledger *ended(Ledger *ledger) {
  CHECK(door()->disarm());
  if (!ledger) ledger = ledger_new();
  ledger_take(ledger, 1 << 16, 1);
  ledger_balance(ledger);
  return ledger;
}
static void leave_world(Ledger *ledger) {
  ledger_free(ledger);
  world_close();
}

/* What holds for every recording: numbers rise by one, times rise, one hold at a time. */
static void in_order(const Ledger *ledger) {
  enum { SLACK = 2000 }; /* nanoseconds between two readings of the clock that a batch was anchored with */
  for (u64 i = 1; i < hold_count(ledger); i++) {
    const HoldRow *before = hold_at(ledger, i - 1), *now = hold_at(ledger, i);
    EQUAL(now->index, before->index + 1);
    CHECK(now->released + SLACK >= before->released);
    if (!ways.steady) CHECK(now->released - now->held >= before->released);
  }
}
static u64 with_flag(const Ledger *ledger, u32 flag) {
  u64 found = 0;
  for (u64 i = 0; i < hold_count(ledger); i++) found += (hold_at(ledger, i)->flags & flag) != 0;
  return found;
}
static u64 of_thread(const Ledger *ledger, u32 tid) {
  u64 found = 0;
  for (u64 i = 0; i < hold_count(ledger); i++) found += door()->gil_thread(hold_at(ledger, i)->thread) == tid;
  return found;
}

/* Nobody else: no hold waited, none was forced, no switch. */
static void alone(void) {
  enum { TIMES = 1000 };
  lock_reset(INTERVAL);
  take_gil(1);
  lock_record();
  for (int i = 0; i < TIMES; i++) drop_gil(1), take_gil(1);
  Ledger *ledger = ended(NULL);
  EQUAL(hold_count(ledger), TIMES + 1);
  in_order(ledger);
  EQUAL(hold_at(ledger, 0)->flags, HOLD_REQUEST_UNKNOWN);
  EQUAL(hold_at(ledger, TIMES)->flags, HOLD_UNFINISHED);
  for (u64 i = 1; i < TIMES; i++) EQUAL(hold_at(ledger, i)->flags, 0);
  for (u64 i = 1; i <= TIMES; i++) EQUAL(hold_at(ledger, i)->waited, 0);
  EQUAL(of_thread(ledger, os_thread_id()), TIMES + 1);
  EQUAL(ledger_events(ledger)->gil.switches, 0);
  EQUAL(ledger_events(ledger)->gil.interval, INTERVAL);
  leave_world(ledger);
  drop_gil(1);
}

/* A hold of two intervals: who waits for it sleeps at least one, and it ends because it was asked to. */
static void forced(void) {
  lock_reset(INTERVAL);
  take_gil(1);
  lock_record();
  drop_gil(1), take_gil(1);
  Waiting waiting = waiting_start(2, 1);
  while (!drop_request) usleep(100);
  drop_gil(1);
  waiting_end(&waiting);
  take_gil(1);
  Ledger *ledger = ended(NULL);
  EQUAL(hold_count(ledger), 4);
  in_order(ledger);
  const HoldRow *long_one = hold_at(ledger, 1), *other = hold_at(ledger, 2), *last = hold_at(ledger, 3);
  EQUAL(long_one->flags, HOLD_FORCED);
  EQUAL(other->flags, HOLD_WAITED | HOLD_SWITCHED);
  CHECK(other->intervals >= 1);
  CHECK(other->waited >= (u64)INTERVAL * 990);
  CHECK(other->waited <= long_one->held + other->released - long_one->released);
  EQUAL(door()->gil_thread(other->thread), waiting.tid);
  EQUAL(last->flags & HOLD_SWITCHED, HOLD_SWITCHED);
  EQUAL(ledger_events(ledger)->gil.switches, 2);
  leave_world(ledger);
  drop_gil(1);
}

/* A thread takes over where one has just ended: its pointer is the same, it is not. */
static void given_again(void) {
  enum { LIVES = 20 };
  u32 tids[LIVES];
  lock_reset(INTERVAL);
  take_gil(1);
  lock_record();
  drop_gil(1);
  for (u32 i = 0; i < LIVES; i++) {
    Waiting waiting = waiting_start(10 + i, 3);
    waiting_end(&waiting);
    tids[i] = waiting.tid;
  }
  take_gil(1);
  Ledger *ledger = ended(NULL);
  EQUAL(hold_count(ledger), 2 + LIVES * 3);
  in_order(ledger);
  for (u32 i = 0; i < LIVES; i++) {
    EQUAL(of_thread(ledger, tids[i]), 3);
    EQUAL(hold_at(ledger, 1 + 3 * i)->thread, 2 + i);
  }
  CHECK(state.gil.listed_count < LIVES);
  leave_world(ledger);
  drop_gil(1);
}

/* CPython may put another thread state under a thread that holds it (PyThreadState_Swap): the next take by the first one is a switch. */
static void swapped(void) {
  lock_reset(INTERVAL);
  take_gil(1);
  lock_record();
  for (int i = 0; i < 5; i++) drop_gil(2), take_gil(1);
  Ledger *ledger = ended(NULL);
  EQUAL(ledger_events(ledger)->gil.switches, 5);
  EQUAL(with_flag(ledger, HOLD_SWITCHED), 5);
  leave_world(ledger);
  drop_gil(1);
}

/* Nobody drains: what no longer fits is counted, and numbers leave a gap. */
static void full(void) {
  enum { MORE = 1000 };
  lock_reset(INTERVAL);
  take_gil(1);
  lock_record();
  for (u32 i = 0; i < MAX_HOLDS + MORE; i++) drop_gil(1), take_gil(1);
  Ledger *ledger = ledger_new();
  ledger_take(ledger, 1 << 20, 0);
  EQUAL(hold_count(ledger), MAX_HOLDS);
  EQUAL(ledger_events(ledger)->dropped_holds, MORE);
  drop_gil(1), take_gil(1);
  ended(ledger);
  EQUAL(hold_at(ledger, MAX_HOLDS)->index, MAX_HOLDS + MORE + 1);
  EQUAL(ledger_events(ledger)->produced_holds, MAX_HOLDS + MORE + 2);
  leave_world(ledger);
  drop_gil(1);
}

/* What the agent may ask at any time, and what a batch says of those who wait. */
static void looked_at(void) {
  u64 seen[5];
  lock_reset(1000 * INTERVAL);
  take_gil(1);
  lock_record();
  drop_gil(1), take_gil(1);
  Waiting waiting = waiting_start(2, 1);
  waiting_asleep(&waiting);
  CHECK(door()->gil_peek(seen));
  EQUAL(seen[0], 2);
  EQUAL(door()->gil_thread((u32)seen[1]), os_thread_id());
  EQUAL(seen[3], 1);
  EQUAL(seen[4], 1);
  Ledger *ledger = ledger_new();
  ledger_take(ledger, 1 << 16, 0);
  const GilRow *gil = &ledger_events(ledger)->gil;
  EQUAL(gil->open_count, 2);
  for (u32 i = 0; i < gil->open_count; i++) EQUAL(gil->open[i].holding, door()->gil_thread(gil->open[i].thread) == os_thread_id());
  drop_gil(1);
  waiting_end(&waiting);
  CHECK(!door()->gil_peek(seen));
  EQUAL(seen[4], 2);
  take_gil(1);
  ended(ledger);
  EQUAL(ledger_events(ledger)->gil.open_count, 0);
  leave_world(ledger);
  drop_gil(1);
}

/* A forked child has one thread and a new lock: nothing of it is recorded. */
static void child(void) {
  lock_reset(INTERVAL);
  take_gil(1);
  lock_record();
  drop_gil(1), take_gil(1);
  u64 before[4], after[4];
  door()->totals(before);
  door()->in_child();
  for (int i = 0; i < 100; i++) drop_gil(1), take_gil(1);
  door()->totals(after);
  EQUAL(after[2], before[2]);
  door()->repair();
  world_close();
  drop_gil(1);
}

void test_gil(void) {
  for (int way = 0; way < 4; way++) {
    ways = (Ways){way & 1, way >> 1};
    alone();
    forced();
    given_again();
    looked_at();
  }
  CHECK(thread_id_offset() != 0);
  ways = (Ways){1, 0};
  swapped();
  full();
  child();
}
