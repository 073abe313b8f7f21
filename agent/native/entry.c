/* The core's doors: the agent finds this table through the ELF entry point, in a core just loaded or in one that an earlier attach left. Next: allocators.c. */
#include "core.h"
#include "audit.h"
#include "heap.h"

State state;

typedef struct { void **place; u64 bytes; } Table;

/* Reserved once for the life of the process, emptied between recordings, never unmapped. */
static const Table tables[] = {
    {(void **)&state.regions, 8ul * MAX_REGIONS},          {(void **)&state.region_list, 4ul * MAX_LISTED_REGIONS},
    {(void **)&state.sites, sizeof(Site) * MAX_SITES},     {(void **)&state.site_buckets, 8ul * MAX_SITES},
    {(void **)&state.codes, 8ul * MAX_CODES},              {(void **)&state.code_buckets, 8ul * MAX_CODES},
    {(void **)&state.types, 8ul * MAX_TYPES},              {(void **)&state.type_buckets, 8ul * MAX_TYPES},
    {(void **)&state.natives, 8ul * MAX_NATIVES},          {(void **)&state.native_buckets, 8ul * MAX_NATIVES},
    {(void **)&state.keys, sizeof(Key) * MAX_KEYS},        {(void **)&state.key_buckets, 8ul * MAX_KEYS},
    {(void **)&state.counters, sizeof(Counters) * MAX_KEYS}, {(void **)&state.loose, sizeof(Loose) * MAX_LOOSE},
    {(void **)&state.sent, sizeof(Sent) * MAX_KEYS},       {(void **)&state.loose_sent, sizeof(Sent) * MAX_LOOSE},
    {(void **)&state.memos, sizeof(Memo) * MAX_MEMOS},     {(void **)&state.walks, sizeof(Walk) * MAX_MEMOS},
    {(void **)&state.type_checks, 8ul * MAX_TYPE_CHECKS},  {(void **)&state.got_patches, sizeof(GotPatch) * MAX_GOT_PATCHES},
    {(void **)&state.gil.slots, sizeof(GilSlot) * MAX_GIL_SLOTS}, {(void **)&state.gil.holds, sizeof(Hold) * MAX_HOLDS},
    {(void **)&state.gil.tids, 4ul * MAX_GIL_THREADS},     {(void **)&state.gil.listed, 4ul * MAX_GIL_SLOTS},
    {(void **)&state.errors.keys, sizeof(ErrorKey) * MAX_ERROR_KEYS}, {(void **)&state.errors.key_buckets, 8ul * MAX_ERROR_KEYS},
    {(void **)&state.errors.counts, sizeof(ErrorCount) * MAX_ERROR_KEYS}, {(void **)&state.errors.sent, sizeof(ErrorCount) * MAX_ERROR_KEYS},
    {(void **)&state.errors.memos, sizeof(ErrorMemo) * MAX_ERROR_MEMOS}, {(void **)&state.errors.messages, sizeof(Message) * MAX_ERROR_KEYS},
    {(void **)&state.errors.extensions, sizeof(Range) * MAX_RANGES},
};
enum { TABLES = sizeof tables / sizeof tables[0], KEPT_TABLES = 2 /* where the regions are */ };

static void empty_gil(void) {
  Gil *gil = &state.gil;
  gil->thread_count = gil->listed_count = 0;
  gil->holder = NULL;
  gil->acquisitions = gil->written = gil->taken = gil->released = gil->dropped = 0;
}

static void empty_errors(void) {
  Errors *errors = &state.errors;
  errors->key_count = errors->keys_sent = errors->extension_count = 0;
  errors->newest.thread = errors->lost_error = 0;
  errors->raises = errors->events = errors->dropped = 0;
}

static void empty_tables(void) {
  for (u32 i = KEPT_TABLES; i < TABLES; i++) os_empty(*tables[i].place, tables[i].bytes);
  shadow_empty();
  state.site_count = state.code_count = state.type_count = state.native_count = state.key_count = 0;
  state.sites_sent = state.keys_sent = 0;
  state.pending.block = 0;
  state.last_created_object = state.creations = state.last_raw = state.sequence = 0;
  state.allocations = state.frees = state.loose_allocations = state.loose_frees = 0;
  state.dropped_allocations = state.loose_dropped_allocations = 0;
  state.produced_allocations = state.produced_frees = state.produced_holds = state.produced_errors = 0;
  empty_gil();
  empty_errors();
}

/* 1 when there is memory for the tables; the site of what found no place is made first. */
static int prepare(const Target *target) {
  for (u32 i = 0; i < TABLES; i++)
    if (!*tables[i].place && !(*tables[i].place = os_reserve(tables[i].bytes))) return 0;
  empty_tables();
  state.target = *target;
  crc_prepare();
  lifecycle_prepare();
  static const Site nowhere = {0, 0, {{0, 0}}};
  return site_id(&nowhere) == OVERFLOW_SITE;
}

/* 0 when the allocators cannot be wrapped; nothing is changed then. */
static int arm(void) {
  u32 collect = (u32)state.target.collect;
  u32 objects = collect & (COLLECT_LIFECYCLE | COLLECT_AUDIT);
  if (objects && !allocators_install()) return 0;
  state.forked = 0;
  state.drained_at = os_now();
  calls_begin();
  __atomic_store_n(&state.armed, 1u, __ATOMIC_RELEASE);
  __atomic_store_n(&state.collected, collect & ~(u32)COLLECT_SAMPLE, __ATOMIC_RELEASE); /* sample_begin */
  if (objects || collect & COLLECT_SAMPLE) tracer_install();
  if (collect & COLLECT_GIL) gil_install();
  return 1;
}

/* They are ours to put back: now, in a child that inherited them, or when another tool that sat on them has gone since. */
static int has_allocators(void) { return follows_objects() || state.inherited_allocators || state.buried[RAW] || state.buried[MEM] || state.buried[OBJ]; }

/* Everything but code patches, which are Frida's to revert. 0: another tool's allocator sits on ours, which stays and passes through. */
static int disarm(void) {
  audit_stop();
  gil_restore();
  tracer_restore();
  int all = has_allocators() ? allocators_restore() : 1;
  state.inherited_allocators = 0;
  got_restore();
  if (state.armed) commit_pending(), errors_commit();
  __atomic_store_n(&state.collected, 0u, __ATOMIC_RELEASE);
  __atomic_store_n(&state.armed, 0u, __ATOMIC_RELEASE);
  return all;
}

/* Under the GIL, when no thread can be between an event and its counter any more, or will only find zeroes. */
static void let_go(void) {
  for (u32 id = 1; id <= state.code_count; id++) state.target.dec_ref((void *)state.codes[id]);
  for (u32 id = 1; id <= state.type_count; id++)
    if (is_heap_type(state.types[id])) state.target.dec_ref((void *)state.types[id]);
  empty_tables();
  audit_end();
}

static void write_code(u64 address, const u8 *bytes, u64 length) {
  if (os_protect(address, length, 7)) return;
  for (u64 i = 0; i < length; i++) ((volatile u8 *)address)[i] = bytes[i];
  (void)os_protect(address, length, 5);
  __builtin___clear_cache((char *)address, (char *)(address + length));
}

static int differs(const CodePatch *patch, const u8 *wanted, u32 from, u32 to) {
  for (u32 k = from; k < to; k++)
    if (load8(patch->address + k) != wanted[k]) return 1;
  return 0;
}

static void unpatch_code(CodePatch *patch) {
  if (patch->address && !differs(patch, patch->after, 0, CODE_PATCH_BYTES)) write_code(patch->address, patch->before, CODE_PATCH_BYTES);
  patch->address = 0;
}

/* Frida's hooks jump elsewhere with each attach; what follows the jump must be the function that was noted. */
static void unhook_code(const CodePatch *patch) {
  if (patch->address && differs(patch, patch->before, 0, LONGEST_JUMP) && !differs(patch, patch->before, LONGEST_JUMP, CODE_PATCH_BYTES))
    write_code(patch->address, patch->before, CODE_PATCH_BYTES);
}

/* A forked child inherits hooks and tables, but no agent: it records nothing, and gets its allocators and its C library back at once. */
static void in_child(void) {
  for (u32 i = OWN_PATCHES; i < MAX_CODE_PATCHES; i++) unhook_code(&state.code_patches[i]);
  watch_forget();
  audit_stop();
  if (!state.armed) return;
  state.inherited_allocators = (u32)follows_objects();
  __atomic_store_n(&state.collected, 0u, __ATOMIC_RELEASE);
  __atomic_store_n(&state.armed, 0u, __ATOMIC_RELEASE);
  state.forked = 1;
  gil_forget();
  if (state.inherited_allocators) allocators_restore_in_child();
}

static void note_code_patch(u32 index, u64 address, u64 original, const u8 *before, const u8 *after) {
  CodePatch *patch = &state.code_patches[index];
  patch->address = address;
  patch->original = original;
  for (u32 i = 0; i < CODE_PATCH_BYTES; i++) {
    patch->before[i] = before[i];
    patch->after[i] = after[i];
  }
}

/* Puts back what a parent's recording, or an agent that is gone, left in this process. Under the GIL. */
static void repair(void) {
  watch_stop();
  watch_end();
  (void)disarm();
  for (u32 i = 0; i < OWN_PATCHES; i++) unpatch_code(&state.code_patches[i]);
  let_go();
  state.forked = 0;
}

static void totals(u64 out[4]) {
  out[0] = state.allocations + state.loose_allocations;
  out[1] = state.frees + state.loose_frees;
  out[2] = state.gil.released;
  out[3] = state.errors.events + state.errors.dropped;
}



#define CORE_MAGIC 0x52534345u /* "RSCE" */
#define CORE_VERSION 1u

/* The same, in order, in agent/core/structs.ts. */
static const struct {
  u64 magic;
  State *state;
  int (*prepare)(const Target *);
  int (*arm)(void);
  int (*disarm)(void);
  void (*let_go)(void);
  void (*in_child)(void);
  void (*note_code_patch)(u32, u64, u64, const u8 *, const u8 *);
  void (*repair)(void);
  u64 (*drain)(u8 *, u64, u32, u32 *);
  void (*totals)(u64 *);
  int (*got_patch)(u64, u64, u32);
  u64 (*allocators_find)(u64, u64, int);
  void *const *creation_wrappers;
  void *const *got_wrappers;
  void (*settle_region)(u32);
  u64 (*peek_frames)(u64, Step *, u64);
  u64 (*read)(u64, void *, u64);
  u64 (*gil_peek)(u64 *);
  u32 (*gil_thread)(u32);
  void *const *gil_wrappers;
  void *const *error_wrappers;
  void (*extension_note)(u64, u64);
  u64 (*error_message)(u32, u8 *);
  u32 (*call_stub)(u64, u64);
  u64 (*call_stub_address)(u32);
  u32 (*error_keys)(void);
  u64 (*error_waiting)(void);
  void (*errors_commit)(void);
  const WatchDoors *watch;
  const AuditDoors *audit;
  const HeapDoors *heap;
} core = {(u64)CORE_VERSION << 32 | CORE_MAGIC, &state, prepare, arm, disarm, let_go, in_child, note_code_patch, repair, drain, totals, got_patch,
          allocators_find, creation_wrappers, got_wrappers, settle_region, peek_frames, os_read, gil_peek, gil_thread, gil_wrappers, error_wrappers,
          extension_note, error_message, call_stub, call_stub_address, error_keys, error_waiting, errors_commit, &watch_doors, &audit_doors, &heap_doors};

__attribute__((visibility("default"))) const void *refscope_entry(void) { return &core; }
