/* Holds in the ring in, the GIL's sections of a batch out, with ticks turned into nanoseconds. Next: drain.c. */
#include "core.h"
#include "out.h"

#define GIL (state.gil)
#define LOCK (state.target.gil)
enum { HOLD_BYTES = 64, OPEN_BYTES = 24, MOST_OPEN = 256 };

/* Nanoseconds a tick, as a fraction of 2^32. Both are cut to 32 bits first: libc's 128-bit division is not here. */
static u64 rate(u64 nanoseconds, u64 ticks) {
  for (; nanoseconds >> 32; nanoseconds >>= 1) ticks >>= 1;
  return ticks ? (nanoseconds << 32) / ticks : 0;
}

static u64 scaled(u64 ticks, u64 by) { return (u64)(((unsigned __int128)ticks * by) >> 32); }

/* By the clock of the whole recording: the longer it runs, the better it is known. */
u64 gil_span(u64 ticks) { return LOCK.steady ? scaled(ticks, GIL.rate) : ticks; }

/* The moments of two drains; between them the clock runs evenly, before them it counts back. */
typedef struct { u64 ticks, nanoseconds, rate; } Anchor;

enum { CLOCK_READS = 5 };

/* Both clocks at one moment: of some readings, the one in which the least came in between. */
static u64 read_clocks(u64 *ticks) {
  u64 best = ~0ul, nanoseconds = 0;
  for (int i = 0; i < CLOCK_READS; i++) {
    u64 before = gil_clock(), now = os_now(), apart = gil_clock() - before;
    if (apart >= best) continue;
    best = apart;
    nanoseconds = now;
    *ticks = before + apart / 2;
  }
  return nanoseconds;
}

void gil_begin_clock(void) {
  GIL.nanoseconds_at_arm = GIL.nanoseconds_before = read_clocks(&GIL.ticks_at_arm);
  GIL.ticks_before = GIL.ticks_at_arm;
}

static Anchor move_anchor(void) {
  u64 ticks = 0, now = read_clocks(&ticks);
  Anchor before = {GIL.ticks_before, GIL.nanoseconds_before, rate(now - GIL.nanoseconds_before, ticks - GIL.ticks_before)};
  GIL.ticks_before = ticks;
  GIL.nanoseconds_before = now;
  GIL.rate = rate(now - GIL.nanoseconds_at_arm, ticks - GIL.ticks_at_arm);
  return before;
}

static u64 time_of(u64 ticks, const Anchor *anchor) {
  if (!LOCK.steady) return ticks;
  if (ticks < anchor->ticks) return anchor->nanoseconds - gil_span(anchor->ticks - ticks);
  return anchor->nanoseconds + scaled(ticks - anchor->ticks, anchor->rate);
}

static void put_hold(Out *out, const Hold *hold, u64 released, u64 *index_before, u64 *released_before) {
  if (released < *released_before) released = *released_before; /* two anchors may differ by some nanoseconds */
  put_unsigned(out, hold->index - *index_before);
  put_unsigned(out, released - *released_before);
  put_unsigned(out, hold->thread);
  put_unsigned(out, hold->flags);
  put_unsigned(out, gil_span(hold->released - hold->acquired));
  put_unsigned(out, gil_span(hold->waited));
  *index_before = hold->index;
  *released_before = released;
  out->records++;
}

static int put_holds(Out *out, const Anchor *anchor) {
  u64 end = __atomic_load_n(&GIL.written, __ATOMIC_ACQUIRE), at = GIL.taken, index = 0, released = 0;
  section_open(out, WIRE_HOLDS);
  for (; at < end && room(out, HOLD_BYTES); at++) {
    const Hold *hold = &GIL.holds[at & (MAX_HOLDS - 1)];
    put_hold(out, hold, time_of(hold->released, anchor), &index, &released);
  }
  section_close(out);
  state.produced_holds += at - GIL.taken;
  __atomic_store_n(&GIL.taken, at, __ATOMIC_RELEASE);
  return at == end;
}

/* A thread that is changing its phase meanwhile is as it was just before or after. */
static void put_open(Out *out, const GilSlot *slot, const Anchor *anchor) {
  u32 phase = __atomic_load_n(&slot->phase, __ATOMIC_ACQUIRE);
  u64 since = phase == HOLDING ? slot->acquired : slot->request;
  put_unsigned(out, slot->id);
  put_unsigned(out, phase == HOLDING ? 2 : 1);
  put_unsigned(out, since ? time_of(since, anchor) : GIL.nanoseconds_before);
}

static int is_open(const GilSlot *slot) {
  u32 phase = __atomic_load_n(&slot->phase, __ATOMIC_ACQUIRE);
  return phase == WAITING || (phase == HOLDING && slot == GIL.holder);
}

static int put_gil(Out *out, const Anchor *anchor) {
  const GilSlot *open[MOST_OPEN];
  u32 count = 0;
  for (u32 i = 0, slot; i < MAX_GIL_SLOTS && count < MOST_OPEN && (slot = __atomic_load_n(&GIL.listed[i], __ATOMIC_ACQUIRE)); i++)
    if (is_open(&GIL.slots[slot - 1])) open[count++] = &GIL.slots[slot - 1];
  if (!room(out, 32 + count * OPEN_BYTES)) return 0;
  section_open(out, WIRE_GIL);
  put_unsigned(out, (GIL.mutex ? load(LOCK.switches) : GIL.switches_after) - GIL.switches_before);
  put_unsigned(out, load(LOCK.interval));
  put_unsigned(out, count);
  for (u32 i = 0; i < count; i++) put_open(out, open[i], anchor);
  out->records++;
  section_close(out);
  return 1;
}

/* 1 when everything is in; `sections` is how many were written. */
int put_gil_sections(Out *out, u16 *sections) {
  if (!(state.target.collect & COLLECT_GIL)) return 1;
  Anchor anchor = move_anchor();
  int complete = put_holds(out, &anchor);
  *sections = (u16)(*sections + 1);
  if (!complete || !put_gil(out, &anchor)) return 0;
  *sections = (u16)(*sections + 1);
  return 1;
}
