/* A thread that takes and drops the lock a number of times; every test of the GIL draws its situation with these. Next: waiting.c. */
#ifndef REFSCOPE_WAITING_H
#define REFSCOPE_WAITING_H
#include "lock.h"

typedef struct Work Work;
typedef struct {
  pthread_t thread;
  u32 tid;
  Work *work;
} Waiting;

/* Begun, and its kernel id known; it may have the lock already. */
Waiting waiting_start(u64 thread, u64 times);
/* Sleeps for the lock, as the kernel tells it. */
void waiting_asleep(const Waiting *waiting);
void waiting_end(Waiting *waiting);

#endif
