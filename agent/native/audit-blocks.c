/* Memory that a function takes from CPython's allocators in; out: what is left of an object when the object is gone (an orphan, told of the
   function that changed the object last), and what nobody holds. Under the GIL. Next: agent/audit-rows.ts. */
#include "core.h"
#include "audit-past.h"

#define MAX_BLOCKS (1u << 15)

/* A block that is alive. row: it counts there; address: where it was taken. As a holder: an object (its address) with blocks in its body;
   entry: changed it last. */
typedef struct {
  u64 block, holder, address;
  u32 entry, api, row, next, blocks, holder_next;
} Block;

/* Both kinds of one pool; buckets by address, holders in the upper half. */
static struct {
  Block *pool;
  u32 *buckets;
  u32 count, free;
} table;

void blocks_prepare(void) {
  if (!table.pool) table.pool = os_reserve(sizeof(Block) * MAX_BLOCKS);
  if (!table.buckets) table.buckets = os_reserve(8ul * MAX_BLOCKS);
  if (table.pool) os_empty(table.pool, sizeof(Block) * MAX_BLOCKS);
  if (table.buckets) os_empty(table.buckets, 8ul * MAX_BLOCKS);
  table.count = table.free = 0;
}

static u32 *bucket_of(u64 block, int holder) { return &table.buckets[((u32)mix(block >> 4) & (MAX_BLOCKS - 1)) + (holder ? MAX_BLOCKS : 0)]; }

static Block *find(u64 block, int holder) {
  if (LIKELY(!audit_filter[filter_at(block)]) || !table.buckets) return NULL;
  u32 id = *bucket_of(block, holder);
  while (id && table.pool[id].block != block) id = table.pool[id].next;
  return id ? &table.pool[id] : NULL;
}

/* `object`: of a holder; 0: a block. */
static Block *add(u64 block, u64 object) {
  int holder = object != 0;
  u32 id = table.free;
  if (!table.pool || !table.buckets) return NULL;
  if (id) table.free = table.pool[id].next;
  else if (table.count + 1 < MAX_BLOCKS) id = ++table.count;
  else return NULL;
  u32 *bucket = bucket_of(block, holder);
  table.pool[id] = (Block){block, 0, object, 0, 0, 0, *bucket, 0, 0};
  *bucket = id;
  if (holder) follow(object, block);
  else filter_add(block);
  return &table.pool[id];
}

static void drop(Block *of, int holder) {
  u32 id = (u32)(of - table.pool), *at = bucket_of(of->block, holder);
  while (*at && *at != id) at = &table.pool[*at].next;
  if (*at) *at = of->next;
  if (holder) follow_no_more(of->address, of->block);
  else filter_remove(of->block);
  *of = (Block){0, 0, 0, 0, 0, 0, table.free, 0, 0};
  table.free = id;
}

static void count_in(Block *block, AuditRow *row) {
  if (!row) return;
  block->row = (u32)(row - audit.rows);
  BUMP(row->references, 1);
  if (!row->address) row->address = block->address;
}

static void leave_holder(Block *block) {
  Block *holder = block->holder ? find(block->holder, 1) : NULL;
  u32 id = (u32)(block - table.pool), *at = holder ? &holder->blocks : NULL;
  while (at && *at && *at != id) at = &table.pool[*at].holder_next;
  if (at && *at) *at = block->holder_next;
  block->holder = 0;
}

/* The object is gone, and what it held is not: it is the loss of who changed the object last. Later frees take it back. */
static void orphan(Block *holder) {
  AuditRow *row = row_of(holder->entry, ROLE_ORPHAN, 0, 0);
  i64 left = 0;
  for (u32 id = holder->blocks, next; id; id = next, left++) {
    next = table.pool[id].holder_next;
    table.pool[id].holder = 0;
    count_in(&table.pool[id], row);
  }
  if (row) row_add(row, left);
  drop(holder, 1);
}

void blocks_gone(u64 block) {
  Block *found = find(block, 0), *holder = find(block, 1);
  if (holder) orphan(holder);
  if (!found) return;
  if (found->row) BUMP(audit.rows[found->row].references, -1);
  leave_holder(found);
  drop(found, 0);
}

void blocks_take(Scope *scope, u64 block, u32 api, u64 address) {
  if (scope->blocks >= MOST_BLOCKS) return;
  Block *known = find(block, 0), *taken = known ? known : add(block, 0);
  if (!taken) return;
  taken->address = address;
  taken->api = api;
  taken->entry = scope->entry;
  scope->block[scope->blocks++] = block;
}

void blocks_enter(Scope *scope) {
  scope->body = 0;
  if (scope->self && UNLIKELY(find(block_of_object(scope->self), 1) != NULL)) scope->body = body_sum(scope->self);
}

/* The object in whose body the block is; 0: none that the scope knows. */
static u64 holder_of(const Scope *scope, u64 block, u64 returned) {
  if (body_holds(returned, block)) return returned;
  if (body_holds(scope->self, block)) return scope->self;
  for (u32 i = 0; i < scope->touched; i++)
    if (!scope->touch[i].dead && body_holds(scope->touch[i].object, block)) return scope->touch[i].object;
  return 0;
}

static void hold(Block *block, u64 object, u32 entry) {
  u64 at = block_of_object(object);
  Block *known = find(at, 1), *holder = known ? known : add(at, object);
  if (!holder) return;
  if (!known) holder->entry = entry;
  block->holder = at;
  block->holder_next = holder->blocks;
  holder->blocks = (u32)(block - table.pool);
}

/* The memory of an object: what is kept of it is told as a reference. */
static int is_object(const Scope *scope, u64 block, u64 returned) {
  if (returned && block_of_object(returned) == block) return 1;
  for (u32 i = 0; i < scope->touched; i++)
    if (scope->touch[i].block == block) return 1;
  return 0;
}

static void settle(Scope *scope, Block *block, u64 returned) {
  if (block->holder || is_object(scope, block->block, returned)) return;
  u64 holder = holder_of(scope, block->block, returned);
  if (holder) return hold(block, holder, scope->entry);
  AuditRow *row = row_of(scope->entry, ROLE_MEMORY, block->api, 0);
  if (block->row) return;
  count_in(block, row);
  if (row) row_add(row, 1);
}

/* Self may be gone when it was the scope that freed it. */
void blocks_settle(Scope *scope, const Entry *entry, u64 returned) {
  if (entry->shape == SHAPE_DEALLOC || entry->shape == SHAPE_CLEAR) return;
  for (u32 i = 0; i < scope->blocks; i++) {
    Block *block = find(scope->block[i], 0);
    if (block) settle(scope, block, returned);
  }
  Block *holder = scope->self && (scope->body || scope->blocks) ? find(block_of_object(scope->self), 1) : NULL;
  if (holder && body_sum(scope->self) != scope->body) holder->entry = scope->entry;
}
