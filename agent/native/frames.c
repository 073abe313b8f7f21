/* A running thread in, the id of its Python stack out. Reads CPython's frames by offset; calls nothing unless the stack is new. Next: sites.c. */
#include "core.h"

u64 thread_with_gil(void) {
  const Target *t = &state.target;
  if (t->current_thread) {
    u64 thread = (u64)t->current_thread();
    return thread && load(thread + t->thread_interpreter) == t->main_interpreter ? thread : 0;
  }
  /* Up to 3.11 the running thread is one global word: it is ours only when it says so of this thread. */
  u64 thread = load(t->runtime + t->runtime_current_thread);
  return thread && (u64)t->this_thread() == thread ? thread : 0;
}

static u64 innermost(u64 thread) {
  u64 frame = load(thread + state.target.thread_frame);
  return state.target.has_cframe && frame ? load(frame + state.target.cframe_current) : frame;
}

/* Frames that the C stack owns (3.12: owner 3, later 3 and 4) only link; they run no code. */
static inline int runs_code(u64 frame) { return !state.target.has_owner || load8(frame + state.target.frame_owner) < 3; }

static inline u64 frame_code(u64 frame) { return load(frame + state.target.frame_code) & ~3ul; } /* 3.14 tags it */

static inline u64 frame_instruction(u64 frame) {
  u64 at = frame + state.target.frame_instruction;
  return state.target.instruction_is_pointer ? load(at) : load32(at);
}

static u32 byte_offset(u64 code, u64 instruction) {
  if (state.target.instruction_is_pointer) instruction -= code + state.target.code_start;
  else instruction *= state.target.instruction_scale;
  return instruction > 0x7fffffff ? 0 : (u32)instruction; /* before the first instruction */
}

/* Every word is compared with the last walk. The next frame's address comes from memory of ours, so these loads need not wait for each other;
   none is made before the frame that leads to it has been found unchanged. */
static int unchanged(const Walk *walk, u64 frame) {
  const volatile Step *step = walk->step;
  for (u32 i = 0; i < walk->steps; i++) {
    if (frame != step[i].frame) return 0;
    u64 here = step[i].frame, code = step[i].code;
    if (code ? frame_code(here) != code || frame_instruction(here) != step[i].instruction : runs_code(here)) return 0;
    frame = load(here + state.target.frame_back);
  }
  return walk->end == 1 || frame == 0;
}

/* Fills the walk and makes its site. `end` is 1 when the stack may go on below. */
static void take(Walk *walk, u64 frame, u64 native) {
  Site site;
  site.native = native_id(native);
  site.depth = 0;
  walk->steps = 0;
  walk->native = native;
  while (frame && site.depth < state.target.frames && walk->steps < DEEPEST + 8) {
    Step *step = &walk->step[walk->steps++];
    *step = (Step){frame, 0, 0};
    if (runs_code(frame)) {
      step->code = frame_code(frame);
      step->instruction = frame_instruction(frame);
      site.frames[site.depth].code = code_id(step->code);
      site.frames[site.depth++].instruction = byte_offset(step->code, step->instruction);
    }
    frame = load(frame + state.target.frame_back);
  }
  walk->end = frame ? 1 : 0;
  walk->site = site.depth || native ? site_id(&site) : 0;
}

u32 site_of_thread(u64 thread, u64 native) {
  u64 frame = innermost(thread);
  while (frame && !runs_code(frame)) frame = load(frame + state.target.frame_back);
  if (!frame || !state.target.frames) return 0;
  u64 code = frame_code(frame), instruction = frame_instruction(frame);
  u32 at = (u32)(mix(code ^ instruction << 1 ^ native) >> 9) & (MAX_WALKS - 1);
  Walk *walk = &state.walks[at];
  if (LIKELY(walk->steps && walk->native == native)) {
    if (state.target.frames == 1 ? walk->step[0].code == code && walk->step[0].instruction == instruction : unchanged(walk, frame)) return walk->site;
  }
  take(walk, frame, native);
  return walk->site;
}
