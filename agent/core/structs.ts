// Tables of the words that the C core and the agent share; native/core.h and native/entry.c have the same, and test/agent/structs.test.ts compares them.
// Next: core.ts calls what stands here.

/** `Target` of core.h: one 64-bit word each, in order; the last ones are `LibC`. */
export const targetWords = [
  "version",
  "frames",
  "runtime_current_thread",
  "thread_interpreter",
  "thread_frame",
  "cframe_current",
  "frame_back",
  "frame_code",
  "frame_instruction",
  "frame_owner",
  "code_start",
  "object_type",
  "type_flags",
  "type_basic_size",
  "type_item_size",
  "var_size",
  "has_cframe",
  "has_owner",
  "instruction_is_pointer",
  "instruction_scale",
  "runtime",
  "main_interpreter",
  "finalizing",
  "type_type",
  "current_thread",
  "current_thread_tls",
  "this_thread",
  "get_allocator",
  "set_allocator",
  "inc_ref",
  "dec_ref",
  "set_tracer",
  "get_tracer",
  "infer_types",
  "collect",
  "gil.interval",
  "gil.last_holder",
  "gil.locked",
  "gil.switches",
  "gil.mutex",
  "gil.cond",
  "gil.switch_cond",
  "gil.thread_id",
  "gil.steady",
  "gil.mutex_lock",
  "gil.cond_signal",
  "gil.cond_timedwait",
  "gil.clock_gettime",
  "errors.current",
  "errors.current_is_type",
  "errors.handled",
  "errors.handled_value",
  "errors.handled_before",
  "errors.none",
  "errors.evaluator",
  "errors.evaluator_end",
  "errors.messages",
  "errors.details",
  "errors.unicode_type",
  "errors.unicode_state",
  "errors.unicode_ascii",
  "errors.unicode_compact",
  "errors.unicode_length",
  "errors.arguments",
  "errors.tuple_items",
  "errors.tuple_size",
] as const;
export type TargetWord = (typeof targetWords)[number];

/** Bits of `Target.collect`. */
export const collectBits = { lifecycle: 1, gil: 2, errors: 4, watch: 8, sample: 16, audit: 32 } as const;

/** `LibC` of core.h and `got_wrappers` of got.c, in order: C name → name in dynamic symbol tables (C++ ones as the Itanium ABI mangles them). */
export const libcFunctions = {
  malloc: "malloc",
  calloc: "calloc",
  realloc: "realloc",
  free: "free",
  posix_memalign: "posix_memalign",
  aligned_alloc: "aligned_alloc",
  strdup: "strdup",
  operator_new: "_Znwm",
  operator_new_array: "_Znam",
  operator_delete: "_ZdlPv",
  operator_delete_array: "_ZdaPv",
  operator_delete_sized: "_ZdlPvm",
  operator_delete_array_sized: "_ZdaPvm",
} as const;

/** The first words of `State`. */
export const stateOffsets = {
  armed: 0,
  forked: 4,
  code_count: 8,
  type_count: 12,
  codes: 16,
  types: 24,
  drained_at: 32,
  allocator_slots: 40,
  region_count: 64,
} as const;

/** Code patches noted in the core hold this many bytes before and after. Those of creation.ts come first, then those of errors.ts, then Frida's own. */
export const codePatchBytes = 32;
export const firstErrorPatch = 16;
export const ownPatches = 24;
export const codePatches = 40;
/** Stubs of calls.c: as many slots of the C API can be counted. */
export const mostCalls = 8192;

/** The door table of entry.c. */
export const coreMagic = 0x52534345;
export const coreVersion = 1;
export const coreOffsets = {
  magic: 0,
  state: 8,
  prepare: 16,
  arm: 24,
  disarm: 32,
  let_go: 40,
  in_child: 48,
  note_code_patch: 56,
  repair: 64,
  drain: 72,
  totals: 80,
  got_patch: 88,
  allocators_find: 96,
  creation_wrappers: 104,
  got_wrappers: 112,
  settle_region: 120,
  peek_frames: 128,
  read: 136,
  gil_peek: 144,
  gil_thread: 152,
  gil_wrappers: 160,
  error_wrappers: 168,
  extension_note: 176,
  error_message: 184,
  call_stub: 192,
  call_stub_address: 200,
  error_keys: 208,
  error_waiting: 216,
  errors_commit: 224,
  watch: 232,
  audit: 240,
  heap: 248,
} as const;
