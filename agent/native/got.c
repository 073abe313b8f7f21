/* An extension's own calls of malloc and its family in, block events out; and the list of patched pointers, to put each back. Next: lifecycle.c. */
#include "core.h"

static inline void *taken(void *block, u64 size, u64 caller) {
  if (block && counts_objects()) block_allocated(NATIVE, (u64)block, size, caller);
  return block;
}
static inline void released(void *block) {
  if (block && counts_objects()) block_freed(NATIVE, (u64)block);
}
#define LIBC (state.target.libc)

static void *got_malloc(u64 n) { return taken(LIBC.malloc(n), n, CALLER); }
static void *got_calloc(u64 k, u64 n) { return taken(LIBC.calloc(k, n), k * n, CALLER); }
static void got_free(void *block) { released(block); LIBC.free(block); }
static void *got_aligned_alloc(u64 a, u64 n) { return taken(LIBC.aligned_alloc(a, n), n, CALLER); }
static void *got_operator_new(u64 n) { return taken(LIBC.operator_new(n), n, CALLER); }
static void *got_operator_new_array(u64 n) { return taken(LIBC.operator_new_array(n), n, CALLER); }
static void got_operator_delete(void *block) { released(block); LIBC.operator_delete(block); }
static void got_operator_delete_array(void *block) { released(block); LIBC.operator_delete_array(block); }
static void got_operator_delete_sized(void *block, u64 n) { released(block); LIBC.operator_delete_sized(block, n); }
static void got_operator_delete_array_sized(void *block, u64 n) { released(block); LIBC.operator_delete_array_sized(block, n); }

static void *got_realloc(void *block, u64 n) {
  if (!counts_objects() || !block) return taken(LIBC.realloc(block, n), n, CALLER);
  u64 word = block_taken(NATIVE, (u64)block);
  void *moved = LIBC.realloc(block, n);
  if (moved) block_resized(NATIVE, (u64)moved, n, word, CALLER);
  else block_put_back((u64)block, word);
  if (!moved && !n) released(block); /* glibc: realloc(p, 0) frees */
  return moved;
}

static int got_posix_memalign(void **block, u64 a, u64 n) {
  int failed = LIBC.posix_memalign(block, a, n);
  if (!failed) taken(*block, n, CALLER);
  return failed;
}

static char *got_strdup(const char *text) {
  char *copy = LIBC.strdup(text);
  u64 n = 0;
  while (copy && copy[n]) n++;
  return taken(copy, n + 1, CALLER);
}

/* In the order of LibC. */
void *const got_wrappers[] = {
    (void *)got_malloc,       (void *)got_calloc,   (void *)got_realloc,      (void *)got_free,
    (void *)got_posix_memalign, (void *)got_aligned_alloc, (void *)got_strdup, (void *)got_operator_new,
    (void *)got_operator_new_array, (void *)got_operator_delete, (void *)got_operator_delete_array, (void *)got_operator_delete_sized,
    (void *)got_operator_delete_array_sized,
};

enum { PROT_R = 1, PROT_RW = 3 };

static int store_pointer(u64 slot, u64 value, u32 relro) {
  if (relro && os_protect(slot, 8, PROT_RW)) return 0;
  __atomic_store_n((u64 *)slot, value, __ATOMIC_RELEASE);
  if (relro) (void)os_protect(slot, 8, PROT_R);
  return 1;
}

/* Replaces one pointer; 0 when the list is full or the page cannot be written. */
int got_patch(u64 slot, u64 replacement, u32 relro) {
  if (state.got_count >= MAX_GOT_PATCHES) return 0;
  GotPatch *patch = &state.got_patches[state.got_count];
  *patch = (GotPatch){slot, *(u64 *)slot, replacement, relro, 0};
  if (!store_pointer(slot, replacement, relro)) return 0;
  state.got_count++;
  return 1;
}

/* A slot whose module is gone, or that another tool has replaced since, is left alone. */
void got_restore(void) {
  for (u32 i = state.got_count; i-- > 0;) {
    const GotPatch *patch = &state.got_patches[i];
    u64 now;
    if (os_peek(patch->slot, &now) && now == patch->replacement) (void)store_pointer(patch->slot, patch->original, patch->relro);
  }
  state.got_count = 0;
}
