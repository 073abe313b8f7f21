/* SIGTRAP in: a hit of ours to watch.c, any other to the handler that was there before, as the kernel would have called it. Next: watch.c. */
#include "core.h"

#if defined(__x86_64__)
enum { SYS_RT_SIGACTION = 13, SYS_RT_SIGPROCMASK = 14, SYS_GETPID = 39, SYS_TGKILL = 234 };
#else
enum { SYS_RT_SIGACTION = 134, SYS_RT_SIGPROCMASK = 135, SYS_GETPID = 172, SYS_TGKILL = 131 };
#endif
enum { TRAP = 5, MASK_BYTES = 8, DEFAULT = 0, IGNORED = 1, SET_MASK = 2 };
enum { FLAG_INFO = 4, FLAG_RESTORER = 0x04000000, FLAG_STACK = 0x08000000, FLAG_RESTART = 0x10000000, FLAG_NODEFER = 0x40000000 };
#define FLAG_RESET 0x80000000ul
/* siginfo of asm-generic/siginfo.h, ucontext of asm/ucontext.h. */
enum { INFO_CODE = 8, INFO_PERF_DATA = 24, INFO_PERF_FLAGS = 36, TRAP_PERF = 6, CONTEXT_REGISTERS = 40, CONTEXT_MASK = 296 };

extern const u8 watch_restorer[];

static i64 kernel_action(const Action *action, Action *old) {
  return os_call(SYS_RT_SIGACTION, TRAP, (u64)action, (u64)old, MASK_BYTES, 0, 0);
}

/* Ends the process by SIGTRAP, as it would have without us, when the handler returns. */
static void die(void) {
  Action action = {DEFAULT, 0, 0, 0};
  (void)kernel_action(&action, NULL);
  (void)os_call(SYS_TGKILL, (u64)os_call(SYS_GETPID, 0, 0, 0, 0, 0, 0), os_thread_id(), TRAP, 0, 0, 0);
}

static void pass_on(int number, u8 *info, u8 *context) {
  Action before = watch.previous;
  int code = (int)load32((u64)info + INFO_CODE);
  if (before.handler == IGNORED && code <= 0) return;
  if (before.handler <= IGNORED) {
    die();
    return;
  }
  u64 mask = load((u64)context + CONTEXT_MASK) | before.mask | (before.flags & FLAG_NODEFER ? 0 : 1ul << (TRAP - 1));
  if (before.flags & FLAG_RESET) watch.previous.handler = DEFAULT;
  (void)os_call(SYS_RT_SIGPROCMASK, SET_MASK, (u64)&mask, 0, MASK_BYTES, 0, 0);
  ((void (*)(int, void *, void *))before.handler)(number, info, context);
}

static Watched *ours(const u8 *info) {
  if (load32((u64)info + INFO_CODE) != TRAP_PERF) return NULL;
  for (u32 i = 0; i < MOST_WATCHED; i++)
    if (load((u64)info + INFO_PERF_DATA) == (u64)&watch.objects[i]) return &watch.objects[i];
  return NULL;
}

static void on_trap(int number, u8 *info, u8 *context) {
  Watched *object = ours(info);
  if (!object) pass_on(number, info, context);
  else watch_hit(object, (const u64 *)(context + CONTEXT_REGISTERS), (load32((u64)info + INFO_PERF_FLAGS) & 1) != 0);
}

/* Everything else is blocked meanwhile. On the thread's signal stack where it has one: Go's threads must have it so. */
int signal_take(void) {
  Action action = {(u64)on_trap, FLAG_INFO | FLAG_RESTORER | FLAG_STACK | FLAG_RESTART, (u64)watch_restorer, ~0ul};
  if (watch.installed) return 1;
  if (kernel_action(NULL, &watch.previous) || kernel_action(&action, NULL)) return 0;
  watch.installed = 1;
  return 1;
}

/* A thread that blocks SIGTRAP may have one of ours waiting, which would end the process later: ignoring a signal throws away what waits (signal(7)). */
void signal_give_back(void) {
  Action now, ignored = {IGNORED, 0, 0, 0};
  if (!watch.installed) return;
  watch.installed = 0;
  if (kernel_action(NULL, &now) || now.handler != (u64)on_trap) return; /* somebody else's since */
  u64 missed = 0;
  for (u32 i = 0; i < watch.count; i++) missed += watch.objects[i].missed;
  if (missed) (void)kernel_action(&ignored, NULL);
  (void)kernel_action(&watch.previous, NULL);
}

/* struct sigaction of the C library: the mask is longer, flags and restorer follow it. */
enum { LIBC_MASK = 8, LIBC_FLAGS = 136, LIBC_RESTORER = 144, LIBC_BYTES = 152 };

static void told_before(u8 *old, const Action *before) {
  for (u32 i = 0; i < LIBC_BYTES; i++) old[i] = 0;
  *(u64 *)old = before->handler;
  *(u64 *)(old + LIBC_MASK) = before->mask;
  *(u32 *)(old + LIBC_FLAGS) = (u32)(before->flags & ~(u64)FLAG_RESTORER);
}

/* The target sets or asks for its own handler while ours stands before it. */
int watch_sigaction(int number, const void *action, void *old) {
  if (number != TRAP || !watch.installed) return watch.target.sigaction(number, action, old);
  Action before = watch.previous;
  const u8 *from = action;
  if (from)
    watch.previous = (Action){load((u64)from), load32((u64)from + LIBC_FLAGS) | FLAG_RESTORER, (u64)watch_restorer, load((u64)from + LIBC_MASK)};
  if (old) told_before(old, &before);
  return 0;
}

void *watch_signal(int number, void *handler) {
  if (number != TRAP || !watch.installed) return watch.target.signal(number, handler);
  Action before = watch.previous;
  watch.previous = (Action){(u64)handler, FLAG_RESTART | FLAG_RESTORER, (u64)watch_restorer, 1ul << (TRAP - 1)};
  return (void *)before.handler;
}
