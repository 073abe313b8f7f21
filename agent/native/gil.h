/* Holds of the GIL, and who waits for it: what gil.c keeps and drain-gil.c sends. Next: gil.c. */
#ifndef REFSCOPE_GIL_H
#define REFSCOPE_GIL_H
#include "base.h"

/* How CPython's lock is laid out and reached; all words, part of `Target`. */
typedef struct {
  u64 interval, last_holder, locked, switches; /* addresses of the fields of struct _gil_runtime_state (pycore_gil.h) */
  u64 mutex, cond, switch_cond;
  u64 thread_id; /* where the C library keeps a thread's kernel id, from the thread pointer; 0 unknown */
  u64 steady;    /* the counter of the processor runs at one speed and never stops */
  int (*mutex_lock)(void *);
  int (*cond_signal)(void *);
  int (*cond_timedwait)(void *, void *, const void *);
  int (*clock_gettime)(int, void *);
} GilTarget;

enum { IDLE, WAITING, HOLDING };
/* Of one hold; shared/records.ts has the same. Above them: how many switch intervals passed while it waited. */
enum { HOLD_FORCED = 1, HOLD_WAITED = 2, HOLD_SWITCHED = 4, HOLD_REQUEST_UNKNOWN = 8, HOLD_UNFINISHED = 16, HOLD_INTERVAL = 32 };

/* One thread's part in it. Only that thread writes it, but for `pointer`. Times are ticks. */
typedef struct {
  u64 pointer; /* the thread pointer; 0: free */
  u32 tid, id; /* the kernel's, which is given again; ours, which is not */
  u32 phase, flags;
  u64 request; /* 0: at the moment it was acquired, nobody was there */
  u64 acquired;
  u64 unused[3];
} GilSlot;

typedef struct {
  u64 index, acquired, released, waited;
  u32 thread, flags;
} Hold;

#define MAX_GIL_SLOTS (1u << 18) /* thread pointers; the C library uses them again */
#define MAX_GIL_THREADS (1u << 22)
#define MAX_HOLDS (1u << 19) /* a ring; the drain comes early when there is much in it, but may have to wait for the GIL for a third of a second */

typedef struct {
  GilSlot *slots;
  Hold *holds;
  u32 *tids;   /* by id */
  u32 *listed; /* slots in use, so that they can be walked */
  u32 thread_count, listed_count;
  u32 forced, pad;
  GilSlot *holder;
  u64 last_thread;  /* the thread state that held it last */
  u64 acquisitions; /* the number of the newest hold */
  u64 written, taken; /* holds put into the ring, and taken out */
  u64 released, dropped;
  u64 switches_before, switches_after; /* as CPython counted them at arming, and in the end */
  u64 ticks_before, nanoseconds_before, ticks_at_arm, nanoseconds_at_arm; /* anchors of the clock: the last drain, and arming */
  u64 rate; /* nanoseconds a tick since arming, times 2^32 */
  u64 mutex, cond, switch_cond; /* the target's while armed, else 0: what the wrappers compare with */
  u64 call_for_id;
} Gil;

/* gil.c: under the GIL. */
void gil_install(void);
void gil_restore(void);
/* In a forked child: its only thread holds a lock of its own. */
void gil_forget(void);
/* The newest hold as it is now: number, thread, nanoseconds it has lasted, thread state, holds that wait in the ring. 0: nobody holds it. */
u64 gil_peek(u64 out[5]);
u32 gil_thread(u32 id);
u64 gil_clock(void);
extern void *const gil_wrappers[];
/* drain-gil.c: times count from here. */
void gil_begin_clock(void);
/* drain-gil.c: nanoseconds in so many ticks. */
u64 gil_span(u64 ticks);

#endif
