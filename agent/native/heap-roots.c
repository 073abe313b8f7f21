/* Nodes in, those that the interpreter reaches by itself out, with their names: modules, frames, its own dicts, types that are part of it. Next: heap-out.c. */
#include "heap.h"

#define HEAP_FLAG (1ul << 9)

static u64 instruction_of(u64 frame, u64 code) {
  const Target *t = &state.target;
  u64 word = t->instruction_is_pointer ? load(frame + t->frame_instruction) : load32(frame + t->frame_instruction);
  u64 offset = t->instruction_is_pointer ? word - (code + t->code_start) : word * t->instruction_scale;
  return offset > 0x7fffffff ? 0 : offset;
}

static void put_frame(u32 node, u64 frame, u64 thread) {
  u64 code = load(frame + state.target.frame_code) & ~3ul;
  if (type_word(code) == heap.target.code_type) frame_root_put(node, code, instruction_of(frame, code), thread);
}

static void put_states(void) {
  for (u32 i = 0; i < heap.state_count; i++) {
    const HeapState *of = &heap.states[i];
    if (of->kind == STATE_FRAME) put_frame(i, of->address, of->thread);
    else root_put(i, ROOT_INTERPRETER, 0, of->kind == STATE_DATA ? heap.ranges[of->thread].name : of->kind == STATE_THREAD ? "thread" : "interpreter");
  }
}

static void put_running(void) {
  u64 thread = heap.minor < 11 ? load(state.target.main_interpreter + heap.target.interpreter_threads) : 0;
  for (; thread; thread = load(thread + heap.target.thread_next))
    for (u64 frame = load(thread + state.target.thread_frame); frame; frame = load(frame + state.target.frame_back))
      if (node_at(frame)) put_frame(node_at(frame) - 1, frame, load(thread + heap.target.thread_id));
}

static void put_modules(void) {
  u64 modules = load(state.target.main_interpreter + heap.target.interpreter_modules);
  if (!modules || type_word(modules) != heap.target.dict_type) return;
  Keys keys = keys_of_dict(modules);
  for (u64 i = 0; i < keys.count; i++) {
    u64 entry = keys.entries + i * keys.stride, key = load(entry + (keys.stride == 24 ? 8 : 0)), value = load(entry + keys.stride - 8);
    if (key && value && node_at(value) && type_word(value) == heap.target.module_type) root_put(node_at(value) - 1, ROOT_MODULE, key, NULL);
  }
}

void put_roots(void) {
  put_states();
  put_running();
  put_modules();
  for (u32 i = 0; i < heap.type_count; i++) {
    const HeapType *type = &heap.types[i];
    if (!(type->flags & HEAP_FLAG)) root_put(type->node - 1, ROOT_BUILTIN, 0, (const char *)load(type->address + heap.target.type_name));
  }
}
