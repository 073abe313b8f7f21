/* Threads and the interpreter in, nodes for what is no object and holds references out: frames on a stack (3.11 and later), the interpreter itself,
   its threads. Next: heap-roots.c names them. */
#include "heap.h"

enum { MOST_FRAMES = 20000, MOST_THREADS = 10000, THREAD_OWNS = 0, GENERATOR_OWNS = 1, MOST_LOCALS = 65536 };

static HeapType kinds[4] = {{.words = "interpreter"}, {.words = "stack frame"}, {.words = "thread"}, {.words = "static data"}};

static void add_state(u64 address, u64 kind, u64 thread) {
  if (heap.state_count >= MOST_STATES || node_at(address)) return;
  heap.states[heap.state_count++] = (HeapState){address, kind, thread};
  (void)node_new(address);
}

static u64 innermost_of(u64 thread) {
  u64 frame = load(thread + state.target.thread_frame);
  return state.target.has_cframe && frame ? load(frame + state.target.cframe_current) : frame;
}

static u64 id_of(u64 thread) { return load(thread + (heap.target.thread_native_id ? heap.target.thread_native_id : heap.target.thread_id)); }

static int is_threads(u64 frame) { return load8(frame + state.target.frame_owner) == THREAD_OWNS; }

/* Of a generator that runs: its traverse leaves out what its frame holds, until it has a stack again (stacktop, from 3.14 on stackpointer). */
static int is_running_generators(u64 frame) {
  u64 top = frame + state.target.frame_instruction + 8;
  return load8(frame + state.target.frame_owner) == GENERATOR_OWNS && (heap.minor >= 14 ? !load(top) : (int)load32(top) < 0);
}

void find_states(void) {
  u64 interpreter = state.target.main_interpreter, thread = load(interpreter + heap.target.interpreter_threads);
  add_state(interpreter, STATE_INTERPRETER, 0);
  for (u32 threads = 0; thread && threads < MOST_THREADS; threads++, thread = load(thread + heap.target.thread_next)) {
    add_state(thread, STATE_THREAD, id_of(thread));
    u64 frame = heap.minor >= 11 ? innermost_of(thread) : 0;
    for (u32 i = 0; frame && i < MOST_FRAMES; i++, frame = load(frame + state.target.frame_back))
      if (is_threads(frame) || is_running_generators(frame)) add_state(frame, STATE_FRAME, id_of(thread));
  }
  for (u32 i = 0; i < heap.range_count; i++)
    if (heap.ranges[i].data_end) add_state(heap.ranges[i].lo, STATE_DATA, i);
}

/* Up to 3.10 the frames that run are objects, of which the collector knows only those that somebody asked for. */
void find_running(void) {
  u64 thread = heap.minor < 11 ? load(state.target.main_interpreter + heap.target.interpreter_threads) : 0;
  for (; thread; thread = load(thread + heap.target.thread_next))
    for (u64 frame = load(thread + state.target.thread_frame); frame; frame = load(frame + state.target.frame_back)) (void)node_of(frame);
}

u64 local_count(u64 code) {
  const HeapTarget *t = &heap.target;
  u64 count = load32(code + t->code_local_count);
  if (heap.minor < 11) {
    u64 cells = load(code + t->code_cell_names), free = load(code + t->code_free_names);
    count += (cells ? (u64)items_of(cells) : 0) + (free ? (u64)items_of(free) : 0);
  }
  return count < MOST_LOCALS ? count : 0;
}

u64 local_name(u64 code, u64 at) {
  const HeapTarget *t = &heap.target;
  const u64 tables[3] = {load(code + t->code_local_names), heap.minor < 11 ? load(code + t->code_cell_names) : 0, heap.minor < 11 ? load(code + t->code_free_names) : 0};
  u64 first = load32(code + t->code_local_count);
  for (u32 i = 0; i < 3; i++) {
    u64 count = i == 0 ? first : tables[i] ? (u64)items_of(tables[i]) : 0;
    if (at < count) return tables[i] && at < (u64)items_of(tables[i]) ? load(tables[i] + t->tuple_items + 8 * at) : 0;
    at -= count;
  }
  return 0;
}

/* From 3.14 on a word of a frame says in its last bits that it holds no reference of its own, or a number. */
static u64 held(u64 word) { return word & 3 ? 0 : word; }

static void walk_frame(u64 frame) {
  const HeapTarget *t = &heap.target;
  u64 code = load(frame + state.target.frame_code) & ~3ul, count = local_count(code), number = 0;
  const u64 words[4] = {load(frame + state.target.frame_code), load(frame + t->frame_function), load(frame + t->frame_dict), load(frame + t->frame_object)};
  for (u32 i = 0; i < 4 && is_threads(frame); i++) {
    u32 node = held(words[i]) ? node_of(words[i]) : 0;
    if (node) edge_put(node, EDGE_VISITED, (u32)number++);
  }
  for (u64 i = 0; i < count; i++) {
    u64 value = held(load(frame + t->frame_locals + 8 * i));
    u32 node = value ? node_of(value) : 0;
    if (node) edge_text(node, EDGE_LOCAL, local_name(code, i));
  }
}

static void walk_interpreter(u64 interpreter) {
  static HeapMember parts[3] = {{"modules", 0, 0, 0}, {"sys", 0, 0, 0}, {"builtins", 0, 0, 0}};
  const HeapTarget *t = &heap.target;
  const u64 offsets[3] = {t->interpreter_modules, t->interpreter_sys_dict, t->interpreter_builtins};
  for (u32 i = 0; i < 3; i++) {
    u64 value = load(interpreter + offsets[i]);
    u32 node = value ? node_of(value) : 0;
    if (node) edge_name(node, EDGE_ATTRIBUTE, &parts[i]);
  }
}

void walk_state(u32 node) {
  const HeapState *of = &heap.states[node];
  object_open(node, FLAG_STATE | FLAG_TRAVERSES, &kinds[of->kind], 0, 0, 0);
  if (of->kind == STATE_FRAME) walk_frame(of->address);
  else if (of->kind == STATE_INTERPRETER) walk_interpreter(of->address);
  object_close();
}
