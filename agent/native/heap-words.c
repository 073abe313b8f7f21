/* Bodies of what tells nothing of what it holds in, edges to where their words lead out: to nodes that are there, nothing is read there. A word that
   looks like a reference may be none: it is told only while the count of its target is not explained. Next: heap-roots.c. */
#include "heap.h"

enum { LONGEST_BODY = 65536, FIRST_WORD = 16, MOST_ITEMS = 8192, CLOCK_STEP = 1 << 20 };
#define BYTES_FLAG (1ul << 27)
#define LONG_FLAG (1ul << 24)

static int is_explained(u32 node) {
  u64 object = heap.addresses[node - 1];
  return node <= heap.tracked_from || is_immortal(object) || heap.degrees[node - 1] >= count_of(object);
}

static void scan(u32 node, u64 from, u64 until, u64 type) {
  int opened = 0;
  for (; from + 8 <= until; from += 8) {
    u64 word = load(from);
    if ((word & 7) || word < 65536 || word == type) continue;
    u32 found = node_at(word);
    if (!found || found == node + 1 || is_explained(found)) continue;
    if (!opened) words_open(node);
    opened = 1;
    edge_put(found, EDGE_WORD, 0);
  }
  if (opened) object_close();
}

static int starts_with(const char *text, const char *with) {
  while (*with)
    if (*text++ != *with++) return 0;
  return 1;
}

static int is_silent(const HeapType *type) {
  const char *name = (const char *)load(type->address + heap.target.type_name);
  if (type->flags & (BYTES_FLAG | LONG_FLAG) || type->kind == KIND_TEXT || type->kind == KIND_DICT || type->kind == KIND_LIST || type->kind == KIND_TUPLE || type->kind == KIND_TYPE) return 1;
  return type->address == heap.target.float_type || starts_with(name, "weak") || starts_with(name, "ReferenceType") || starts_with(name, "complex");
}

static u64 body_end(u64 object, const HeapType *type) {
  u64 bytes = type->basic > 0 ? (u64)type->basic : 0;
  if (type->item >= 8) {
    i64 items = items_of(object);
    if (items > 0 && items < MOST_ITEMS && type->kind != KIND_CODE) bytes += (u64)items * (u64)type->item;
  }
  return object + (bytes < LONGEST_BODY ? bytes : 0);
}

/* What lies above the locals on the stack of values: where the stack ends is not told while a frame runs. */
static void scan_stack(u32 node, u64 frame) {
  u64 code = load(frame + state.target.frame_code) & ~3ul, from = frame + heap.target.frame_locals + 8 * local_count(code);
  u64 size = load32(code + heap.target.code_stack_size);
  scan(node, from, from + 8 * (size < LONGEST_BODY / 8 ? size : 0), 0);
}

static void scan_data(u32 node, u64 from, u64 until) {
  for (; from < until; from += CLOCK_STEP) {
    if (os_now() > heap.deadline) heap_fail(HEAP_LATE);
    scan(node, from, until - from < CLOCK_STEP ? until : from + CLOCK_STEP, 0);
  }
}

static void scan_states(void) {
  const HeapTarget *t = &heap.target;
  for (u32 i = 0; i < heap.state_count; i++) {
    const HeapState *of = &heap.states[i];
    if (of->kind == STATE_FRAME) scan_stack(i, of->address);
    else if (of->kind == STATE_THREAD) scan(i, of->address, of->address + t->thread_bytes, 0);
    else if (of->kind == STATE_DATA) scan_data(i, heap.ranges[of->thread].lo, heap.ranges[of->thread].data_end);
    else {
      scan(i, of->address, of->address + t->interpreter_bytes, 0);
      scan(i, state.target.runtime, state.target.runtime + t->runtime_bytes, 0);
    }
  }
}

/* Up to 3.10 the frames that run are objects; their traverse leaves the stack of values out. */
static void scan_running(void) {
  u64 thread = heap.minor < 11 ? load(state.target.main_interpreter + heap.target.interpreter_threads) : 0;
  for (; thread; thread = load(thread + heap.target.thread_next))
    for (u64 frame = load(thread + state.target.thread_frame); frame; frame = load(frame + state.target.frame_back))
      if (node_at(frame)) scan_stack(node_at(frame) - 1, frame);
}

static int tells_nothing(u32 node, u64 object, const HeapType *type) {
  if (is_silent(type)) return 0;
  return node < heap.orphans_from ? !traverses(object, type) : !type->traverse;
}

void walk_words(void) {
  for (u32 node = heap.tracked_from; node < heap.count; node++) {
    u64 object = heap.addresses[node];
    const HeapType *type = heap_type_of(type_word(object));
    if (type && tells_nothing(node, object, type)) scan(node, object + FIRST_WORD, body_end(object, type), type->address);
  }
  scan_running();
  scan_states();
}
