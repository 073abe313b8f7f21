/* A few of the objects that each constructor of the module made in. Those that none of the living holds but themselves, by way of a body
   that its type does not show to the collector, out: a cycle that nobody can free. Under the GIL. Next: agent/audit-rows.ts. */
#include "core.h"
#include "audit.h"

enum { TP_TRAVERSE = 184, GROUPS = 32, SAMPLES = 8, FEWEST = 5, MEMBERS = 1024, EDGES = 8192, MOST_PASSES = 8 };

typedef struct { u64 object, block; } Sample;
typedef struct {
  u64 type, made, freed;
  u32 entry, taken;
  Sample sample[SAMPLES];
} Group;

/* hidden: it is in the body of another member whose traverse function did not tell. */
typedef struct { u64 object; u32 held, hidden, first_edge, seen; } Member;
typedef struct { u32 holder, next; } Edge;

static struct {
  Group groups[GROUPS];
  Member members[MEMBERS];
  Edge edges[EDGES];
  u16 places[4 * MEMBERS];
  u32 group_count, member_count, edge_count, passes, before, full;
  u64 source;
} *table;

static inline u64 type_of(u64 object) { return load(object + state.target.object_type); }

void cycles_prepare(void) {
  if (!table) table = os_reserve(sizeof *table);
  else os_empty(table, sizeof *table);
}

static Group *group_of(u32 entry, u64 type) {
  for (u32 i = 0; i < table->group_count; i++)
    if (table->groups[i].entry == entry && table->groups[i].type == type) return &table->groups[i];
  if (table->group_count >= GROUPS) return NULL;
  Group *group = &table->groups[table->group_count++];
  group->entry = entry;
  group->type = type;
  return group;
}

void cycles_sample(u32 entry, u64 object) {
  u64 type = type_of(object);
  if (!table || !is_own_type(type) || !is_counted(object)) return;
  Group *group = group_of(entry, type);
  if (!group) return;
  group->made++;
  if (group->taken >= SAMPLES || group->freed) return;
  Sample *sample = &group->sample[group->taken++];
  *sample = (Sample){object, block_of_object(object)};
  filter_add(sample->block);
}

void cycles_gone(u64 block) {
  for (u32 i = 0; table && i < table->group_count; i++)
    for (u32 k = 0; k < table->groups[i].taken; k++) {
      Sample *sample = &table->groups[i].sample[k];
      if (sample->block != block) continue;
      filter_remove(block);
      sample->block = 0;
      table->groups[i].freed++;
    }
}

static u32 member_of(u64 object, int make) {
  u32 at = (u32)mix(object >> 4) & (4 * MEMBERS - 1);
  for (; table->places[at]; at = (at + 1) & (4 * MEMBERS - 1))
    if (table->members[table->places[at]].object == object) return table->places[at];
  if (!make || table->member_count + 1 >= MEMBERS) return 0;
  table->places[at] = (u16)++table->member_count;
  table->members[table->member_count].object = object;
  return table->member_count;
}

static void add_edge(u32 member, u32 holder) {
  Member *held = &table->members[member];
  held->held++;
  if (table->edge_count + 1 >= EDGES) table->full = 1;
  else table->edges[++table->edge_count] = (Edge){holder, held->first_edge}, held->first_edge = table->edge_count;
}

static int visited(void *object, void *unused) {
  (void)unused;
  u32 member = object ? member_of((u64)object, 0) : 0, holder = member ? member_of(table->source, 1) : 0;
  if (member && !holder) table->full = 1;
  if (holder) add_edge(member, holder);
  return 0;
}

/* One object of the collector's, in each pass. */
void cycles_look(u64 object) {
  u64 traverse = table ? load(type_of(object) + TP_TRAVERSE) : 0;
  if (!traverse) return;
  table->source = object;
  (void)((int (*)(u64, int (*)(void *, void *), void *))traverse)(object, visited, NULL);
}

static void begin_pass(void) {
  table->before = table->member_count;
  table->edge_count = 0;
  for (u32 i = 1; i <= table->member_count; i++) table->members[i].held = table->members[i].first_edge = 0;
}

/* None of those that were taken is gone, and there are enough of them. */
static int is_suspect(const Group *group) { return group->taken >= FEWEST && !group->freed; }

/* 1: all objects are to be looked at (once more): a pass may find further holders. */
u64 cycles_step(void) {
  if (!table || table->full || table->passes >= MOST_PASSES) return 0;
  if (table->passes++ == 0) {
    for (u32 i = 0; i < table->group_count; i++)
      for (u32 k = 0; is_suspect(&table->groups[i]) && k < table->groups[i].taken; k++) (void)member_of(table->groups[i].sample[k].object, 1);
    if (!table->member_count) return 0;
  } else if (table->before == table->member_count) return 0;
  begin_pass();
  return 1;
}

/* Bodies of the module's own objects, as far as the collector was not told of them. */
static void look_into_body(u32 holder) {
  u64 object = table->members[holder].object, type = type_of(object), size = load(type + state.target.type_basic_size);
  if (!is_own_type(type)) return;
  for (u64 at = 16; at + 8 <= size && at < 2048; at += 8) {
    u32 member = member_of(load(object + at), 0), told = 0;
    for (u32 edge = member ? table->members[member].first_edge : 0; edge; edge = table->edges[edge].next) told |= table->edges[edge].holder == holder;
    if (!member || told) continue;
    add_edge(member, holder);
    table->members[member].hidden = 1;
  }
}

/* Everything that holds it, directly or not, is held by these alone. */
static int is_closed(u32 first, u32 mark) {
  u32 waiting[256], count = 0, hidden = 0;
  waiting[count++] = first;
  table->members[first].seen = mark;
  while (count) {
    const Member *member = &table->members[waiting[--count]];
    hidden |= member->hidden;
    if (!is_counted(member->object) || (i64)member->held < reference_count(member->object)) return 0;
    for (u32 edge = member->first_edge; edge; edge = table->edges[edge].next) {
      u32 holder = table->edges[edge].holder;
      if (table->members[holder].seen == mark) continue;
      if (count >= sizeof waiting / sizeof waiting[0]) return 0;
      table->members[holder].seen = mark;
      waiting[count++] = holder;
    }
  }
  return hidden != 0;
}

static void tell(const Group *group, u32 *mark) {
  for (u32 k = 0; k < group->taken; k++)
    if (!is_closed(member_of(group->sample[k].object, 0), ++*mark)) return;
  AuditRow *row = row_of(group->entry, ROLE_CYCLE, 0, group->type);
  if (!row) return;
  BUMP(row->calls, group->made);
  BUMP(row->seen[4 + 1], group->made);
  BUMP(row->references, group->made);
}

/* After the last pass. */
void cycles_settle(void) {
  if (!table || table->full || !table->member_count || table->before != table->member_count) return;
  for (u32 i = 1; i <= table->member_count; i++) look_into_body(i);
  u32 mark = 0;
  for (u32 i = 0; i < table->group_count && !table->full; i++)
    if (is_suspect(&table->groups[i])) tell(&table->groups[i], &mark);
}
