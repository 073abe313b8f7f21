/* The agent's wish in, a forked child out that walks the heap as it stood at that moment and writes it into a pipe. Made by the system call itself: no handler
   of the program runs, nobody is told of its end (exit signal 0), and the program's own wait does not see it. Under the GIL; it is held for the call alone. */
#include "heap.h"

#if defined(__x86_64__)
enum { SYS_READ = 0, SYS_CLOSE = 3, SYS_POLL = 7, SYS_MMAP = 9, SYS_MUNMAP = 11, SYS_SIGACTION = 13, SYS_SIGPROCMASK = 14, SYS_CLONE = 56, SYS_WAIT4 = 61, SYS_KILL = 62, SYS_FCNTL = 72, SYS_GETPPID = 110, SYS_SETPRIORITY = 141, SYS_PRCTL = 157, SYS_SETRLIMIT = 160, SYS_EXIT_GROUP = 231, SYS_OPENAT = 257, SYS_WRITE = 1, SYS_PIPE2 = 293 };
#else
enum { SYS_READ = 63, SYS_CLOSE = 57, SYS_PPOLL = 73, SYS_MMAP = 222, SYS_MUNMAP = 215, SYS_SIGACTION = 134, SYS_SIGPROCMASK = 135, SYS_CLONE = 220, SYS_WAIT4 = 260, SYS_KILL = 129, SYS_FCNTL = 25, SYS_GETPPID = 173, SYS_SETPRIORITY = 140, SYS_PRCTL = 167, SYS_SETRLIMIT = 164, SYS_EXIT_GROUP = 94, SYS_OPENAT = 56, SYS_WRITE = 64, SYS_PIPE2 = 59 };
#endif
#define HERE (~0ul - 99) /* AT_FDCWD */
enum { CLOSE_ON_EXEC = 0x80000, WHATEVER_KIND = 0x40000000 /* __WALL */, NO_WAIT = 1, KILL = 9, SET_PIPE_SIZE = 1031, SHARED_ANONYMOUS = 0x21, PAGE = 4096 };
enum { DIE_WITH_PARENT = 1, CORE_LIMIT = 4, NICER = 10, BLOCK_SET = 2, READABLE = 1, MOST_LISTED = 0x7fffffff };
/* SIGILL, SIGTRAP, SIGABRT, SIGBUS, SIGFPE, SIGSEGV, SIGSYS: what may go wrong here ends the child and is nobody's to handle. */
static const u8 fatal[] = {4, 5, 6, 7, 8, 11, 31};

static i64 child, reading = -1;

static void write_text(const char *path, const char *text) {
  u64 length = 0;
  while (text[length]) length++;
  i64 file = os_call(SYS_OPENAT, HERE, (u64)path, 1, 0, 0, 0);
  if (file < 0) return;
  (void)os_call(SYS_WRITE, (u64)file, (u64)text, length, 0, 0, 0);
  (void)os_call(SYS_CLOSE, (u64)file, 0, 0, 0, 0, 0);
}

static void settle_in(i64 parent) {
  u64 none[4] = {0}, all = ~0ul;
  const u64 no_core[2] = {1, 1}; /* 0 would still call a core handler (core(5)) */
  for (u32 i = 0; i < sizeof fatal; i++) {
    (void)os_call(SYS_SIGACTION, fatal[i], (u64)none, 0, 8, 0, 0);
    all &= ~(1ul << (fatal[i] - 1));
  }
  (void)os_call(SYS_SIGPROCMASK, BLOCK_SET, (u64)&all, 0, 8, 0, 0);
  (void)os_call(SYS_PRCTL, DIE_WITH_PARENT, KILL, 0, 0, 0, 0);
  if (os_call(SYS_GETPPID, 0, 0, 0, 0, 0, 0) != parent) heap_fail(HEAP_PIPE);
  (void)os_call(SYS_SETRLIMIT, CORE_LIMIT, (u64)no_core, 0, 0, 0, 0);
  (void)os_call(SYS_SETPRIORITY, 0, 0, NICER, 0, 0, 0);
  /* Where memory runs out it is the child that goes, not the program. */
  write_text("/proc/self/oom_score_adj", "1000");
}

/* One of the collector's lists; its links say whether it is one. */
static void list_objects(u64 head) {
  u64 before = head, at = load(head) & ~3ul;
  for (u32 i = 0; at != head; i++) {
    if (i >= MOST_LISTED || !at || (at & 7) || (load(at + 8) & ~3ul) != before) heap_fail(HEAP_LISTS);
    if (!node_of(at + 16)) heap_fail(HEAP_LISTS);
    before = at;
    at = load(at) & ~3ul;
  }
}

static void list_all(void) {
  const HeapTarget *t = &heap.target;
  heap.tracked_from = heap.count;
  for (u32 i = 0; i < 3; i++) list_objects(t->collector + t->collector_generations + i * t->generation_bytes);
  list_objects(t->collector + t->collector_permanent);
  heap.tracked_to = heap.count;
  find_running();
}

static void walk_heap(i64 parent) {
  heap.started = os_now();
  heap.deadline = heap.started + heap.target.deadline;
  heap.orphans_from = heap.orphans_to = ~0u;
  settle_in(parent);
  if (state.armed) commit_pending();
  read_maps();
  if (!heap_reserve()) heap_fail(HEAP_NO_MEMORY);
  find_states();
  list_all();
  walk_all();
  heap.careful = 1;
  find_orphans();
  find_loose();
  heap.orphans_to = heap.count;
  walk_all();
  walk_words();
  put_roots();
  heap_end();
}

static i64 make_pipe(int ends[2]) {
  i64 made = os_call(SYS_PIPE2, (u64)ends, CLOSE_ON_EXEC, 0, 0, 0, 0);
  if (made == 0) (void)os_call(SYS_FCNTL, (u64)ends[1], SET_PIPE_SIZE, 1ul << 20, 0, 0, 0);
  return made;
}

static void close_reading(void) {
  if (reading >= 0) (void)os_call(SYS_CLOSE, (u64)reading, 0, 0, 0, 0, 0);
  reading = -1;
}

/* Gives the page back as well. */
static void end(void) {
  close_reading();
  if (heap.progress) (void)os_call(SYS_MUNMAP, (u64)heap.progress, PAGE, 0, 0, 0, 0);
  heap.progress = NULL;
}

static i64 begin(const HeapTarget *target, HeapProgress **progress) {
  int ends[2];
  i64 page = os_call(SYS_MMAP, 0, PAGE, 3, SHARED_ANONYMOUS, ~0ul, 0);
  if (page < 0 && page > -4096) return page;
  i64 made = make_pipe(ends), self = (i64)os_process_id();
  heap.target = *target;
  heap.minor = (u32)(state.target.version & 0xff);
  *progress = heap.progress = (HeapProgress *)page;
  if (made < 0) return end(), made;
  heap.pipe = ends[1];
  child = os_call(SYS_CLONE, 0, 0, 0, 0, 0, 0);
  if (child == 0) {
    walk_heap(self);
    for (;;) (void)os_call(SYS_EXIT_GROUP, 0, 0, 0, 0, 0, 0);
  }
  (void)os_call(SYS_CLOSE, (u64)ends[1], 0, 0, 0, 0, 0);
  reading = ends[0];
  if (child < 0) end();
  return child;
}

/* What is in the pipe, after at most so many milliseconds: 0 when nothing came, -1 at its end. */
static i64 read_some(u8 *buffer, u64 capacity, u64 milliseconds) {
  struct { int fd; u16 wanted, got; } ask = {(int)reading, READABLE, 0};
  u64 taken = 0;
  while (reading >= 0 && taken < capacity) {
#if defined(__x86_64__)
    i64 ready = os_call(SYS_POLL, (u64)&ask, 1, milliseconds, 0, 0, 0);
#else
    const u64 time[2] = {milliseconds / 1000, milliseconds % 1000 * 1000000};
    i64 ready = os_call(SYS_PPOLL, (u64)&ask, 1, (u64)time, 0, 8, 0);
#endif
    if (ready <= 0) break;
    i64 length = os_call(SYS_READ, (u64)reading, (u64)(buffer + taken), capacity - taken, 0, 0, 0);
    if (length <= 0) return taken ? (i64)taken : -1;
    taken += (u64)length;
  }
  return (i64)taken;
}

/* 0: it still runs. */
static i64 reap(u32 *status) {
  i64 gone = child > 0 ? os_call(SYS_WAIT4, (u64)child, (u64)status, WHATEVER_KIND | NO_WAIT, 0, 0, 0) : -1;
  if (gone != 0) child = 0;
  return gone;
}

static void kill_child(void) {
  u32 status;
  if (child <= 0) return;
  (void)os_call(SYS_KILL, (u64)child, KILL, 0, 0, 0, 0);
  (void)os_call(SYS_WAIT4, (u64)child, (u64)&status, WHATEVER_KIND, 0, 0, 0);
  child = 0;
}

const HeapDoors heap_doors = {begin, read_some, reap, kill_child, end};
