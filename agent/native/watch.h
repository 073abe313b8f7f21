/* Changes of the reference counts of objects, up to four at a time, each told by a hardware breakpoint: what watch.c keeps and drain-watch.c
   sends. Next: watch.c. */
#ifndef REFSCOPE_WATCH_H
#define REFSCOPE_WATCH_H
#include "base.h"

/* So many breakpoints has the processor; with a sample, objects follow one another. */
enum { WATCH_SLOTS = 4, MOST_WATCHED = 64, MOST_NATIVE = 24 };
/* shared/records.ts has the same. LEFT: the recording ended. REUSED: what stands there is no count: its free was not seen.
   ABANDONED: nobody drained for too long. */
enum { WATCH_FOLLOWED, WATCH_FREED, WATCH_LEFT, WATCH_REUSED, WATCH_ABANDONED };

#define MAX_CHANGES (1u << 16) /* a ring */
#define MAX_PLACES (1u << 15)
#define MAX_WATCH_CODES (1u << 13)
#define MAX_WATCH_EVENTS (1u << 14) /* threads × objects */
#define MAX_WATCH_MODULES (1u << 12)
#define RULE_BITS 16
#define COPY_BYTES (1ul << 25)

typedef struct {
  u64 address; /* of ob_refcnt */
  u64 size;    /* 4 from 3.12 on */
  u64 first, last;
  u32 state, type; /* of a sampled one: as types are numbered */
  u64 seen;     /* signals that came */
  u64 recorded; /* in the ring */
  u64 dropped;  /* no room in it */
  u64 other;    /* wrote what was there before, or came after the end */
  u64 missed;   /* counted by the kernel, and no signal came: known when it has ended */
  u64 begun, changed; /* when */
  u64 released; /* its breakpoints are closed */
} Watched;

typedef struct {
  u64 committed; /* number of this change, from 1; 0 while it is written */
  u64 time, count;
  i64 delta;
  u32 object, tid, code, instruction, depth, pad;
  u64 native[MOST_NATIVE]; /* instruction after the write, then return addresses */
  u64 unused;
} Change;

/* Where changes happen. */
typedef struct {
  u32 code, instruction, depth, pad;
  u64 native[MOST_NATIVE];
} Place;

/* A code object as its words stood; its texts are in `copies`, four pieces in a row: itself, name, file, line table. */
typedef struct {
  u64 code, name, file, table;
  u64 first_line, copy;
} CodeCopy;
typedef struct { u64 address, length; } Piece; /* the bytes follow, up to a multiple of 8 */

/* What the agent tells; all words, the same in agent/core/watch.ts. */
typedef struct {
  u64 code_bytes, code_name, code_file, code_first_line, code_table, bytes_data;
  u64 most_files; /* what it has open stays below this number */
  int (*sigaction)(int, const void *, void *);
  void *(*signal)(int, void *);
} WatchTarget;

/* struct sigaction of the kernel. */
typedef struct { u64 handler, flags, restorer, mask; } Action;

typedef struct { u64 base, end, table, count; } WatchModule;
typedef struct { u32 count, pad; WatchModule modules[MAX_WATCH_MODULES]; } WatchModules;

/* How to get from a function's registers to its caller's, at one instruction. */
typedef struct {
  i64 offset;
  u8 kind, cfa;
  u8 saved[6]; /* rbx, rbp, r12 to r15: so many words below the frame's address; 0: as it was */
  u8 by_own;   /* a bit for each: below the word after the one that rbp points to, instead (functions that align their stack) */
} Rule;
typedef struct { u64 address; u32 ready, pad; Rule rule; } RuleSlot;

typedef struct {
  u32 active, count, code_count, place_count;
  Place *places;
  Watched objects[MOST_WATCHED];
  WatchTarget target;
  Action previous;
  u32 installed, event_count;
  u64 reserved, taken; /* changes put into the ring, and taken out */
  u64 copied;
  Change *changes;
  u32 *place_buckets;
  CodeCopy *codes;
  u32 *code_buckets;
  u8 *copies;
  u64 *events; /* file descriptor << 8 | object */
  RuleSlot *rules;
  WatchModules *modules, *next_modules;
} Watch;
extern Watch watch;

/* Objects to be followed as they are made: what they are to be, and where. Texts are copied; all words, the same in agent/core/watch-sample.ts. */
typedef struct {
  u64 objects; /* so many in all */
  u64 line;    /* 0: any; so for the others that have no length */
  const u8 *type;
  const u32 *file, *function; /* code points */
  u64 type_length, file_length, function_length;
  u64 name_of_type; /* offset of tp_name */
  int (*line_of)(void *code, int offset); /* PyCode_Addr2Line */
} SampleTarget;

/* Door table of its own: the same, in order, in agent/core/watch.ts. */
typedef struct {
  Watch *watch;
  int (*prepare)(const WatchTarget *);
  i64 (*follow)(u64 address, u64 size);
  void (*stop)(void);
  int (*settled)(void);
  void (*end)(void);
  void (*module_add)(u64 base, u64 size);
  void (*modules_done)(void);
  u64 (*code_copy)(u32 id);
  int (*sigaction)(int, const void *, void *);
  void *(*signal)(int, void *);
  i64 (*sample_begin)(const SampleTarget *);
  void (*sample_end)(void);
  void (*sample_counts)(u64 *);
} WatchDoors;
extern const WatchDoors watch_doors;

/* watch-signal.c: SIGTRAP is ours while objects are followed; what is not ours is passed on to whoever had it before. */
int signal_take(void);
void signal_give_back(void);
int watch_sigaction(int number, const void *action, void *old);
void *watch_signal(int number, void *handler);
/* watch.c: a signal of ours. */
void watch_hit(Watched *object, const u64 *registers, int late);
/* No more hits from now on; the signals of those before may still come. */
void watch_stop(void);
/* Everything is as it was before. */
void watch_end(void);
/* In a forked child, which has none of the breakpoints: the signal and the files go. */
void watch_forget(void);

/* watch-events.c: one breakpoint for each thread there is; threads made later inherit theirs. -errno when it failed, and then none is left. */
i64 events_open(u32 object);
void events_disable(u32 object);
/* Closes those of one object; how often the kernel counted it is noted before. Under the GIL. */
void events_release(u32 object);
/* How often the kernel counted it. */
u64 events_counted(u32 object);
void events_close(void);

/* watch-sample.c: under the GIL, in the thread that makes the object, which nobody else has seen. */
void sample_created(u64 object);
/* 0, or -errno: no breakpoint can be set. */
i64 sample_begin(const SampleTarget *target);
/* No object more; under the GIL. Those that were let go are looked at once more. */
void sample_end(void);
/* Made at the site meanwhile; of these: not followed because no breakpoint could be set. */
void sample_counts(u64 out[2]);

/* watch-codes.c: number of a copy of what names a code object, of which these are the first words; 0 when there is no room. Under the GIL. */
enum { CODE_HEAD = 256 };
u32 code_copied(u64 code, const u8 head[CODE_HEAD]);
u64 code_copy(u32 id);

/* unwind.c: instruction and return addresses, the innermost first, up to the evaluator of Python code: how many. */
enum { STACK_WINDOW = 1024 };
/* A part of the stack, read at once. */
typedef struct { u64 from, length, words[STACK_WINDOW / 8]; } Stack;
u32 unwind(const u64 *registers, Stack *stack, u64 out[MOST_NATIVE]);
void module_add(u64 base, u64 size);
void modules_done(void);

/* Words of the kernel's sigcontext, as `gregs` of ucontext_t. */
enum { REG_12 = 4, REG_13, REG_14, REG_15, REG_BP = 10, REG_BX, REG_SP = 15, REG_IP = 16 };

#endif
