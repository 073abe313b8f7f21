/* Two ways past the audit, each with stubs of 16 bytes: into the module (audit_enter, the function, audit_leave), and out of it to the C API
   (audit_call, the function, audit_called). Unwind tables let C++ exceptions and backtraces through. A stub that is patched out stays: a
   thread may come back through it. Next: audit-scope.c, audit-calls.c. */
#define MAX_ENTRIES 8192
#define MAX_API_SLOTS 2048
#define COPIED 24 /* words of the stack that a function with many arguments may have */

  .text
  .hidden audit_entry_stubs
  .globl audit_entry_stubs
  .hidden audit_call_stubs
  .globl audit_call_stubs
  .hidden audit_copy_stubs
  .globl audit_copy_stubs
#if defined(__x86_64__)
.macro STUBS name, number, to
  .balign 16
\name:
  .cfi_startproc
  .set i, 0
  .rept \number
  .balign 16
  movl $i, %r11d
  jmp \to
  .set i, i + 1
  .endr
  .cfi_endproc
.endm

.macro OPEN bytes
  .cfi_startproc
  push %rbp
  .cfi_def_cfa_offset 16
  .cfi_offset %rbp, -16
  mov %rsp, %rbp
  .cfi_def_cfa_register %rbp
  sub $(\bytes), %rsp
.endm

.macro SAVE at
  mov %rdi, \at(%rsp)
  mov %rsi, \at + 8(%rsp)
  mov %rdx, \at + 16(%rsp)
  mov %rcx, \at + 24(%rsp)
  mov %r8, \at + 32(%rsp)
  mov %r9, \at + 40(%rsp)
  mov %r11, \at + 48(%rsp)
  mov %rax, \at + 56(%rsp)
.endm

.macro RESTORE at
  mov \at(%rsp), %rdi
  mov \at + 8(%rsp), %rsi
  mov \at + 16(%rsp), %rdx
  mov \at + 24(%rsp), %rcx
  mov \at + 32(%rsp), %r8
  mov \at + 40(%rsp), %r9
  mov \at + 56(%rsp), %rax
.endm

.macro CLOSE
  leave
  .cfi_def_cfa %rsp, 8
  ret
  .cfi_endproc
.endm

/* From %rsp: six arguments, the number, %rax, the result. */
enter_module:
  OPEN 80
  SAVE 0
  mov %r11d, %edi
  mov %rsp, %rsi
  call audit_enter
  mov %rax, %r11
  RESTORE 0
  call *%r11
  mov %rax, 64(%rsp)
  mov 48(%rsp), %edi
  mov %rsp, %rsi
  mov %rax, %rdx
  call audit_leave
  mov 64(%rsp), %rax
  CLOSE

/* From `at`: six arguments, the number, %rax, 8 vector registers, what the C side keeps, the results in %rax, %rdx, %xmm0 and %xmm1,
   and, next to the caller's part of the stack, the registers that the function left as they were. */
.macro CALL_API name, at, copied
\name:
  OPEN (\at + 304)
  SAVE \at
  movups %xmm0, \at + 64(%rsp)
  movups %xmm1, \at + 80(%rsp)
  movups %xmm2, \at + 96(%rsp)
  movups %xmm3, \at + 112(%rsp)
  movups %xmm4, \at + 128(%rsp)
  movups %xmm5, \at + 144(%rsp)
  movups %xmm6, \at + 160(%rsp)
  movups %xmm7, \at + 176(%rsp)
  mov %r11d, %edi
  lea \at(%rsp), %rsi
  mov 8(%rbp), %rdx
  call audit_call
  mov %rax, %r11
.if \copied
  cld
  lea 16(%rbp), %rsi
  mov %rsp, %rdi
  mov $\copied, %ecx
  rep movsq
.endif
  RESTORE \at
  movups \at + 64(%rsp), %xmm0
  movups \at + 80(%rsp), %xmm1
  movups \at + 96(%rsp), %xmm2
  movups \at + 112(%rsp), %xmm3
  movups \at + 128(%rsp), %xmm4
  movups \at + 144(%rsp), %xmm5
  movups \at + 160(%rsp), %xmm6
  movups \at + 176(%rsp), %xmm7
  call *%r11
  mov %rax, \at + 208(%rsp)
  mov %rdx, \at + 216(%rsp)
  movups %xmm0, \at + 224(%rsp)
  movups %xmm1, \at + 240(%rsp)
  mov %rbx, \at + 264(%rsp)
  mov %r12, \at + 272(%rsp)
  mov %r13, \at + 280(%rsp)
  mov %r14, \at + 288(%rsp)
  mov %r15, \at + 296(%rsp)
  mov \at + 48(%rsp), %edi
  lea \at(%rsp), %rsi
  mov %rax, %rdx
  call audit_called
  mov \at + 208(%rsp), %rax
  mov \at + 216(%rsp), %rdx
  movups \at + 224(%rsp), %xmm0
  movups \at + 240(%rsp), %xmm1
  CLOSE
.endm

  CALL_API call_api, 0, 0
  CALL_API copy_and_call_api, (COPIED * 8), COPIED

  STUBS audit_entry_stubs, MAX_ENTRIES, enter_module
  STUBS audit_call_stubs, MAX_API_SLOTS, call_api
  STUBS audit_copy_stubs, MAX_API_SLOTS, copy_and_call_api
#else
audit_entry_stubs:
audit_call_stubs:
audit_copy_stubs:
#endif
  .section .note.GNU-stack, "", %progbits
