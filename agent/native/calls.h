/* Calls of the C API through one module's GOT slot, counted by a stub of its own. Next: stubs.S, calls.c. */
#ifndef REFSCOPE_CALLS_H
#define REFSCOPE_CALLS_H
#include "base.h"

#define MAX_CALLS 8192u /* the same in stubs.S */

typedef struct {
  u32 count, pad;
  u64 slots[MAX_CALLS];
  u64 sent[MAX_CALLS];
} Calls;

/* Stub of a slot, by number; MAX_CALLS: none is left. A slot keeps its stub for ever: a thread may be on its way through it. */
u32 call_stub(u64 slot, u64 function);
u64 call_stub_address(u32 stub);
/* Counts go on from here. */
void calls_begin(void);

#endif
