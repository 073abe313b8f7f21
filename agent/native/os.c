/* System calls without libc: its functions may be the very ones that are patched. Next: shadow.c. */
#include "base.h"

#if defined(__x86_64__)
enum { SYS_MMAP = 9, SYS_MPROTECT = 10, SYS_MADVISE = 28, SYS_GETPID = 39, SYS_GETTID = 186, SYS_CLOCK_GETTIME = 228, SYS_PROCESS_VM_READV = 310 };

i64 os_call(i64 number, u64 a, u64 b, u64 c, u64 d, u64 e, u64 f) {
  i64 result;
  register u64 r10 __asm__("r10") = d;
  register u64 r8 __asm__("r8") = e;
  register u64 r9 __asm__("r9") = f;
  __asm__ volatile("syscall" : "=a"(result) : "a"(number), "D"(a), "S"(b), "d"(c), "r"(r10), "r"(r8), "r"(r9) : "rcx", "r11", "memory");
  return result;
}
#elif defined(__aarch64__)
enum { SYS_MMAP = 222, SYS_MPROTECT = 226, SYS_MADVISE = 233, SYS_GETPID = 172, SYS_GETTID = 178, SYS_CLOCK_GETTIME = 113, SYS_PROCESS_VM_READV = 270 };

i64 os_call(i64 number, u64 a, u64 b, u64 c, u64 d, u64 e, u64 f) {
  register i64 x8 __asm__("x8") = number;
  register u64 x0 __asm__("x0") = a;
  register u64 x1 __asm__("x1") = b;
  register u64 x2 __asm__("x2") = c;
  register u64 x3 __asm__("x3") = d;
  register u64 x4 __asm__("x4") = e;
  register u64 x5 __asm__("x5") = f;
  __asm__ volatile("svc 0" : "+r"(x0) : "r"(x8), "r"(x1), "r"(x2), "r"(x3), "r"(x4), "r"(x5) : "memory");
  return (i64)x0;
}
#else
#error "no system call convention for this machine"
#endif

enum { PROT_RW = 3, MAP_PRIVATE_ANONYMOUS_NORESERVE = 0x4022, ADVICE_DONTNEED = 4, ADVICE_NOHUGEPAGE = 15, CLOCK_MONOTONIC_ID = 1 };

void *os_reserve(u64 bytes) {
  i64 memory = os_call(SYS_MMAP, 0, bytes, PROT_RW, MAP_PRIVATE_ANONYMOUS_NORESERVE, ~0ul, 0);
  if (memory < 0 && memory > -4096) return NULL;
  /* Sparse tables: a huge page for one word would cost 2 MiB of the target's memory. */
  (void)os_call(SYS_MADVISE, (u64)memory, bytes, ADVICE_NOHUGEPAGE, 0, 0, 0);
  return (void *)memory;
}

void os_empty(void *memory, u64 bytes) { (void)os_call(SYS_MADVISE, (u64)memory, bytes, ADVICE_DONTNEED, 0, 0, 0); }

u64 os_now(void) {
  struct { i64 seconds, nanoseconds; } time = {0, 0};
  (void)os_call(SYS_CLOCK_GETTIME, CLOCK_MONOTONIC_ID, (u64)&time, 0, 0, 0, 0);
  return (u64)time.seconds * 1000000000ul + (u64)time.nanoseconds;
}

u64 os_read(u64 address, void *buffer, u64 bytes) {
  struct { u64 base, length; } here = {(u64)buffer, bytes}, there = {address, bytes};
  u64 self = os_process_id();
  i64 read = os_call(SYS_PROCESS_VM_READV, self, (u64)&here, 1, (u64)&there, 1, 0);
  return read < 0 ? 0 : (u64)read;
}

u64 os_read_both(u64 one, void *buffer, u64 bytes, u64 other, void *more, u64 other_bytes) {
  struct { u64 base, length; } here[2] = {{(u64)buffer, bytes}, {(u64)more, other_bytes}}, there[2] = {{one, bytes}, {other, other_bytes}};
  u64 self = os_process_id();
  i64 read = os_call(SYS_PROCESS_VM_READV, self, (u64)here, 2, (u64)there, 2, 0);
  return read < 0 ? 0 : (u64)read;
}

int os_peek(u64 address, u64 *value) { return os_read(address, value, sizeof *value) == sizeof *value; }

u64 os_process_id(void) { return (u64)os_call(SYS_GETPID, 0, 0, 0, 0, 0, 0); }
u32 os_thread_id(void) { return (u32)os_call(SYS_GETTID, 0, 0, 0, 0, 0, 0); }

int os_protect(u64 address, u64 bytes, int protection) {
  u64 first = address & ~4095ul, end = (address + bytes + 4095) & ~4095ul;
  return (int)os_call(SYS_MPROTECT, first, end - first, (u64)protection, 0, 0, 0);
}

/* The compiler may emit calls to these for loops and assignments. */
void *memset(void *to, int byte, u64 n) {
  for (u64 i = 0; i < n; i++) ((volatile u8 *)to)[i] = (u8)byte;
  return to;
}
void *memcpy(void *restrict to, const void *restrict from, u64 n) {
  for (u64 i = 0; i < n; i++) ((volatile u8 *)to)[i] = ((const u8 *)from)[i];
  return to;
}
