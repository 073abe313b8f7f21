/* A watched object in, a hardware breakpoint on its count for each thread out, as perf events that send SIGTRAP (perf_event_open(2)).
   Threads made later inherit them, forked children and other programs do not. Next: watch-signal.c. */
#include "core.h"

#if defined(__x86_64__)
enum { SYS_READ = 0, SYS_CLOSE = 3, SYS_IOCTL = 16, SYS_GETDENTS = 217, SYS_OPENAT = 257, SYS_PERF_EVENT_OPEN = 298 };
enum { OPEN_FOLDER = 0x90000 /* O_DIRECTORY | O_CLOEXEC */ };
#else
enum { SYS_READ = 63, SYS_CLOSE = 57, SYS_IOCTL = 29, SYS_GETDENTS = 61, SYS_OPENAT = 56, SYS_PERF_EVENT_OPEN = 241 };
enum { OPEN_FOLDER = 0x84000 };
#endif
enum { CLOSE_ON_EXEC = 8, IOC_DISABLE = 0x2401, FIND_NO_THREAD = -3 /* ESRCH */, TOO_MANY = -24 /* EMFILE */, NO_MACHINE = -38 /* ENOSYS */ };
#define HERE (~0ul - 99) /* AT_FDCWD */

/* perf_event_attr as of Linux 5.13. */
typedef struct {
  u32 type, size;
  u64 config, period, sample_type, read_format, flags;
  u32 wakeup, breakpoint;
  u64 address, length, unused[6], data;
} Attributes;
enum { BREAKPOINT = 5, WRITES = 2 };
enum { INHERIT = 1, EXCLUDE_KERNEL = 5, EXCLUDE_HYPERVISOR = 6, INHERIT_THREAD = 35, REMOVE_ON_EXEC = 36, SIGTRAP_ON_HIT = 37 };
#define BIT(number) (1ul << (number))

static i64 open_one(u32 tid, u32 object) {
  const Watched *watched = &watch.objects[object];
  Attributes attributes = {.type = BREAKPOINT, .size = sizeof attributes, .period = 1, .breakpoint = WRITES, .address = watched->address, .length = watched->size, .data = (u64)watched};
  attributes.flags = BIT(INHERIT) | BIT(EXCLUDE_KERNEL) | BIT(EXCLUDE_HYPERVISOR) | BIT(INHERIT_THREAD) | BIT(REMOVE_ON_EXEC) | BIT(SIGTRAP_ON_HIT);
  if (watch.event_count >= MAX_WATCH_EVENTS) return TOO_MANY;
  i64 fd = os_call(SYS_PERF_EVENT_OPEN, (u64)&attributes, tid, ~0ul, ~0ul, CLOSE_ON_EXEC, 0);
  if (fd == FIND_NO_THREAD) return 0; /* it has ended */
  if (fd < 0) return fd;
  watch.events[watch.event_count++] = (u64)fd << 8 | object;
  return (u64)fd < watch.target.most_files ? 0 : TOO_MANY;
}

static u32 number_in(const u8 *name) {
  u32 number = 0;
  for (; *name >= '0' && *name <= '9'; name++) number = number * 10 + (u32)(*name - '0');
  return number;
}

/* Thread ids in one piece of the folder; an entry is inode, offset, length (16 bit), kind (8 bit), name (getdents64(2)). */
static i64 open_listed(const u8 *entries, i64 length, u32 object) {
  for (i64 at = 0; at < length; at += *(const u16 *)(entries + at + 16)) {
    u32 tid = number_in(entries + at + 19);
    i64 failed = tid ? open_one(tid, object) : 0;
    if (failed) return failed;
  }
  return 0;
}

/* The GIL is held: no thread of Python's is made meanwhile. */
i64 events_open(u32 object) {
#if !defined(__x86_64__)
  return (void)object, NO_MACHINE;
#endif
  static u8 entries[8192] __attribute__((aligned(8)));
  i64 folder = os_call(SYS_OPENAT, HERE, (u64) "/proc/self/task", OPEN_FOLDER, 0, 0, 0), failed = 0, length = 0;
  if (folder < 0) return folder;
  while (!failed && (length = os_call(SYS_GETDENTS, (u64)folder, (u64)entries, sizeof entries, 0, 0, 0)) > 0) failed = open_listed(entries, length, object);
  (void)os_call(SYS_CLOSE, (u64)folder, 0, 0, 0, 0, 0);
  if (!failed) failed = length;
  if (failed) events_disable(object);
  return failed;
}

/* Closing alone would not do: a process forked meanwhile may have the same files open. */
void events_disable(u32 object) {
  for (u32 i = 0; i < watch.event_count; i++)
    if ((watch.events[i] & 255) == object) (void)os_call(SYS_IOCTL, watch.events[i] >> 8, IOC_DISABLE, 0, 0, 0, 0);
}

u64 events_counted(u32 object) {
  u64 sum = 0;
  for (u32 i = 0; i < watch.event_count; i++) {
    u64 count = 0;
    if ((watch.events[i] & 255) != object) continue;
    if (os_call(SYS_READ, watch.events[i] >> 8, (u64)&count, sizeof count, 0, 0, 0) == sizeof count) sum += count;
  }
  return sum;
}

void events_release(u32 object) {
  u32 kept = 0;
  u64 counted = events_counted(object), seen = __atomic_load_n(&watch.objects[object].seen, __ATOMIC_ACQUIRE);
  events_disable(object);
  for (u32 i = 0; i < watch.event_count; i++) {
    if ((watch.events[i] & 255) != object) watch.events[kept++] = watch.events[i];
    else (void)os_call(SYS_CLOSE, watch.events[i] >> 8, 0, 0, 0, 0, 0);
  }
  watch.event_count = kept;
  watch.objects[object].missed = counted > seen ? counted - seen : 0;
  watch.objects[object].released = 1;
}

void events_close(void) {
  for (u32 i = 0; i < watch.event_count; i++) (void)os_call(SYS_CLOSE, watch.events[i] >> 8, 0, 0, 0, 0, 0);
  watch.event_count = 0;
}
