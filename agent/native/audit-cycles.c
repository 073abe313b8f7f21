/* A few of the objects that each constructor of the module made in. Those that none of the living holds but themselves, by way of a body
   that its type does not show to the collector, out: a cycle that nobody can free. Under the GIL. Next: agent/audit-rows.ts. */
#include "core.h"
#include "audit-past.h"

enum { TP_TRAVERSE = 184, GROUPS = 32, SAMPLES = 8, FEWEST = 5, MEMBERS = 1024, EDGES = 8192, MOST_PASSES = 8, MOST_HOLDERS = 16 };

typedef struct { u64 object, block; } Sample;
typedef struct {
  u64 type, made, freed;
  u32 entry, taken;
  Sample sample[SAMPLES];
} Group;

/* hidden: it is in the body of another member whose traverse function did not tell. wide: a module holds it, or many do: no lost cycle.
   needed: a sample may depend on it. looked: the pass in which an untracked dict was looked into. */
typedef struct { u64 object; u32 held, hidden, first_edge, seen, wide, needed, looked, pad; } Member;
typedef struct { u32 holder, next; } Edge;

static struct {
  Group groups[GROUPS];
  Member members[MEMBERS];
  Edge edges[EDGES];
  u16 places[4 * MEMBERS];
  u32 group_count, member_count, edge_count, passes, before, mark;
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
  follow(object, sample->block);
}

void cycles_gone(u64 block) {
  for (u32 i = 0; table && i < table->group_count; i++)
    for (u32 k = 0; k < table->groups[i].taken; k++) {
      Sample *sample = &table->groups[i].sample[k];
      if (sample->block != block) continue;
      follow_no_more(sample->object, block);
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
  if (!holder || held->held > MOST_HOLDERS || table->edge_count + 1 >= EDGES) {
    held->wide = 1;
    return;
  }
  table->edges[++table->edge_count] = (Edge){holder, held->first_edge};
  held->first_edge = table->edge_count;
}

static void look_into(u64 object, int (*visit)(void *, void *)) {
  u64 traverse = load(type_of(object) + TP_TRAVERSE), before = table->source;
  if (!traverse) return;
  table->source = object;
  (void)((int (*)(u64, int (*)(void *, void *), void *))traverse)(object, visit, NULL);
  table->source = before;
}

/* A dict whose values the collector need not know is none of its objects. Its header, before the object, says so. */
static int is_untracked_dict(u64 object) { return type_of(object) == audit.at.dict_type && !load(object - 16); }

static int visited(void *object, void *unused) {
  (void)unused;
  u32 member = object ? member_of((u64)object, 0) : 0;
  if (object && UNLIKELY(is_untracked_dict((u64)object)) && (!member || table->members[member].looked != table->passes)) {
    look_into((u64)object, visited);
    u32 dict = member_of((u64)object, 0);
    if (dict) table->members[dict].looked = table->passes;
  }
  if (!member || table->members[member].wide || !table->members[member].needed) return 0;
  add_edge(member, type_of(table->source) == audit.at.module_type ? 0 : member_of(table->source, 1));
  return 0;
}

/* One object of the collector's, in each pass. */
void cycles_look(u64 object) {
  if (table) look_into(object, visited);
}

/* Everything that holds it, directly or not; 0: something wide does. Marks what it comes by. */
static int climb(u32 first, u32 mark, int (*each)(const Member *)) {
  u32 waiting[256], count = 1;
  waiting[0] = first;
  table->members[first].seen = mark;
  while (count) {
    Member *member = &table->members[waiting[--count]];
    if (member->wide || !each(member)) return 0;
    for (u32 edge = member->first_edge; edge; edge = table->edges[edge].next) {
      u32 holder = table->edges[edge].holder;
      if (table->members[holder].seen == mark) continue;
      if (count >= sizeof waiting / sizeof waiting[0]) return 0;
      table->members[holder].seen = mark;
      waiting[count++] = holder;
    }
  }
  return 1;
}

static int any(const Member *member) { return member != NULL; }

/* None of those that were taken is gone, there are enough of them, and nothing wide holds one. */
static int is_suspect(const Group *group) {
  if (group->taken < FEWEST || group->freed) return 0;
  for (u32 k = 0; k < group->taken; k++) {
    u32 member = member_of(group->sample[k].object, 1);
    if (!member || !climb(member, ++table->mark, any)) return 0;
  }
  return 1;
}

/* What the samples of this group depend on, as far as it is known. */
static void need(const Group *group) {
  u32 first = ++table->mark;
  for (u32 k = 0; k < group->taken; k++) (void)climb(member_of(group->sample[k].object, 0), first, any);
  for (u32 i = 1; i <= table->member_count; i++) table->members[i].needed |= table->members[i].seen == first;
}

static void begin_pass(void) {
  for (u32 i = 1; i <= table->member_count; i++) table->members[i].needed = 0;
  for (u32 i = 0; i < table->group_count; i++)
    if (is_suspect(&table->groups[i])) need(&table->groups[i]);
  table->before = table->member_count;
  table->edge_count = 0;
  for (u32 i = 1; i <= table->member_count; i++) table->members[i].held = table->members[i].first_edge = 0;
}

/* 1: all objects are to be looked at (once more): a pass may find further holders. */
u64 cycles_step(void) {
  if (!table || table->passes >= MOST_PASSES || (table->passes && table->before == table->member_count)) return 0;
  table->passes++;
  begin_pass();
  return table->member_count != 0;
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

static int is_all_held(const Member *member) { return is_counted(member->object) && (i64)member->held >= reference_count(member->object); }

/* Everything that holds it, directly or not, is held by these alone, and the collector was not told of all. */
static int is_closed(u32 first) {
  u32 hidden = 0, mark = ++table->mark;
  if (!climb(first, mark, is_all_held)) return 0;
  for (u32 i = 1; i <= table->member_count; i++) hidden |= table->members[i].seen == mark && table->members[i].hidden;
  return hidden != 0;
}

static void tell(const Group *group) {
  for (u32 k = 0; k < group->taken; k++)
    if (!is_closed(member_of(group->sample[k].object, 0))) return;
  AuditRow *row = row_of(group->entry, ROLE_CYCLE, 0, group->type);
  if (!row) return;
  BUMP(row->calls, group->made);
  BUMP(row->seen[4 + 1], group->made);
  BUMP(row->references, group->made);
}

/* After the last pass. */
void cycles_settle(void) {
  if (!table || !table->member_count) return;
  for (u32 i = 1; i <= table->member_count; i++)
    if (table->members[i].needed) look_into_body(i);
  for (u32 i = 0; i < table->group_count; i++)
    if (is_suspect(&table->groups[i])) tell(&table->groups[i]);
}
