/* CPython's calls of the C library for its lock in, one record a hold out. take_gil locks gil->mutex, waits for gil->cond, and signals
   gil->switch_cond when it has the lock; drop_gil signals gil->cond (Python/ceval_gil.h, ceval_gil.c from 3.12 on). Both signals are
   sent with gil->mutex locked, so holds are written by one thread at a time. Next: drain-gil.c. */
#include "core.h"

#define GIL (state.gil)
#define LOCK (state.target.gil)
/* A word that arming and leaving change while threads read it. */
#define NOW(word) __atomic_load_n(&(word), __ATOMIC_RELAXED)
enum { TIMED_OUT = 110 /* ETIMEDOUT of asm-generic/errno.h */, HOLDS_AHEAD = 16 };

u64 gil_clock(void) {
#if defined(__x86_64__)
  if (LIKELY(LOCK.steady)) {
    u32 low, high;
    __asm__ volatile("rdtsc" : "=a"(low), "=d"(high));
    return (u64)high << 32 | low;
  }
#else
  if (LIKELY(LOCK.steady)) {
    u64 count;
    __asm__ volatile("mrs %0, cntvct_el0" : "=r"(count));
    return count;
  }
#endif
  struct { i64 seconds, nanoseconds; } time = {0, 0};
  (void)LOCK.clock_gettime(1 /* CLOCK_MONOTONIC */, &time);
  return (u64)time.seconds * 1000000000ul + (u64)time.nanoseconds;
}

static inline u32 kernel_id(u64 pointer) { return LIKELY(!GIL.call_for_id) ? load32(pointer + LOCK.thread_id) : os_thread_id(); }

/* A thread begins its life here: its pointer may have been another thread's, which has ended. */
static COLD GilSlot *begin(GilSlot *slot, u64 pointer) {
  u32 tid = os_thread_id();
  if (kernel_id(pointer) != tid) GIL.call_for_id = 1;
  u32 id = __atomic_add_fetch(&GIL.thread_count, 1, __ATOMIC_RELAXED);
  if (id >= MAX_GIL_THREADS) return NULL;
  *slot = (GilSlot){pointer, tid, id, IDLE, 0, 0, 0, {0, 0, 0}};
  __atomic_store_n(&GIL.tids[id], tid, __ATOMIC_RELEASE);
  return slot;
}

static void list(u32 slot) { __atomic_store_n(&GIL.listed[__atomic_fetch_add(&GIL.listed_count, 1, __ATOMIC_RELAXED)], slot + 1, __ATOMIC_RELEASE); }

static COLD GilSlot *find_or_begin(u64 pointer, u32 at) {
  for (u32 tries = 0; tries < 1024; tries++, at = (at + 1) & (MAX_GIL_SLOTS - 1)) {
    GilSlot *slot = &GIL.slots[at];
    u64 found = __atomic_load_n(&slot->pointer, __ATOMIC_ACQUIRE), nobody = 0;
    if (!found && __atomic_compare_exchange_n(&slot->pointer, &nobody, pointer, 0, __ATOMIC_ACQ_REL, __ATOMIC_ACQUIRE)) return list(at), begin(slot, pointer);
    if (found == pointer || nobody == pointer) return slot->tid == kernel_id(pointer) ? slot : begin(slot, pointer);
  }
  return NULL;
}

static inline GilSlot *own_slot(void) {
  u64 pointer = thread_pointer();
  u32 at = (u32)(mix(pointer >> 6) >> 24) & (MAX_GIL_SLOTS - 1);
  GilSlot *slot = &GIL.slots[at];
  return LIKELY(slot->pointer == pointer && slot->tid == kernel_id(pointer)) ? slot : find_or_begin(pointer, at);
}

/* Without the GIL: the recording may end meanwhile. The time of the request is kept only when there is something to wait for. The first word of a pthread_mutex_t of glibc is not 0 while it is locked. */
static inline void requested(u64 mutex) {
  GilSlot *slot = own_slot();
  if (UNLIKELY(!slot) || slot->phase == HOLDING) return;
  int alone = !load32(mutex) && !load32(LOCK.locked);
  slot->flags = 0;
  slot->request = alone ? 0 : gil_clock();
  slot->phase = WAITING;
}

static COLD void lost(void) {
  GIL.dropped++;
  GIL.released++;
}

static inline void put(const GilSlot *slot, u64 released, u32 flags) {
  GIL.released++;
  u64 at = GIL.written;
  if (UNLIKELY(at - __atomic_load_n(&GIL.taken, __ATOMIC_ACQUIRE) >= MAX_HOLDS)) {
    GIL.dropped++;
    return;
  }
  Hold *hold = &GIL.holds[at & (MAX_HOLDS - 1)];
  __builtin_prefetch(&GIL.holds[(at + HOLDS_AHEAD) & (MAX_HOLDS - 1)], 1); /* the drain, on another core, read it a round ago */
  *hold = (Hold){GIL.acquisitions, slot->acquired, released, slot->acquired - slot->request, slot->id, slot->flags | flags};
  __atomic_store_n(&GIL.written, at + 1, __ATOMIC_RELEASE);
}

static inline void acquired(void) {
  GilSlot *slot = own_slot();
  u64 now = gil_clock(), thread = load(LOCK.last_holder);
  if (UNLIKELY(GIL.holder != NULL)) lost(); /* its release was not seen */
  GIL.holder = slot;
  GIL.forced = 0;
  GIL.acquisitions++;
  int switched = thread != GIL.last_thread;
  GIL.last_thread = thread;
  if (UNLIKELY(!slot)) return;
  if (UNLIKELY(slot->phase != WAITING)) slot->flags = HOLD_REQUEST_UNKNOWN;
  if (slot->phase != WAITING || !slot->request) slot->request = now;
  if (switched) slot->flags |= HOLD_SWITCHED;
  slot->acquired = now;
  slot->phase = HOLDING;
}

static inline void released(void) {
  GilSlot *slot = GIL.holder;
  GIL.holder = NULL;
  GIL.last_thread = load(LOCK.last_holder); /* drop_gil sets it: PyThreadState_Swap may have changed states under it */
  if (UNLIKELY(!slot)) {
    lost(); /* a thread without a slot */
    return;
  }
  slot->phase = IDLE;
  put(slot, gil_clock(), GIL.forced ? HOLD_FORCED : 0);
}

static int mutex_lock(void *mutex) {
  if ((u64)mutex == NOW(GIL.mutex)) requested((u64)mutex);
  return LOCK.mutex_lock(mutex);
}

static int cond_signal(void *cond) {
  if ((u64)cond == NOW(GIL.cond)) released();
  else if ((u64)cond == NOW(GIL.switch_cond)) acquired();
  return LOCK.cond_signal(cond);
}

/* With gil->mutex locked, as after the wait. */
static void begins_to_sleep(void) {
  GilSlot *slot = own_slot();
  if (!slot) return;
  if (slot->phase != WAITING) slot->flags = HOLD_REQUEST_UNKNOWN, slot->request = gil_clock();
  if (!slot->request) slot->request = gil_clock();
  slot->phase = WAITING;
  slot->flags |= HOLD_WAITED;
}

/* It asks the holder to let go when a whole interval has passed without a switch (take_gil: SET_GIL_DROP_REQUEST). */
static void slept(int timed_out, u64 switches) {
  GilSlot *slot = own_slot();
  if (!slot || !timed_out || !load32(LOCK.locked) || load(LOCK.switches) != switches) return;
  if (slot->phase == WAITING) slot->flags += HOLD_INTERVAL;
  GIL.forced = 1;
}

/* The recording may have ended, or another begun, while the thread slept. */
static int cond_timedwait(void *cond, void *mutex, const void *until) {
  if ((u64)cond != NOW(GIL.cond)) return LOCK.cond_timedwait(cond, mutex, until);
  begins_to_sleep();
  u64 switches = load(LOCK.switches);
  int result = LOCK.cond_timedwait(cond, mutex, until);
  if ((u64)cond == NOW(GIL.cond)) slept(result == TIMED_OUT, switches);
  return result;
}

/* In the order of `gilFunctions` in agent/gil-slots.ts. */
void *const gil_wrappers[] = {(void *)mutex_lock, (void *)cond_signal, (void *)cond_timedwait};

/* The thread that arms holds it. */
void gil_install(void) {
  GIL.last_thread = load(LOCK.last_holder);
  GIL.switches_before = load(LOCK.switches);
  GIL.call_for_id = LOCK.thread_id == 0;
  gil_begin_clock();
  GIL.acquisitions = 1;
  GIL.holder = own_slot();
  if (GIL.holder) {
    GIL.holder->phase = HOLDING;
    GIL.holder->flags = HOLD_REQUEST_UNKNOWN;
    GIL.holder->acquired = GIL.holder->request = GIL.ticks_at_arm;
  }
  GIL.switch_cond = LOCK.switch_cond;
  GIL.cond = LOCK.cond;
  __atomic_store_n(&GIL.mutex, LOCK.mutex, __ATOMIC_RELEASE);
}

/* Only the thread that takes the hooks out can hold it now; its hold is the last. */
void gil_restore(void) {
  if (!GIL.mutex) return;
  __atomic_store_n(&GIL.mutex, 0ul, __ATOMIC_RELEASE);
  GIL.cond = GIL.switch_cond = 0;
  GIL.switches_after = load(LOCK.switches);
  if (GIL.holder) put(GIL.holder, gil_clock(), HOLD_UNFINISHED);
  GIL.holder = NULL;
}

void gil_forget(void) {
  GIL.mutex = GIL.cond = GIL.switch_cond = 0;
  GIL.holder = NULL;
}

u32 gil_thread(u32 id) { return id < MAX_GIL_THREADS ? __atomic_load_n(&GIL.tids[id], __ATOMIC_ACQUIRE) : 0; }

/* May be read while it changes: the caller asks again, and takes nothing as a fact of which the number differs. */
u64 gil_peek(u64 out[5]) {
  const GilSlot *slot = *(GilSlot *volatile *)&GIL.holder;
  out[0] = __atomic_load_n(&GIL.acquisitions, __ATOMIC_ACQUIRE);
  out[4] = __atomic_load_n(&GIL.written, __ATOMIC_RELAXED) - GIL.taken;
  if (!slot || !GIL.mutex) return 0;
  out[1] = slot->id;
  u64 span = gil_clock() - slot->acquired;
  out[2] = (i64)span < 0 ? 0 : gil_span(span);
  out[3] = GIL.last_thread;
  return 1;
}
