/* CPython's three allocators in front (PEP 445), block events out. `ctx` stays the original's, so that a torn read of the table is harmless. Next: lifecycle.c. */
#include "audit.h"

static inline void *taken(u32 domain, void *block, u64 size, u64 caller) {
  if (LIKELY(block && counts_objects())) block_allocated(domain, (u64)block, size, caller);
  return block;
}

static inline void *resize(u32 domain, void *ctx, void *block, u64 size, u64 caller) {
  if (block) audit_freed((u64)block);
  if (!counts_objects() || !block) return taken(domain, state.original[domain].realloc(ctx, block, size), size, caller);
  /* Out of the table first: as soon as it is freed, another thread may be given the same address. */
  u64 word = block_taken(domain, (u64)block);
  void *moved = state.original[domain].realloc(ctx, block, size);
  if (moved) block_resized(domain, (u64)moved, size, word, caller);
  else block_put_back((u64)block, word);
  return moved;
}

static inline void release(u32 domain, void *ctx, void *block) {
  audit_freed((u64)block);
  if (UNLIKELY(block && counts_objects())) block_freed(domain, (u64)block);
  state.original[domain].free(ctx, block);
}

static void *raw_malloc(void *ctx, u64 n) { return taken(RAW, state.original[RAW].malloc(ctx, n), n, CALLER); }
static void *raw_calloc(void *ctx, u64 k, u64 n) { return taken(RAW, state.original[RAW].calloc(ctx, k, n), k * n, CALLER); }
static void *raw_realloc(void *ctx, void *block, u64 n) { return resize(RAW, ctx, block, n, CALLER); }
static void raw_free(void *ctx, void *block) { release(RAW, ctx, block); }

static void *mem_malloc(void *ctx, u64 n) { return taken(MEM, state.original[MEM].malloc(ctx, n), n, CALLER); }
static void *mem_calloc(void *ctx, u64 k, u64 n) { return taken(MEM, state.original[MEM].calloc(ctx, k, n), k * n, CALLER); }
static void *mem_realloc(void *ctx, void *block, u64 n) { return resize(MEM, ctx, block, n, CALLER); }
static void mem_free(void *ctx, void *block) { release(MEM, ctx, block); }

static void *obj_malloc(void *ctx, u64 n) { return taken(OBJ, state.original[OBJ].malloc(ctx, n), n, CALLER); }
static void *obj_calloc(void *ctx, u64 k, u64 n) { return taken(OBJ, state.original[OBJ].calloc(ctx, k, n), k * n, CALLER); }
static void *obj_realloc(void *ctx, void *block, u64 n) { return resize(OBJ, ctx, block, n, CALLER); }
static void obj_free(void *ctx, void *block) { release(OBJ, ctx, block); }

static Allocator wrapper(int domain) {
  void *ctx = state.original[domain].ctx;
  if (domain == RAW) return (Allocator){ctx, raw_malloc, raw_calloc, raw_realloc, raw_free};
  if (domain == MEM) return (Allocator){ctx, mem_malloc, mem_calloc, mem_realloc, mem_free};
  return (Allocator){ctx, obj_malloc, obj_calloc, obj_realloc, obj_free};
}

/* What an audit puts in: it has nothing to ask when memory is taken. */
static Allocator wanted(int domain) {
  Allocator ours = wrapper(domain);
  if (state.target.collect & COLLECT_LIFECYCLE) return ours;
  ours.malloc = state.original[domain].malloc;
  ours.calloc = state.original[domain].calloc;
  return ours;
}

/* Of a recording or of an audit, also of an earlier one that another tool had wrapped. */
static int is_ours(const Allocator *allocator, int domain) {
  Allocator ours = wrapper(domain);
  return allocator->free == ours.free && (allocator->malloc == ours.malloc || allocator->malloc == state.original[domain].malloc);
}

/* 0 when ours is still below another tool's from an earlier recording: wrapping that tool as well would make a ring. */
int allocators_install(void) {
  Allocator now[3];
  for (int domain = RAW; domain <= OBJ; domain++) {
    state.target.get_allocator(domain, &now[domain]);
    if (state.buried[domain] && !is_ours(&now[domain], domain)) return 0;
  }
  for (int domain = RAW; domain <= OBJ; domain++) {
    if (!is_ours(&now[domain], domain)) state.original[domain] = now[domain];
    Allocator ours = wanted(domain);
    state.target.set_allocator(domain, &ours);
  }
  return 1;
}

/* 1 when all three are back. A tool (tracemalloc, memray) that wrapped ours since keeps calling us: then we stay, passing through. */
int allocators_restore(void) {
  int all = 1;
  for (int domain = RAW; domain <= OBJ; domain++) {
    Allocator now;
    state.target.get_allocator(domain, &now);
    if (is_ours(&now, domain)) state.target.set_allocator(domain, &state.original[domain]);
    state.buried[domain] = !is_ours(&now, domain) && (now.malloc != state.original[domain].malloc || now.free != state.original[domain].free);
    if (state.buried[domain]) all = 0;
  }
  return all;
}

/* In a forked child: plain stores into CPython's own tables, because the lock of PyMem_SetAllocator (3.12) may be held by a thread that is gone. */
void allocators_restore_in_child(void) {
  for (int domain = RAW; domain <= OBJ; domain++) {
    Allocator *table = (Allocator *)state.allocator_slots[domain];
    if (table && is_ours(table, domain)) *table = state.original[domain];
  }
}

/* CPython's table of a domain, found by the wrapper that was just put there; 0 when not in these words. */
u64 allocators_find(u64 from, u64 to, int domain) {
  Allocator ours = wanted(domain);
  for (u64 at = from; at + sizeof(Allocator) <= to; at += 8) {
    const Allocator *table = (const Allocator *)at;
    if (table->malloc == ours.malloc && table->free == ours.free && table->ctx == ours.ctx) return at;
  }
  return 0;
}
