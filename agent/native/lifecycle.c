/* Events of blocks and objects in, counters per (type, site, domain) out. Every event is counted once: in a key's counters, or as dropped.
   A new OBJ block waits in `pending` for its creation event; any other event commits it first. Next: drain.c. */
#include "audit.h"

#define TP_READY (1ul << 12)
#define TP_HAVE_GC (1ul << 14)
#define TP_BYTES_SUBCLASS (1ul << 27)
#define TP_UNICODE_SUBCLASS (1ul << 28)
#define TP_TYPE_SUBCLASS (1ul << 31)
#define TP_MANAGED_DICT (1ul << 4)
#define TP_MANAGED_WEAKREF (1ul << 3)
#define GC_HEADER 16u
#define PRE_HEADER 16u

void lifecycle_prepare(void) {
  state.pre_header = 0;
  if (state.target.version >= 0x30b) state.pre_header |= TP_MANAGED_DICT;
  if (state.target.version >= 0x30c) state.pre_header |= TP_MANAGED_WEAKREF;
}

/* Where the allocator's block of an object begins: before the GC header and, from 3.11 on, the managed dict (Include/internal/pycore_object.h). */
u64 block_of(u64 object, u64 flags) {
  if (flags & TP_HAVE_GC) object -= GC_HEADER;
  return flags & state.pre_header ? object - PRE_HEADER : object;
}

static u64 running_thread(u32 domain) {
  const Target *t = &state.target;
  if (t->current_thread || domain == RAW || domain == NATIVE) return thread_with_gil();
  return load(t->runtime + t->runtime_current_thread);
}

/* The first of the ways where a tag may stand. */
static inline u32 memo_set(u64 tag) { return (u32)((tag * 0x9E3779B97F4A7C15ul) >> 62) * MEMO_WAYS; }

static COLD u32 new_key(Memo *memo, u32 site, u64 tag) {
  u32 key = key_id(tag, site), slot = memo_set(tag) + memo->replaced++ % MEMO_WAYS;
  if (memo->site != site) return key;
  memo->tags[slot] = tag;
  return memo->keys[slot] = key;
}

/* Another site may have taken the memo's line since. A way that is free has key 0. */
static inline u32 key_of(Memo *memo, u32 site, u64 tag) {
  const u32 set = memo_set(tag);
  if (LIKELY(memo->site == site))
    for (u32 way = set; way < set + MEMO_WAYS; way++)
      if (memo->tags[way] == tag && memo->keys[way]) return memo->keys[way];
  return new_key(memo, site, tag);
}

static COLD void forget_of_loose(u64 word) {
  Loose *loose = &state.loose[WORD_KEY(word) - LOOSE_KEY];
  __atomic_fetch_add(&loose->frees, 1, __ATOMIC_RELAXED);
  __atomic_fetch_add(&loose->freed_bytes, WORD_SIZE(word), __ATOMIC_RELAXED);
}

static inline void forget(u64 word) {
  u32 key = WORD_KEY(word);
  BUMP(state.frees, 1);
  if (UNLIKELY(key >= LOOSE_KEY)) {
    forget_of_loose(word);
    return;
  }
  BUMP(state.counters[key].frees, 1);
  BUMP(state.counters[key].freed_bytes, WORD_SIZE(word));
}

static COLD void forget_loose(u64 word) {
  u32 key = WORD_KEY(word);
  u64 *frees = key >= LOOSE_KEY ? &state.loose[key - LOOSE_KEY].frees : &state.counters[key].loose_frees;
  u64 *freed = key >= LOOSE_KEY ? &state.loose[key - LOOSE_KEY].freed_bytes : &state.counters[key].loose_freed_bytes;
  __atomic_fetch_add(&state.loose_frees, 1, __ATOMIC_RELAXED);
  __atomic_fetch_add(frees, 1, __ATOMIC_RELAXED);
  __atomic_fetch_add(freed, WORD_SIZE(word), __ATOMIC_RELAXED);
}

static inline void record(u64 *word, u64 size, u32 key) {
  BUMP(state.allocations, 1);
  if (UNLIKELY(!word || !key)) {
    BUMP(state.dropped_allocations, 1);
    return;
  }
  if (UNLIKELY(*word)) forget(*word); /* its free went past every hook */
  *word = WORD(key, size);
  BUMP(state.counters[key].allocations, 1);
  BUMP(state.counters[key].allocated_bytes, size);
}

static COLD u64 infer(u64 tag) {
  u64 type = type_of_block(state.pending.block, state.pending.size);
  return type ? tag | type | INFERRED : tag;
}

void commit_pending(void) {
  Pending *pending = &state.pending;
  if (!pending->block) return;
  u64 tag = pending->tag;
  if (UNLIKELY(state.target.infer_types && !TAG_TYPE(tag))) tag = infer(tag);
  record(pending->word, pending->size, key_of(pending->memo, (u32)pending->site, tag));
  pending->block = 0;
}

static inline void wait_for_creation(u64 block, u64 *word, u64 size, u64 type, Memo *memo) {
  state.pending = (Pending){block, size, type | OBJ, word, memo, memo->site, type != 0};
}

/* A large OBJ or MEM block was seen a moment ago as the RAW block it is made of. */
static COLD void unrecord_inner(u64 block) {
  if (block != state.last_raw) return;
  state.last_raw = 0;
  u64 *word = shadow_find(block);
  if (!word || !*word || WORD_KEY(*word) >= LOOSE_KEY) return;
  Counters *counters = &state.counters[WORD_KEY(*word)];
  BUMP(counters->allocations, -1);
  BUMP(counters->allocated_bytes, -WORD_SIZE(*word));
  BUMP(state.allocations, -1);
  *word = 0;
}

void block_allocated(u32 domain, u64 block, u64 size, u64 caller) {
  u64 thread = running_thread(domain);
  if (UNLIKELY(!thread)) {
    block_allocated_loose(domain, block, size, caller);
    return;
  }
  u64 *word = shadow_make(block);
  if (LIKELY(word != NULL)) __builtin_prefetch(word, 1);
  commit_pending();
  Memo *memo = memo_of_thread(thread, domain == NATIVE ? caller : 0);
  if (UNLIKELY(!memo)) memo = memo_of_native(caller);
  if (domain == RAW) state.last_raw = block;
  else if (UNLIKELY(state.last_raw != 0)) unrecord_inner(block);
  if (domain == OBJ) wait_for_creation(block, word, size, 0, memo);
  else record(word, size, key_of(memo, memo->site, domain));
}

COLD void block_allocated_loose(u32 domain, u64 block, u64 size, u64 caller) {
  u32 id = loose_id(caller, domain);
  u64 *word = shadow_make(block);
  __atomic_fetch_add(&state.loose_allocations, 1, __ATOMIC_RELAXED);
  if (!word) {
    __atomic_fetch_add(&state.loose_dropped_allocations, 1, __ATOMIC_RELAXED);
    return;
  }
  u64 before = __atomic_exchange_n(word, WORD(LOOSE_KEY + id, size), __ATOMIC_ACQ_REL);
  if (before) forget_loose(before);
  __atomic_fetch_add(&state.loose[id].allocations, 1, __ATOMIC_RELAXED);
  __atomic_fetch_add(&state.loose[id].allocated_bytes, size, __ATOMIC_RELAXED);
}

/* What an ending interpreter frees says nothing about what the program kept. */
static inline int ending(void) { return state.target.finalizing && load(state.target.finalizing); }

void block_freed(u32 domain, u64 block) {
  if (UNLIKELY(ending())) return;
  if ((domain == OBJ || domain == MEM) && block == state.pending.block) commit_pending();
  u64 *word = shadow_find(block);
  if (!word || !*word) return;
  u64 before = *word;
  *word = 0;
  if (LIKELY(running_thread(domain) != 0)) forget(before); /* RAW and NATIVE blocks are freed by anybody */
  else forget_loose(before);
}

u64 block_taken(u32 domain, u64 block) {
  if ((domain == OBJ || domain == MEM) && block == state.pending.block) commit_pending();
  u64 *word = shadow_find(block);
  return word && *word ? __atomic_exchange_n(word, 0ul, __ATOMIC_ACQ_REL) : 0;
}

void block_put_back(u64 block, u64 word) {
  u64 *place = word ? shadow_find(block) : NULL;
  if (place) __atomic_store_n(place, word, __ATOMIC_RELEASE);
}

/* What is resized keeps its type unless an event tells otherwise. */
void block_resized(u32 domain, u64 block, u64 size, u64 word, u64 caller) {
  if (word && running_thread(domain) != 0) forget(word);
  else if (word) forget_loose(word);
  block_allocated(domain, block, size, caller);
  u32 key = WORD_KEY(word);
  if (word && key < LOOSE_KEY && state.pending.block == block) state.pending.tag = state.types[state.keys[key].type] | OBJ;
}

/* The block has a place already but no type, or only a guessed one: its counts move to the key with the type. */
static COLD void retype(u64 *word, u64 type) {
  u32 old = WORD_KEY(*word), site = state.keys[old].site;
  u64 size = WORD_SIZE(*word);
  u32 key = key_id(type | OBJ, site);
  if (!key) return;
  BUMP(state.counters[old].allocations, -1);
  BUMP(state.counters[old].allocated_bytes, -size);
  BUMP(state.counters[key].allocations, 1);
  BUMP(state.counters[key].allocated_bytes, size);
  *word = WORD(key, size);
}

static u64 object_size(u64 object, u64 type, u64 flags) {
  u64 items = load(type + state.target.type_item_size), size = load(type + state.target.type_basic_size);
  i64 length = items ? (i64)load(object + state.target.var_size) : 0;
  u64 body = size + items * (u64)(length < 0 ? -length : length);
  return body + (object - block_of(object, flags));
}

/* Not the newest block: one that was typed by its looks, or a free-list object. */
static __attribute__((noinline)) void object_reused(u64 object, u64 block, u64 type, u64 flags) {
  u64 thread = running_thread(OBJ);
  if (!thread) return; /* of an interpreter with a GIL of its own (PEP 684): its blocks are counted, without their types */
  commit_pending(); /* maybe this very block, which came back by way of a free list */
  u64 *word = shadow_find(block), before = word ? *word : 0;
  u32 key = WORD_KEY(before);
  if (before && key < LOOSE_KEY && (!state.keys[key].type || state.keys[key].inferred)) {
    retype(word, type);
    return;
  }
  u64 size = before ? WORD_SIZE(before) : object_size(object, type, flags);
  Memo *memo = memo_of_thread(thread, 0);
  wait_for_creation(block, word ? word : shadow_make(block), size, type, memo ? memo : memo_of_native(CALLER));
}

void object_created(u64 object) {
  u64 type = load(object + state.target.object_type), flags = load(type + state.target.type_flags);
  u64 block = block_of(object, flags);
  if (UNLIKELY(state.pending.block != block || state.pending.told)) {
    object_reused(object, block, type, flags);
    return;
  }
  state.pending.tag = type | OBJ;
  state.pending.told = 1;
}

/* Only what may wait on a free list matters here. Objects of heap types go back to the allocator, and may be resurrected on the way;
   so do str and bytes. */
void object_destroyed(u64 object) {
  u64 flags = load(load(object + state.target.object_type) + state.target.type_flags);
  if (flags & (TP_HEAPTYPE | TP_UNICODE_SUBCLASS | TP_BYTES_SUBCLASS)) return;
  u64 block = block_of(object, flags);
  audit_freed(block);
  if (counts_objects()) block_freed(OBJ, block);
}

/* Up to 3.13 an object on a free list keeps the refcount 0 it was deallocated with; 3.14 links them through that word. */
static int is_unreferenced(u64 object) {
  if (state.target.version >= 0x30e) return 0;
  return state.target.version >= 0x30c ? load32(object) == 0 : load(object) == 0;
}

static void settle(u64 *word, u64 block) {
  u32 key = WORD_KEY(*word);
  u64 type = key < LOOSE_KEY ? state.types[state.keys[key].type] : 0;
  if (!type) return;
  u64 flags = load(type + state.target.type_flags);
  if (flags & (TP_HEAPTYPE | state.pre_header)) return;
  if (!is_unreferenced(flags & TP_HAVE_GC ? block + GC_HEADER : block)) return;
  forget(*word);
  *word = 0;
}

void settle_region(u32 listed) {
  u64 region = state.region_list[listed];
  commit_pending();
  for (u64 i = 0; i < REGION_WORDS; i++) {
    u64 *word = &state.regions[region][i];
    if (*word) settle(word, (region << REGION_BITS) + i * 16);
  }
}

int is_type(u64 address) {
  const Target *t = &state.target;
  u64 meta, flags, meta_meta, meta_flags;
  if (address < 65536 || (address & 7) || address >> 47) return 0;
  u64 *seen = &state.type_checks[(mix(address) >> 13) & (MAX_TYPE_CHECKS - 1)];
  u64 known = __atomic_load_n(seen, __ATOMIC_RELAXED); /* drain.c forgets them meanwhile */
  if ((known & ~1ul) == address) return (int)(known & 1);
  int yes = os_peek(address + t->object_type, &meta) && os_peek(address + t->type_flags, &flags) && (flags & TP_READY) &&
            (meta == t->type_type || (os_peek(meta + t->object_type, &meta_meta) && meta_meta == t->type_type &&
                                      os_peek(meta + t->type_flags, &meta_flags) && (meta_flags & TP_TYPE_SUBCLASS)));
  __atomic_store_n(seen, address | (u64)yes, __ATOMIC_RELAXED);
  return yes;
}

static u64 type_at(u64 block, u64 before, u64 wanted, u64 size) {
  if (size < before + 16) return 0;
  u64 type = load(block + before + state.target.object_type);
  if (!is_type(type)) return 0;
  u64 flags = load(type + state.target.type_flags);
  return block_of(block + before, flags) == block && (flags & TP_HAVE_GC ? 1u : 0u) == wanted ? type : 0;
}

/* The type of the object that fills a block, by looking where its header would be: for builds that tell no event. 0 when none is there. */
u64 type_of_block(u64 block, u64 size) {
  u64 type = type_at(block, GC_HEADER, 1, size);
  if (!type && state.pre_header) type = type_at(block, GC_HEADER + PRE_HEADER, 1, size);
  return type ? type : type_at(block, 0, 0, size);
}
