/* One line a failed check on stderr; main.c ends with 1 when there was any. */
#ifndef REFSCOPE_CHECK_H
#define REFSCOPE_CHECK_H
#include <stdio.h>

extern _Atomic int checks, failures;

#define CHECK(holds)                                                    \
  do {                                                                  \
    checks++;                                                           \
    if (!(holds)) {                                                     \
      failures++;                                                       \
      fprintf(stderr, "%s:%d: %s: not so: %s\n", __FILE__, __LINE__, __func__, #holds); \
    }                                                                   \
  } while (0)

#define EQUAL(found, wanted)                                            \
  do {                                                                  \
    long long found_ = (long long)(found), wanted_ = (long long)(wanted); \
    checks++;                                                           \
    if (found_ != wanted_) {                                            \
      failures++;                                                       \
      fprintf(stderr, "%s:%d: %s: %s is %lld, not %lld\n", __FILE__, __LINE__, __func__, #found, found_, wanted_); \
    }                                                                   \
  } while (0)

#endif
