/* Requests and holds of a lock made of pthread objects in, the three calls that gil.c wraps out. Next: gil.test.c. */
#include "lock.h"

#include <errno.h>
#include <time.h>
#include <unistd.h>

Lock lock;
_Atomic int drop_request;
Ways ways = {1, 0};

/* CPython's pointers to the C library, by the order of `gil_wrappers`. */
enum { MUTEX_LOCK, COND_SIGNAL, COND_TIMEDWAIT, POINTERS };
static void *volatile pointers[POINTERS];

static int mutex_lock(pthread_mutex_t *mutex) { return ((int (*)(pthread_mutex_t *))pointers[MUTEX_LOCK])(mutex); }
static int cond_signal(pthread_cond_t *cond) { return ((int (*)(pthread_cond_t *))pointers[COND_SIGNAL])(cond); }
static int cond_timedwait(pthread_cond_t *cond, pthread_mutex_t *mutex, const struct timespec *until) {
  return ((int (*)(pthread_cond_t *, pthread_mutex_t *, const struct timespec *))pointers[COND_TIMEDWAIT])(cond, mutex, until);
}

static int c_mutex_lock(void *mutex) { return pthread_mutex_lock(mutex); }
static int c_cond_signal(void *cond) { return pthread_cond_signal(cond); }
static int c_cond_timedwait(void *cond, void *mutex, const void *until) { return pthread_cond_timedwait(cond, mutex, until); }
static int c_clock_gettime(int clock, void *time) { return clock_gettime(clock, time); }

void lock_reset(u64 interval) {
  lock = (Lock){.interval = interval};
  drop_request = 0;
  pthread_condattr_t monotonic;
  pthread_condattr_init(&monotonic);
  pthread_condattr_setclock(&monotonic, CLOCK_MONOTONIC);
  pthread_mutex_init(&lock.mutex, NULL);
  pthread_mutex_init(&lock.switch_mutex, NULL);
  pthread_cond_init(&lock.cond, &monotonic);
  pthread_cond_init(&lock.switch_cond, &monotonic);
  pointers[MUTEX_LOCK] = (void *)c_mutex_lock;
  pointers[COND_SIGNAL] = (void *)c_cond_signal;
  pointers[COND_TIMEDWAIT] = (void *)c_cond_timedwait;
}

static u64 own_pointer(void) { return (u64)__builtin_thread_pointer(); }
enum { LARGEST_THREAD_RECORD = 0x800 };

static void *word_in_another(void *at) { return (void *)(u64)(load32(own_pointer() + *(u64 *)at) == os_thread_id()); }

u64 thread_id_offset(void) {
  for (u64 at = 64; at < LARGEST_THREAD_RECORD; at += 4) {
    if (load32(own_pointer() + at) != os_thread_id()) continue;
    pthread_t thread;
    void *same = NULL;
    pthread_create(&thread, NULL, word_in_another, &at);
    pthread_join(thread, &same);
    if (same) return at;
  }
  return 0;
}

static void of_lock(Target *target) {
  target->collect = COLLECT_GIL;
  target->gil = (GilTarget){
      .interval = (u64)&lock.interval, .last_holder = (u64)&lock.last_holder, .locked = (u64)&lock.locked, .switches = (u64)&lock.switches,
      .mutex = (u64)&lock.mutex, .cond = (u64)&lock.cond, .switch_cond = (u64)&lock.switch_cond,
      .thread_id = ways.knows_thread_id ? thread_id_offset() : 0, .steady = (u64)ways.steady,
      .mutex_lock = c_mutex_lock, .cond_signal = c_cond_signal, .cond_timedwait = c_cond_timedwait, .clock_gettime = c_clock_gettime};
}

void lock_hook(void) {
  for (int i = 0; i < POINTERS; i++) CHECK(door()->got_patch((u64)&pointers[i], (u64)door()->gil_wrappers[i], 0));
}

void lock_record(void) {
  world_change = of_lock;
  world_open(PY313, 1);
  lock_hook();
}

static struct timespec after(u64 microseconds) {
  struct timespec time;
  clock_gettime(CLOCK_MONOTONIC, &time);
  u64 nanoseconds = (u64)time.tv_nsec + microseconds * 1000;
  return (struct timespec){time.tv_sec + (time_t)(nanoseconds / 1000000000), (long)(nanoseconds % 1000000000)};
}

/* One sleep: when a whole interval passes without a switch, the holder is asked to let go. */
static void wait_once(void) {
  u64 switches = lock.switches;
  struct timespec until = after(lock.interval);
  int timed_out = cond_timedwait(&lock.cond, &lock.mutex, &until) == ETIMEDOUT;
  if (timed_out && lock.locked && lock.switches == switches) drop_request = 1;
}

void take_gil(u64 thread) {
  mutex_lock(&lock.mutex);
  while (lock.locked) wait_once();
  mutex_lock(&lock.switch_mutex);
  lock.locked = 1;
  if (lock.last_holder != thread) {
    lock.last_holder = thread;
    lock.switches++;
  }
  cond_signal(&lock.switch_cond);
  pthread_mutex_unlock(&lock.switch_mutex);
  drop_request = 0;
  pthread_mutex_unlock(&lock.mutex);
}

/* Forced switching: who was asked to let go sleeps until another thread has had it. */
static void wait_for_switch(u64 thread) {
  mutex_lock(&lock.switch_mutex);
  if (lock.last_holder == thread) {
    drop_request = 0;
    pthread_cond_wait(&lock.switch_cond, &lock.switch_mutex);
  }
  pthread_mutex_unlock(&lock.switch_mutex);
}

void drop_gil(u64 thread) {
  lock.last_holder = thread;
  mutex_lock(&lock.mutex);
  lock.locked = 0;
  cond_signal(&lock.cond);
  pthread_mutex_unlock(&lock.mutex);
  if (drop_request) wait_for_switch(thread);
}
