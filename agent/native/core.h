/* Everything the resident core knows, in one place. The agent fills `Target`; a test compares it with agent/core/structs.ts.
   Order of an event: allocators.c or got.c → lifecycle.c → frames.c → sites.c, shadow.c → drain.c; gil.c → drain-gil.c; errors.c → drain-errors.c. */
#ifndef REFSCOPE_CORE_H
#define REFSCOPE_CORE_H
#include "base.h"
#include "calls.h"
#include "errors.h"
#include "gil.h"
#include "watch.h"

enum { RAW, MEM, OBJ, NATIVE, DOMAINS, DEEPEST = 32 };
/* Indices of code patches; those between are creation.c's. */
enum { NEW_REFERENCE = 0, ERROR_SET_OBJECT = 16, ERROR_SET_NONE, ERROR_CLEAR_OF, ERROR_CLEAR, ERROR_RESTORE_OF, ERROR_RESTORE, ERROR_SET_RAISED };
enum { COLLECT_LIFECYCLE = 1, COLLECT_GIL = 2, COLLECT_ERRORS = 4, COLLECT_WATCH = 8, COLLECT_SAMPLE = 16, COLLECT_AUDIT = 32 };

/* PyMemAllocatorEx of cpython/pymem.h. */
typedef struct {
  void *ctx;
  void *(*malloc)(void *ctx, u64 size);
  void *(*calloc)(void *ctx, u64 count, u64 size);
  void *(*realloc)(void *ctx, void *block, u64 size);
  void (*free)(void *ctx, void *block);
} Allocator;

/* The C library's own functions, for wrappers in GOT slots. */
typedef struct {
  void *(*malloc)(u64 size);
  void *(*calloc)(u64 count, u64 size);
  void *(*realloc)(void *block, u64 size);
  void (*free)(void *block);
  int (*posix_memalign)(void **block, u64 alignment, u64 size);
  void *(*aligned_alloc)(u64 alignment, u64 size);
  char *(*strdup)(const char *text);
  void *(*operator_new)(u64 size);
  void *(*operator_new_array)(u64 size);
  void (*operator_delete)(void *block);
  void (*operator_delete_array)(void *block);
  void (*operator_delete_sized)(void *block, u64 size);
  void (*operator_delete_array_sized)(void *block, u64 size);
} LibC;

/* What differs between CPythons: byte offsets (layout.ts), addresses and functions. All words, so that TypeScript writes it as a table. */
typedef struct {
  u64 version; /* major << 8 | minor */
  u64 frames;  /* how many per site, 0 to DEEPEST */
  u64 runtime_current_thread, thread_interpreter, thread_frame, cframe_current;
  u64 frame_back, frame_code, frame_instruction, frame_owner;
  u64 code_start, object_type, type_flags, type_basic_size, type_item_size, var_size;
  u64 has_cframe, has_owner, instruction_is_pointer, instruction_scale;
  u64 runtime, main_interpreter;
  u64 finalizing; /* address of the word that is not NULL while the interpreter ends; 0: not looked at */
  u64 type_type;
  void *(*current_thread)(void);     /* 3.12+: NULL without the GIL */
  u64 current_thread_tls;            /* where it keeps that, from the thread pointer; 0 unknown */
  void *(*this_thread)(void);        /* PyGILState_GetThisThreadState */
  void (*get_allocator)(int domain, Allocator *allocator);
  void (*set_allocator)(int domain, Allocator *allocator);
  void (*inc_ref)(void *object);
  void (*dec_ref)(void *object);
  int (*set_tracer)(void *tracer, void *data); /* 3.13+ */
  void *(*get_tracer)(void **data);
  u64 infer_types; /* no event tells every creation: read the type where the object should be */
  u64 collect; /* COLLECT_… */
  GilTarget gil;
  ErrorTarget errors;
  LibC libc;
} Target;

typedef struct {
  u32 native; /* index into natives, 0: none */
  u32 depth;
  struct { u32 code, instruction; } frames[DEEPEST];
} Site;

typedef struct {
  u32 type, site;
  u8 domain, inferred;
} Key;

/* Only the thread with the GIL writes the first four; `loose_` ones are for threads without it, atomically. */
typedef struct {
  u64 allocations, frees, allocated_bytes, freed_bytes;
  u64 loose_frees, loose_freed_bytes;
} Counters;

/* Blocks taken without the GIL: by return address and domain alone. address | domain << 60; 0 is free. */
typedef struct {
  u64 tag;
  u64 allocations, frees, allocated_bytes, freed_bytes;
} Loose;

/* Adds to a counter that only the thread with the GIL writes and drain.c reads meanwhile: no lock, no tearing. */
#define BUMP(counter, by) __atomic_store_n(&(counter), __atomic_load_n(&(counter), __ATOMIC_RELAXED) + (u64)(by), __ATOMIC_RELAXED)

/* What has been sent already; only drain.c. */
typedef struct {
  u64 allocations, frees, allocated_bytes, freed_bytes;
  u64 defined; /* loose ones: whether its site and its key have gone out */
} Sent;

/* One frame as its words stood; the next step's `frame` is what its link to the caller held. */
typedef struct {
  u64 frame, code, instruction;
} Step;

/* Four cache lines: the site last seen at an innermost instruction, and the keys of the last kinds of block it made, in sets of four
   (a line that calls json.loads makes nine). A tag is a type's address | domain | INFERRED. */
enum { MEMO_WAYS = 4, MEMO_KEYS = 16 };
typedef struct {
  u64 code, instruction, native;
  u32 site, replaced;
  u64 tags[MEMO_KEYS];
  u32 keys[MEMO_KEYS];
  u64 unused[4];
} Memo;
#define INFERRED 4ul
#define TAG_TYPE(tag) ((tag) & ~7ul)
#define TAG_DOMAIN(tag) ((u32)(tag) & 3u)

/* The stack of the memo with the same index: if every word of it is as it was, so is its site. */
typedef struct {
  u64 steps;
  Step step[DEEPEST + 9]; /* one more: where the last one leads */
} Walk;

/* The newest block, not counted yet: its creation event usually comes before the next block. */
typedef struct {
  u64 block, size, tag;
  u64 *word;
  Memo *memo;
  u64 site;
  u64 told; /* its creation event has come: the next one at this block is another object's, from a free list */
} Pending;

#define MAX_SITES (1u << 18)
#define MAX_CODES (1u << 17)
#define MAX_TYPES (1u << 15)
#define MAX_NATIVES (1u << 16)
#define MAX_KEYS (1u << 19)
#define MAX_LOOSE (1u << 14)
#define MEMO_BITS 11
#define MAX_MEMOS (1u << MEMO_BITS)
#define MAX_TYPE_CHECKS 4096u
#define MAX_REGIONS (1u << 23)
#define REGION_BITS 24u
#define REGION_WORDS (1u << (REGION_BITS - 4))
#define MAX_LISTED_REGIONS (1u << 16) /* 1 TiB of heap */
#define LOOSE_KEY MAX_KEYS /* keys from here on index `loose` */
#define OVERFLOW_SITE 1u

/* A pointer that was replaced, so that it can be put back. */
typedef struct {
  u64 slot, original, replacement;
  u32 relro, pad;
} GotPatch;
#define MAX_GOT_PATCHES (1u << 14)

#define CODE_PATCH_BYTES 32u
/* Code that Frida replaced: by `creation_wrappers` and `error_wrappers` first, then Frida's own hooks (_dl_debug_state; those of exit, _exit and
   sigaction are switched off at attach). Put back here only by a forked child, which has no Frida: children were seen to spin for ever in
   such a hook, on a lock that a thread of their parent had held. */
typedef struct {
  u64 address, original;
  u8 before[CODE_PATCH_BYTES], after[CODE_PATCH_BYTES];
} CodePatch;
#define OWN_PATCHES 24u
#define MAX_CODE_PATCHES 40u
#define LONGEST_JUMP 20u

/* The first words are read by the agent: agent/core/structs.ts has their offsets, and a test compares them. */
typedef struct {
  u32 armed;  /* 1: a recording goes on */
  u32 forked; /* this process is a child that inherited everything */
  u32 code_count, type_count;
  u64 *codes, *types;
  u64 drained_at;
  u64 allocator_slots[3]; /* where CPython keeps its three tables; 0 unknown */
  u32 region_count;
  u32 collected; /* COLLECT_… while armed, else 0: what every wrapper reads first */
  Target target;
  u64 **regions;
  u32 *region_list; /* those reserved, so that emptying need not search */
  Site *sites;
  u32 *site_buckets;
  u64 *natives;
  u32 *code_buckets, *type_buckets, *native_buckets;
  Key *keys;
  u32 *key_buckets;
  Counters *counters;
  Loose *loose;
  Sent *sent;
  Sent *loose_sent;
  Memo *memos;
  Walk *walks;
  u64 pre_header; /* type flags that put two words before the GC header */
  u64 *type_checks; /* address | is a type; emptied at each drain */
  GotPatch *got_patches;
  u32 site_count, native_count, key_count, got_count, pad;
  Pending pending;
  u64 last_created_object, creations, last_raw;
  Allocator original[3];
  u32 buried[3];             /* another tool wrapped ours and it could not be taken out */
  u32 inherited_allocators;  /* a forked child's, until it is repaired */
  void *tracer_before, *tracer_before_data;
  CodePatch code_patches[MAX_CODE_PATCHES];
  /* Counted where they happen, apart from the counters per key: the last batch is checked against them. */
  u64 allocations, frees, loose_allocations, loose_frees;
  u64 dropped_allocations, loose_dropped_allocations;
  u64 sequence;
  u32 sites_sent, keys_sent;
  u32 crc_table[256];
  u64 produced_allocations, produced_frees, produced_holds, produced_errors;
  Gil gil;
  Errors errors;
  Calls calls;
} State;

extern State state;
/* What is left of a recording of objects once it has ended must not count when another one records something else. An audit follows, and counts none. */
static inline int counts_objects(void) { return (state.collected & COLLECT_LIFECYCLE) != 0; }
static inline int follows_objects(void) { return (state.collected & (COLLECT_LIFECYCLE | COLLECT_AUDIT)) != 0; }
static inline int hears_objects(void) { return follows_objects() || (state.collected & COLLECT_SAMPLE) != 0; }

#define TP_HEAPTYPE (1ul << 9) /* Py_TPFLAGS_HEAPTYPE, object.h */
static inline int is_heap_type(u64 type) { return (load(type + state.target.type_flags) & TP_HEAPTYPE) != 0; }

/* The error indicator of a thread, 0: none is set; and the type of what it holds. */
static inline u64 error_set_in(u64 thread) { return load(thread + state.target.errors.current); }
static inline u64 type_of_error(u64 error) {
  return !error || state.target.errors.current_is_type ? error : load(error + state.target.object_type);
}

/* allocators.c, creation.c, got.c: put in, and put back what is still ours. Under the GIL. */
int allocators_install(void);
int allocators_restore(void);
void allocators_restore_in_child(void);
u64 allocators_find(u64 from, u64 to, int domain);
void tracer_install(void);
void tracer_restore(void);
int got_patch(u64 slot, u64 replacement, u32 relro);
void got_restore(void);
extern void *const creation_wrappers[];
extern void *const got_wrappers[];
extern void *const error_wrappers[];

/* frames.c: the memo of this thread's stack, with its site; NULL when there is no Python frame. `thread` must be running. */
Memo *memo_of_thread(u64 thread, u64 native);
/* The innermost frame of a running thread, interning nothing: its code and the byte offset in it; 0 when it runs no Python. */
int running_code(u64 thread, u64 *code, u32 *instruction);
/* The memo of a place in C alone. */
Memo *memo_of_native(u64 address);
/* Frames of a thread that runs meanwhile, the innermost first, as far as they can be read: their number. */
u64 peek_frames(u64 thread, Step *out, u64 most);
/* The running thread state when this thread holds the GIL of the main interpreter, else 0. */
u64 thread_with_gil(void);

/* sites.c: ids by content, made when new; an id never changes its meaning while armed. */
u32 code_id(u64 code);
u32 type_id(u64 type);
u32 site_id(const Site *site);
u32 native_id(u64 address);
u32 key_id(u64 tag, u32 site);
u32 loose_id(u64 address, u32 domain);

/* lifecycle.c */
void lifecycle_prepare(void);
void block_allocated(u32 domain, u64 block, u64 size, u64 caller);
void block_allocated_loose(u32 domain, u64 block, u64 size, u64 caller);
void block_freed(u32 domain, u64 block);
/* Takes a block out before it is reallocated: its word, 0 when it was not known. One of the next two follows. */
u64 block_taken(u32 domain, u64 block);
void block_put_back(u64 block, u64 word);
void block_resized(u32 domain, u64 block, u64 size, u64 word, u64 caller);
void object_created(u64 object);
void object_destroyed(u64 object);
/* Counts what waits on free lists in one region as freed; under the GIL, while armed. */
void settle_region(u32 listed);
void commit_pending(void);
u64 type_of_block(u64 block, u64 size);

/* drain.c */
void crc_prepare(void);
u64 drain(u8 *buffer, u64 capacity, u32 last, u32 *more);

/* shadow.c: the word of a block, one per 16 bytes of address space: key << 44 | size. */
u64 *shadow_make(u64 block);
void shadow_empty(void);

#define WORD_KEY(word) ((u32)((word) >> 44))
#define WORD_SIZE(word) ((word) & ((1ul << 44) - 1))
#define WORD(key, size) (((u64)(key) << 44) | ((size) & ((1ul << 44) - 1)))

static inline u64 *shadow_find(u64 block) {
  u64 region = block >> REGION_BITS;
  if (UNLIKELY(region >= MAX_REGIONS)) return NULL;
  u64 *words = __atomic_load_n(&state.regions[region], __ATOMIC_ACQUIRE);
  return words ? words + ((block & ((1u << REGION_BITS) - 1)) >> 4) : NULL;
}

#endif
