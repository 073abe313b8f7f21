/* Changes in the ring in, their sections of a batch out, each place where they happen named once. Next: drain.c. */
#include "core.h"
#include "out.h"

enum { CHANGE_BYTES = 56, WATCHED_BYTES = 48, NOWHERE = 1, MASK = 2 * MAX_PLACES - 1 };

static u32 hash_of(const Place *place) {
  u64 hash = mix((u64)place->code << 32 | place->instruction);
  for (u32 i = 0; i < place->depth; i++) hash = mix(hash ^ place->native[i]);
  return (u32)(hash >> 9);
}

static int equal(const Place *a, const Place *b) {
  if (a->code != b->code || a->instruction != b->instruction || a->depth != b->depth) return 0;
  for (u32 i = 0; i < a->depth; i++)
    if (a->native[i] != b->native[i]) return 0;
  return 1;
}

/* When the table is full, what is new shares the first place, which is nowhere. */
static u32 place_id(const Place *place) {
  u32 at = hash_of(place) & MASK;
  for (; watch.place_buckets[at]; at = (at + 1) & MASK)
    if (equal(&watch.places[watch.place_buckets[at]], place)) return watch.place_buckets[at];
  if (watch.place_count + 1 >= MAX_PLACES) return NOWHERE;
  watch.places[++watch.place_count] = *place;
  watch.place_buckets[at] = watch.place_count;
  return watch.place_count;
}

static u32 place_of(const Change *change) {
  Place place = {change->code, change->instruction, change->depth, 0, {0}};
  for (u32 i = 0; i < change->depth; i++) place.native[i] = change->native[i];
  return place_id(&place);
}

/* Two threads may have looked at the clock in one order and taken their places in the other: time does not go back. */
static void put_change(Out *out, const Change *change, u64 *before) {
  u64 time = change->time > *before ? change->time : *before;
  put_unsigned(out, time - *before);
  put_unsigned(out, change->object);
  put_unsigned(out, place_of(change));
  put_unsigned(out, change->tid);
  put_signed(out, change->delta);
  put_unsigned(out, change->count);
  *before = time;
  out->records++;
}

static int put_changes(Out *out) {
  u64 time = 0, end = __atomic_load_n(&watch.reserved, __ATOMIC_ACQUIRE), number = watch.taken + 1;
  section_open(out, WIRE_HISTORY);
  for (; number <= end && room(out, CHANGE_BYTES); number++) {
    const Change *change = &watch.changes[number & (MAX_CHANGES - 1)];
    if (__atomic_load_n(&change->committed, __ATOMIC_ACQUIRE) != number) break;
    put_change(out, change, &time);
  }
  section_close(out);
  __atomic_store_n(&watch.taken, number - 1, __ATOMIC_RELEASE);
  return number > end || room(out, CHANGE_BYTES);
}

static void put_watched(Out *out, u32 id) {
  const Watched *object = &watch.objects[id];
  u64 dropped = READ(object->dropped) + READ(object->missed);
  put_unsigned(out, id);
  put_unsigned(out, READ(object->state));
  put_unsigned(out, READ(object->recorded) + dropped);
  put_unsigned(out, dropped);
  put_unsigned(out, READ(object->last));
  out->records++;
}

int put_watch_sections(Out *out, u16 *sections) {
  if (!(state.target.collect & COLLECT_WATCH)) return 1;
  static const Place nowhere = {0, 0, 0, 0, {0}};
  (void)place_id(&nowhere);
  int complete = put_changes(out);
  *sections = (u16)(*sections + 1);
  if (!complete || !room(out, MOST_WATCHED * WATCHED_BYTES)) return 0;
  section_open(out, WIRE_WATCHED);
  for (u32 id = 0; id < watch.count; id++) put_watched(out, id);
  section_close(out);
  *sections = (u16)(*sections + 1);
  return 1;
}
