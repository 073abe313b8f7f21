/* A GIL as CPython has it (struct _gil_runtime_state, take_gil and drop_gil of Python/ceval_gil.c), on real pthread objects. Next: lock.c. */
#ifndef REFSCOPE_LOCK_H
#define REFSCOPE_LOCK_H
#include <pthread.h>

#include "world.h"

typedef struct {
  u64 interval; /* microseconds */
  _Atomic u64 last_holder;
  _Atomic int locked;
  _Atomic u64 switches;
  pthread_cond_t cond;
  pthread_mutex_t mutex;
  pthread_cond_t switch_cond;
  pthread_mutex_t switch_mutex;
} Lock;
extern Lock lock;
/* A waiting thread asks the holder to let go. */
extern _Atomic int drop_request;

/* How the core may learn of a thread's kernel id and of the time. */
typedef struct {
  int knows_thread_id, steady;
} Ways;
extern Ways ways;

/* A free lock; nothing is recorded yet. */
void lock_reset(u64 interval);
/* Arms in a world that collects the GIL alone, and puts the wrappers between the lock and the C library. Under the lock. */
void lock_record(void);
/* The second half of it. */
void lock_hook(void);
void take_gil(u64 thread);
void drop_gil(u64 thread);
/* Where the C library keeps gettid() from the thread pointer; 0: not found. */
u64 thread_id_offset(void);

#endif
