/* A CPython made of plain memory, and the core armed in it. Next: every test draws its situation with these. */
#ifndef REFSCOPE_WORLD_H
#define REFSCOPE_WORLD_H
#include <stdlib.h>
#include <string.h>

#include "../../agent/native/core.h"
#include "check.h"
#include "ledger.h"

typedef enum { PY39, PY310, PY311, PY313, FLAVOURS } Flavour;

/* The door table of entry.c; test/agent/structs.test.ts compares it with what the agent reads. */
typedef struct {
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
} Door;
const Door *door(void);
const void *refscope_entry(void);

/* Prepared and armed; a Target may be changed in between by `world_change`. */
extern void (*world_change)(Target *target);
void world_open(Flavour flavour, u64 frames);
/* Disarms, lets go, and checks that every pointer and every reference is back. */
void world_close(void);
extern Allocator tables[3];
extern const Allocator originals[3];
extern void *tracer, *tracer_data;
extern long references; /* inc_ref minus dec_ref */
extern _Thread_local int fail_next; /* the next realloc of any domain finds no memory */

/* Flags of a type: tp_flags of object.h. */
enum { PLAIN = 1 << 12, GC = 1 << 12 | 1 << 14, HEAP_GC = 1 << 9 | 1 << 12 | 1 << 14, MANAGED = 1 << 4 | 1 << 9 | 1 << 12 | 1 << 14 };
u64 type_new(u64 flags, u64 basic_size, u64 item_size);
u64 code_new(void);

/* This thread's Python stack; instructions are byte offsets. */
void enter(u64 code, u32 instruction);
void enter_c_owned(void);
void leave(void);
void step_to(u32 instruction);
void caller_steps_to(u32 instruction);
void gil(int held);
void other_interpreter(int yes);
u64 thread_state(void);

/* As CPython calls its tables: OBJ and MEM over 512 bytes are RAW inside. */
void *py_malloc(int domain, u64 size);
void *py_calloc(int domain, u64 count, u64 size);
void *py_realloc(int domain, void *block, u64 size);
void py_free(int domain, void *block);

/* Writes an object's header into a block, and tells of it as this flavour does. */
u64 object_in(void *block, u64 type);
void created(u64 object);
void destroyed(u64 object);
u64 make(u64 type, u64 size);

static inline void *at(u64 address) { return (void *)address; }

#endif
