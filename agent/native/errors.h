/* What happens to the error indicator, counted by act, type and site. Next: errors.c. */
#ifndef REFSCOPE_ERRORS_H
#define REFSCOPE_ERRORS_H
#include "base.h"

/* Where a thread state keeps its errors; all words, part of `Target`. */
typedef struct {
  u64 current;            /* in the thread state: its type up to 3.11, the exception from 3.12 on; NULL: none */
  u64 current_is_type;
  u64 handled;            /* in the thread state: the innermost _PyErr_StackItem */
  u64 handled_value, handled_before; /* in that: the exception, the item around it */
  u64 none;               /* Py_None: no exception either */
  u64 evaluator, evaluator_end; /* _PyEval_EvalFrameDefault: what lies above it on the stack called Python code */
  u64 messages;           /* keep the first message of each key */
  u64 details;            /* tell also what clears and overwrites, and for whom */
  u64 unicode_type, unicode_state, unicode_ascii, unicode_compact, unicode_length;
  u64 arguments, tuple_items, tuple_size; /* of an exception, of a tuple */
} ErrorTarget;

enum { RAISED, CLEARED, OVERWRITTEN };

typedef struct { u32 act, type, site, sent; } ErrorKey;
typedef struct { u64 count, chained; } ErrorCount;

/* The key of what last happened at a place in the code. */
typedef struct {
  const void *memo;
  u64 type;
  u32 site, key;
} ErrorMemo;

enum { MESSAGE_BYTES = 256 };
typedef struct { u8 text[MESSAGE_BYTES]; } Message;

typedef struct { u64 from, to; } Range;

#define MAX_ERROR_KEYS (1u << 15)
#define ERROR_MEMO_BITS 11
#define MAX_ERROR_MEMOS (1u << ERROR_MEMO_BITS)
#define MAX_RANGES (1u << 12)

/* The newest raise, not counted yet: when C code clears it before anything else happens, it was only a question that was answered with no
   (a module's attribute is looked for twice, hasattr, the end of a C iterator) and counts as cleared. */
typedef struct {
  u64 thread, type;
  const void *memo;
  u32 key, chained, site, pad;
} Raise;

typedef struct {
  ErrorKey *keys;
  u32 *key_buckets;
  ErrorCount *counts, *sent;
  ErrorMemo *memos;
  Message *messages;
  Range *extensions; /* executable memory of extension modules */
  u32 key_count, keys_sent, extension_count, pad;
  Raise newest;
  u64 raises;  /* how many there were, the newest with them */
  u64 events;  /* counted; by it a function that ends in another one of these knows that it was told of already */
  u64 lost_error; /* counted already; functions that lose it end in one another */
  u64 dropped; /* in other interpreters, or without a place to be counted */
} Errors;

/* Counts the newest raise; under the GIL. */
void errors_commit(void);
/* The number of the newest raise while it is not counted yet, else 0. */
u64 error_waiting(void);
/* How many keys there are: 1 to this. */
u32 error_keys(void);
void extension_note(u64 from, u64 to);
/* The message of the first error of a key; its length, 0: none. */
u64 error_message(u32 key, u8 out[MESSAGE_BYTES]);

#endif
