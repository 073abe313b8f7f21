/* Fixed-width words and the few primitives a file without libc needs. Next: os.c. */
#ifndef REFSCOPE_BASE_H
#define REFSCOPE_BASE_H

typedef unsigned char u8;
typedef unsigned short u16;
typedef unsigned int u32;
typedef unsigned long u64;
typedef long i64;

#define NULL ((void *)0)
#define LIKELY(x) __builtin_expect(!!(x), 1)
#define UNLIKELY(x) __builtin_expect(!!(x), 0)
/* Off the hot path: kept out of line, so that the hot path saves no registers for it. */
#define COLD __attribute__((noinline, cold))
#define CALLER ((u64)__builtin_return_address(0))

/* Words of the target; built with -fno-strict-aliasing, for they have other types there. */
static inline u64 load(u64 address) { return *(const u64 *)address; }
static inline u32 load32(u64 address) { return *(const u32 *)address; }
static inline u8 load8(u64 address) { return *(const u8 *)address; }

/* Tells threads apart; the C library gives it again when one has ended. */
static inline u64 thread_pointer(void) {
  u64 pointer;
#if defined(__x86_64__)
  __asm__("movq %%fs:0, %0" : "=r"(pointer));
#else
  __asm__("mrs %0, tpidr_el0" : "=r"(pointer));
#endif
  return pointer;
}

/* A word of this thread's static TLS. */
static inline u64 tls(u64 offset) {
  u64 value;
#if defined(__x86_64__)
  __asm__ volatile("movq %%fs:(%1), %0" : "=r"(value) : "r"(offset));
#else
  __asm__ volatile("mrs %0, tpidr_el0" : "=r"(value));
  value = load(value + offset);
#endif
  return value;
}

static inline u64 mix(u64 value) {
  value *= 0x9E3779B97F4A7C15ul;
  return value ^ (value >> 29);
}

/* os.c: zeroed memory that costs nothing until touched; NULL when there is none. */
void *os_reserve(u64 bytes);
/* Empties it again without unmapping: a thread that still sleeps in a wrapper finds zeroes, not a fault. */
void os_empty(void *memory, u64 bytes);
/* CLOCK_MONOTONIC, nanoseconds. */
u64 os_now(void);
/* Reads one word that may not be mapped: 1 when it was. */
int os_peek(u64 address, u64 *value);
/* As much of it as is mapped, into a buffer: bytes read. */
u64 os_read(u64 address, void *buffer, u64 bytes);
/* Two places at once, the second after the first: a system call is what costs. Bytes of both. */
u64 os_read_both(u64 one, void *buffer, u64 bytes, u64 other, void *more, u64 other_bytes);
/* gettid, getpid */
u32 os_thread_id(void);
u64 os_process_id(void);
/* PROT_READ|PROT_WRITE and back around one pointer; 0 when done. */
int os_protect(u64 address, u64 bytes, int protection);
/* Any other system call; -errno when it failed. */
i64 os_call(i64 number, u64 a, u64 b, u64 c, u64 d, u64 e, u64 f);

#endif
