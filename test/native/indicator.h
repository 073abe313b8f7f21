/* An error indicator as CPython keeps it in a thread state, with the functions of Python/errors.c that the core wraps. Next: indicator.c. */
#ifndef REFSCOPE_INDICATOR_H
#define REFSCOPE_INDICATOR_H
#include "world.h"

typedef struct {
  int messages, details;
} Told;

/* A world that collects errors alone. */
void errors_open(Flavour flavour, Told told);
Ledger *errors_ended(void);
void errors_close(Ledger *ledger);

/* Words: reference count, type, args. */
typedef struct { u64 words[4]; } Error;
/* An exception type, and an exception of it. */
u64 error_type(void);
u64 error_of(u64 type);
/* The type that is set; 0: none. */
u64 indicated(void);
/* An except block: what it handles becomes the context of what it raises. */
void handle(u64 error);
void handled(void);

/* Through the wrappers, as CPython calls them. */
void set_object(u64 type, u64 value);
void set_none(u64 type);
void clear_of(void);
void clear(void);
void restore_of(u64 type, u64 value);
void restore(u64 type, u64 value);
void set_raised(u64 error);
/* PyErr_Fetch: takes it away without a word. */
u64 fetch(void);
/* Whether _PyErr_SetNone calls _PyErr_SetObject, or was compiled apart. */
extern int none_is_apart;
/* From 3.12 on, and before while an exception is handled, _PyErr_SetObject clears what was set before it makes the exception. */
extern int set_clears_first;

#endif
