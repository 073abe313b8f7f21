/* Thread states, frames, code, types and allocators as CPython lays them out, filled by the tests. Next: the core reads them. */
#include "world.h"

#include <malloc.h>
#include <pthread.h>

enum { DEEPEST_STACK = 128, FRAME_WORDS = 16, SMALL = 512, SLOTS = 1 << 15, MOST_TYPES = 64, MOST_CODES = 1 << 12 };

typedef struct {
  u64 version, thread_frame, cframe_current, frame_back, frame_code, frame_instruction, frame_owner, code_start;
  u64 has_cframe, has_owner, is_pointer, scale, has_current_thread;
} Shape;
static const Shape shapes[FLAVOURS] = {
    [PY39] = {0x309, 24, 0, 24, 32, 104, 0, 0, 0, 0, 0, 1, 0},
    [PY310] = {0x30a, 24, 0, 24, 32, 104, 0, 0, 0, 0, 0, 2, 0},
    [PY311] = {0x30b, 56, 8, 48, 32, 56, 69, 184, 1, 0, 1, 1, 0},
    [PY313] = {0x30d, 72, 0, 8, 0, 56, 74, 208, 0, 1, 1, 1, 1},
};
enum { THREAD_INTERPRETER = 16, RUNTIME_THREAD = 16 };

static const Shape *shape;
static u64 runtime[8], main_interpreter[4], second_interpreter[4], metatype[64];
static u64 types[MOST_TYPES][64], codes[MOST_CODES][64];
static u32 type_count, code_count;
static _Thread_local u64 thread[32], cframe[4], frames[DEEPEST_STACK][FRAME_WORDS];
static _Thread_local int depth, has_gil;
_Thread_local int fail_next;

Allocator tables[3];
void *tracer, *tracer_data;
long references;
void (*world_change)(Target *target);

/* Blocks of up to 512 bytes come from a pool, the newest first, as pymalloc hands them out; CPython's lock around it is the GIL. */
static u8 pool[SLOTS][SMALL] __attribute__((aligned(16)));
static u32 free_slots[SLOTS], free_count;
static pthread_mutex_t pool_lock = PTHREAD_MUTEX_INITIALIZER;

static int in_pool(const void *block) { return (const u8 *)block >= pool[0] && (const u8 *)block < pool[SLOTS]; }
static void pool_reset(void) {
  free_count = 0;
  for (u32 i = SLOTS; i-- > 0;) free_slots[free_count++] = i;
}

static void *heap_malloc(void *ctx, u64 size) {
  CHECK(ctx == &tables[RAW]);
  pthread_mutex_lock(&pool_lock);
  void *block = malloc(size ? size : 1);
  pthread_mutex_unlock(&pool_lock);
  return block;
}
static void *heap_calloc(void *ctx, u64 count, u64 size) {
  void *block = heap_malloc(ctx, count * size);
  return memset(block, 0, count * size);
}
static void *heap_realloc(void *ctx, void *block, u64 size) {
  CHECK(ctx == &tables[RAW]);
  if (fail_next) return fail_next = 0, NULL;
  pthread_mutex_lock(&pool_lock);
  void *moved = realloc(block, size ? size : 1);
  pthread_mutex_unlock(&pool_lock);
  return moved;
}
static void heap_free(void *ctx, void *block) {
  CHECK(ctx == &tables[RAW]);
  pthread_mutex_lock(&pool_lock);
  free(block);
  pthread_mutex_unlock(&pool_lock);
}

static void *pool_malloc(void *ctx, u64 size) {
  CHECK(ctx == &tables[MEM] || ctx == &tables[OBJ]);
  if (size > SMALL) return tables[RAW].malloc(tables[RAW].ctx, size);
  pthread_mutex_lock(&pool_lock);
  void *block = free_count ? pool[free_slots[--free_count]] : NULL;
  pthread_mutex_unlock(&pool_lock);
  return block;
}
static void *pool_calloc(void *ctx, u64 count, u64 size) {
  void *block = pool_malloc(ctx, count * size);
  return block ? memset(block, 0, count * size) : NULL;
}
static void pool_free(void *ctx, void *block) {
  CHECK(ctx == &tables[MEM] || ctx == &tables[OBJ]);
  if (!in_pool(block)) {
    tables[RAW].free(tables[RAW].ctx, block);
    return;
  }
  pthread_mutex_lock(&pool_lock);
  free_slots[free_count++] = (u32)(((u8 *)block - pool[0]) / SMALL);
  pthread_mutex_unlock(&pool_lock);
}
static void *pool_realloc(void *ctx, void *block, u64 size) {
  if (fail_next) return fail_next = 0, NULL;
  if (!block) return pool_malloc(ctx, size);
  if (!in_pool(block)) return tables[RAW].realloc(tables[RAW].ctx, block, size);
  if (size <= SMALL) return block;
  void *moved = pool_malloc(ctx, size);
  memcpy(moved, block, SMALL);
  pool_free(ctx, block);
  return moved;
}

const Allocator originals[3] = {
    {&tables[RAW], heap_malloc, heap_calloc, heap_realloc, heap_free},
    {&tables[MEM], pool_malloc, pool_calloc, pool_realloc, pool_free},
    {&tables[OBJ], pool_malloc, pool_calloc, pool_realloc, pool_free},
};

void *py_malloc(int domain, u64 size) { return tables[domain].malloc(tables[domain].ctx, size); }
void *py_calloc(int domain, u64 count, u64 size) { return tables[domain].calloc(tables[domain].ctx, count, size); }
void *py_realloc(int domain, void *block, u64 size) { return tables[domain].realloc(tables[domain].ctx, block, size); }
void py_free(int domain, void *block) { tables[domain].free(tables[domain].ctx, block); }

static void get_allocator(int domain, Allocator *out) { *out = tables[domain]; }
static void set_allocator(int domain, Allocator *in) { tables[domain] = *in; }
static void inc_ref(void *object) { references++, (void)object; }
static void dec_ref(void *object) { references--, (void)object; }
static int set_tracer(void *function, void *data) {
  tracer = function;
  tracer_data = data;
  return 0;
}
static void *get_tracer(void **data) {
  *data = tracer_data;
  return tracer;
}
static void *current_thread(void) { return has_gil ? thread : NULL; }
static void *this_thread(void) { return thread; }
static int fake_posix_memalign(void **block, u64 alignment, u64 size) { return posix_memalign(block, alignment, size); }
static void free_sized(void *block, u64 size) { (void)size, free(block); }
/* The core passes the argument on; the original has nothing left to do. */
static void new_reference(void *object) { (void)object; }

static Target target_of(Flavour flavour, u64 frame_count) {
  const Shape *s = shape = &shapes[flavour];
  return (Target){
      .version = s->version, .frames = frame_count, .runtime_current_thread = RUNTIME_THREAD, .thread_interpreter = THREAD_INTERPRETER,
      .thread_frame = s->thread_frame, .cframe_current = s->cframe_current, .frame_back = s->frame_back, .frame_code = s->frame_code,
      .frame_instruction = s->frame_instruction, .frame_owner = s->frame_owner, .code_start = s->code_start, .object_type = 8,
      .type_flags = 168, .type_basic_size = 32, .type_item_size = 40, .var_size = 16, .has_cframe = s->has_cframe, .has_owner = s->has_owner,
      .instruction_is_pointer = s->is_pointer, .instruction_scale = s->scale, .runtime = (u64)runtime,
      .main_interpreter = (u64)main_interpreter, .type_type = (u64)metatype, .current_thread = s->has_current_thread ? current_thread : NULL,
      .this_thread = this_thread, .get_allocator = get_allocator, .set_allocator = set_allocator, .inc_ref = inc_ref, .dec_ref = dec_ref,
      .set_tracer = s->has_current_thread ? set_tracer : NULL, .get_tracer = s->has_current_thread ? get_tracer : NULL,
      .collect = COLLECT_LIFECYCLE,
      .libc = {malloc, calloc, realloc, free, fake_posix_memalign, aligned_alloc, strdup, malloc, malloc, free, free, free_sized, free_sized},
  };
}

const Door *door(void) { return refscope_entry(); }

void world_open(Flavour flavour, u64 frame_count) {
  Target target = target_of(flavour, frame_count);
  if (world_change) world_change(&target);
  for (int domain = RAW; domain <= OBJ; domain++) tables[domain] = originals[domain];
  pool_reset();
  type_count = code_count = 0;
  depth = 0;
  references = 0;
  tracer = tracer_data = NULL;
  metatype[1] = (u64)metatype;
  metatype[21] = PLAIN | 1ul << 31;
  other_interpreter(0);
  gil(1);
  static const u8 none[CODE_PATCH_BYTES];
  CHECK(door()->prepare(&target));
  door()->note_code_patch(NEW_REFERENCE, 0, (u64)new_reference, none, none);
  CHECK(door()->arm());
}

void world_close(void) {
  gil(1);
  CHECK(door()->disarm());
  door()->let_go();
  world_change = NULL;
  EQUAL(references, 0);
  CHECK(tracer == NULL);
  for (int domain = RAW; domain <= OBJ; domain++) CHECK(memcmp(&tables[domain], &originals[domain], sizeof(Allocator)) == 0);
}

u64 type_new(u64 flags, u64 basic_size, u64 item_size) {
  u64 *type = types[type_count++ % MOST_TYPES];
  type[1] = (u64)metatype;
  type[4] = basic_size;
  type[5] = item_size;
  type[21] = flags;
  return (u64)type;
}

u64 code_new(void) { return (u64)codes[code_count++ % MOST_CODES]; }

static void put_instruction(u64 frame, u32 bytes) {
  u64 place = frame + shape->frame_instruction, code = load(frame + shape->frame_code);
  if (shape->is_pointer) *(u64 *)at(place) = code + shape->code_start + bytes;
  else *(u32 *)at(place) = bytes / (u32)shape->scale;
}

static void show_innermost(void) {
  u64 frame = depth ? (u64)frames[depth - 1] : 0;
  if (!thread[THREAD_INTERPRETER / 8]) thread[THREAD_INTERPRETER / 8] = (u64)main_interpreter;
  cframe[1] = frame;
  thread[shape->thread_frame / 8] = shape->has_cframe ? (u64)cframe : frame;
}

static u64 push(u64 code) {
  u64 frame = (u64)frames[depth];
  *(u64 *)at(frame + shape->frame_back) = depth ? (u64)frames[depth - 1] : 0;
  *(u64 *)at(frame + shape->frame_code) = code;
  if (shape->frame_owner) *(u8 *)at(frame + shape->frame_owner) = 0;
  depth++;
  return frame;
}

void enter(u64 code, u32 instruction) {
  put_instruction(push(code), instruction);
  show_innermost();
}
void enter_c_owned(void) {
  u64 frame = push(0);
  *(u8 *)at(frame + shape->frame_owner) = 3;
  show_innermost();
}
void leave(void) {
  depth--;
  show_innermost();
}
void step_to(u32 instruction) { put_instruction((u64)frames[depth - 1], instruction); }
void caller_steps_to(u32 instruction) { put_instruction((u64)frames[depth - 2], instruction); }

void gil(int held) {
  has_gil = held;
  show_innermost();
  u64 *running = &runtime[RUNTIME_THREAD / 8], mine = (u64)thread;
  if (held) __atomic_store_n(running, mine, __ATOMIC_RELAXED);
  else __atomic_compare_exchange_n(running, &mine, 0, 0, __ATOMIC_RELAXED, __ATOMIC_RELAXED);
}
void other_interpreter(int yes) {
  show_innermost();
  thread[THREAD_INTERPRETER / 8] = yes ? (u64)second_interpreter : (u64)main_interpreter;
}

u64 thread_state(void) { return (u64)thread; }

u64 object_in(void *block, u64 type) {
  u64 flags = load(type + 168), object = (u64)block + (flags & (1 << 14) ? 16u : 0u) + (flags & (1 << 4) ? 16u : 0u);
  *(u64 *)at(object) = 1;
  *(u64 *)at(object + 8) = type;
  return object;
}

void created(u64 object) {
  if (tracer) ((int (*)(void *, int, void *))tracer)(at(object), 0, tracer_data);
  else ((void (*)(void *))door()->creation_wrappers[NEW_REFERENCE])(at(object));
}
void destroyed(u64 object) {
  if (tracer) ((int (*)(void *, int, void *))tracer)(at(object), 1, tracer_data);
}

u64 make(u64 type, u64 size) {
  u64 object = object_in(py_malloc(OBJ, size), type);
  created(object);
  return object;
}
