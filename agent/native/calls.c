/* Slots of the C API in, the stub of each out; and how often each was passed through. Next: drain.c. */
#include "core.h"
#include "out.h"

/* stubs.S */
extern u64 call_counts[MAX_CALLS], call_targets[MAX_CALLS];
extern const u8 call_stubs[MAX_CALLS * 16];

#define CALLS (state.calls)
enum { CALL_BYTES = 24 };

u32 call_stub(u64 slot, u64 function) {
  for (u32 i = 0; i < CALLS.count; i++)
    if (CALLS.slots[i] == slot && call_targets[i] == function) return i;
  if (CALLS.count >= MAX_CALLS) return MAX_CALLS;
  u32 stub = CALLS.count;
  CALLS.slots[stub] = slot;
  call_targets[stub] = function;
  CALLS.sent[stub] = READ(call_counts[stub]);
  __atomic_store_n(&CALLS.count, stub + 1, __ATOMIC_RELEASE);
  return stub;
}

u64 call_stub_address(u32 stub) { return (u64)&call_stubs[stub * 16ul]; }

void calls_begin(void) {
  for (u32 i = 0; i < CALLS.count; i++) CALLS.sent[i] = READ(call_counts[i]);
}

int put_call_section(Out *out, u16 *sections) {
  u32 before = 0, i = 0, count = __atomic_load_n(&CALLS.count, __ATOMIC_ACQUIRE);
  if (!count) return 1;
  section_open(out, WIRE_CALLS);
  for (; i < count && room(out, CALL_BYTES); i++) {
    u64 calls = READ(call_counts[i]) - CALLS.sent[i];
    if (!calls) continue;
    put_unsigned(out, i - before);
    put_unsigned(out, calls);
    CALLS.sent[i] += calls;
    before = i;
    out->records++;
  }
  section_close(out);
  *sections = (u16)(*sections + 1);
  return i == count;
}
