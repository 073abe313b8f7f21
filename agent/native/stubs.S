/* One stub a GOT slot: it counts, and goes on to the function with every register as it was (PyErr_Format takes any number of them).
   At a function's entry the flags, and on arm64 x14 to x17, are free. Next: calls.c. */
#define MAX_CALLS 8192

  .text
  .balign 16
  .hidden call_stubs
  .globl call_stubs
  .type call_stubs, %object
call_stubs:
#if defined(__x86_64__)
  .set i, 0
  .rept MAX_CALLS
  lock incq call_counts + i * 8(%rip)
  jmp *call_targets + i * 8(%rip)
  .balign 16
  .set i, i + 1
  .endr
#else
  .set i, 0
  .rept MAX_CALLS
  movz x17, #i
  b count_call
  .balign 16
  .set i, i + 1
  .endr
count_call:
  adrp x16, call_counts
  add x16, x16, :lo12:call_counts
  add x16, x16, x17, lsl #3
1:
  ldxr x14, [x16]
  add x14, x14, #1
  stxr w15, x14, [x16]
  cbnz w15, 1b
  adrp x16, call_targets
  add x16, x16, :lo12:call_targets
  ldr x16, [x16, x17, lsl #3]
  br x16
#endif

  .bss
  .balign 64
  .hidden call_counts
  .globl call_counts
call_counts:
  .zero 8 * MAX_CALLS
  .hidden call_targets
  .globl call_targets
call_targets:
  .zero 8 * MAX_CALLS

  .section .note.GNU-stack, "", %progbits
