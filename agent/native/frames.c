/* A running thread in, the memo of its Python stack out. Reads CPython's frames by offset; calls nothing unless the stack is new. Next: sites.c. */
#include "core.h"

u64 thread_with_gil(void) {
  const Target *t = &state.target;
  if (t->current_thread) {
    u64 thread = LIKELY(t->current_thread_tls != 0) ? tls(t->current_thread_tls) : (u64)t->current_thread();
    return LIKELY(thread && load(thread + t->thread_interpreter) == t->main_interpreter) ? thread : 0;
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

static inline u64 code_word(u64 frame) { return load(frame + state.target.frame_code); }
static inline u64 instruction_word(u64 frame) {
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
static inline int unchanged(const Walk *walk, u64 frame) {
  u64 to_code = state.target.frame_code, to_instruction = state.target.frame_instruction, to_back = state.target.frame_back;
  u64 mask = state.target.instruction_is_pointer ? ~0ul : 0xffffffff;
  const Step *step = walk->step, *end = step + walk->steps;
  if (step->frame != frame) return 0;
  for (; step < end; step++) {
    u64 here = step->frame;
    u64 differs = (load(here + to_code) ^ step->code) | ((load(here + to_instruction) ^ step->instruction) & mask) | (load(here + to_back) ^ step[1].frame);
    if (UNLIKELY(differs != 0)) return 0;
  }
  return 1;
}

/* Fills the walk and makes its site. */
static COLD u32 take(Walk *walk, u64 frame, u64 native) {
  Site site;
  site.native = native_id(native);
  site.depth = 0;
  walk->steps = 0;
  while (frame && site.depth < state.target.frames && walk->steps < DEEPEST + 8) {
    u64 code = code_word(frame), instruction = instruction_word(frame);
    walk->step[walk->steps++] = (Step){frame, code, instruction};
    if (runs_code(frame)) {
      code &= ~3ul; /* 3.14 tags it */
      site.frames[site.depth].code = code_id(code);
      site.frames[site.depth++].instruction = byte_offset(code, instruction);
    }
    frame = load(frame + state.target.frame_back);
  }
  walk->step[walk->steps].frame = frame;
  return site_id(&site);
}

static COLD Memo *renew(Memo *memo, u64 code, u64 instruction, u64 native, u32 site) {
  if (memo->site != site)
    for (int i = 0; i < MEMO_KEYS; i++) memo->tags[i] = memo->keys[i] = 0;
  memo->code = code;
  memo->instruction = instruction;
  memo->native = native;
  memo->site = site;
  return memo;
}

static inline u64 memo_index(u64 code, u64 instruction, u64 native) { return (((code >> 4) ^ instruction ^ native) * 0x9E3779B97F4A7C15ul) >> (64 - MEMO_BITS); }

static COLD Memo *walked(Memo *memo, u64 at, u64 frame, u64 native) {
  u32 site = take(&state.walks[at], frame, native);
  return renew(memo, code_word(frame), instruction_word(frame), native, site);
}

/* Kept apart, so that one frame alone costs no saved registers. */
static __attribute__((noinline)) Memo *memo_of_stack(Memo *memo, u64 at, u64 frame, u64 native) {
  return LIKELY(unchanged(&state.walks[at], frame)) ? memo : walked(memo, at, frame, native);
}

static __attribute__((noinline)) u64 first_with_code(u64 frame) {
  while (frame && !runs_code(frame)) frame = load(frame + state.target.frame_back);
  return frame;
}

Memo *memo_of_thread(u64 thread, u64 native) {
  u64 frame = innermost(thread);
  if (LIKELY(frame != 0) && UNLIKELY(!runs_code(frame))) frame = first_with_code(frame);
  if (UNLIKELY(!frame || !state.target.frames)) return NULL;
  u64 code = code_word(frame), instruction = instruction_word(frame), at = memo_index(code, instruction, native);
  Memo *memo = &state.memos[at];
  if (UNLIKELY(memo->code != code || memo->instruction != instruction || memo->native != native)) return walked(memo, at, frame, native);
  return state.target.frames == 1 ? memo : memo_of_stack(memo, at, frame, native);
}

int running_code(u64 thread, u64 *code, u32 *instruction) {
  u64 frame = innermost(thread);
  if (frame && !runs_code(frame)) frame = first_with_code(frame);
  if (!frame) return 0;
  *code = code_word(frame) & ~3ul;
  *instruction = byte_offset(*code, instruction_word(frame));
  return 1;
}

Memo *memo_of_native(u64 address) {
  Memo *memo = &state.memos[memo_index(0, 0, address)];
  if (memo->code == 0 && memo->native == address && memo->site) return memo;
  Site site;
  site.native = native_id(address);
  site.depth = 0;
  return renew(memo, 0, 0, address, site_id(&site));
}

static int peek_code_word(u64 frame, Step *out) {
  const Target *t = &state.target;
  u64 instruction;
  if (!os_peek(frame + t->frame_code, &out->code) || !os_peek(frame + t->frame_instruction, &instruction)) return 0;
  out->code &= ~3ul;
  out->frame = frame;
  if (!t->instruction_is_pointer) instruction &= 0xffffffff;
  out->instruction = byte_offset(out->code, instruction);
  return 1;
}

/* The owner byte, in the word that holds it. */
static int peek_runs_code(u64 frame) {
  u64 word, at = frame + state.target.frame_owner;
  if (!state.target.has_owner || !os_peek(at & ~7ul, &word)) return 1;
  return (u8)(word >> (at & 7) * 8) < 3;
}

u64 peek_frames(u64 thread, Step *out, u64 most) {
  const Target *t = &state.target;
  u64 frame, count = 0;
  if (!os_peek(thread + t->thread_frame, &frame)) return 0;
  if (t->has_cframe && frame && !os_peek(frame + t->cframe_current, &frame)) return 0;
  for (u64 walked = 0; frame && walked < most + 8 && count < most; walked++) {
    if (peek_runs_code(frame)) {
      if (!peek_code_word(frame, &out[count])) return count;
      count++;
    }
    if (!os_peek(frame + t->frame_back, &frame)) return count;
  }
  return count;
}
