/* The subjects by name in, "N checks" out; 1 when one of them failed. Without a name all are run. */
#include <string.h>

#include "check.h"

_Atomic int checks, failures;

#define SUBJECTS(one) \
  one(counts) one(objects) one(domains) one(sites) one(drains) one(slots) one(lifetime) one(capacities) \
  one(gil) one(sleepers) one(turns) one(errors) one(error_limits) one(messages) one(calls) one(threads) one(watch) one(sample) \
  one(borrowed) one(heap)
#define DECLARE(name) void test_##name(void);
SUBJECTS(DECLARE)

#define ROW(name) {#name, test_##name},
static const struct {
  const char *name;
  void (*run)(void);
} subjects[] = {SUBJECTS(ROW)};

static int is_named(const char *name, char **words) {
  while (*words && strcmp(*words, name) != 0) words++;
  return *words != NULL;
}

int main(int count, char **words) {
  for (unsigned i = 0; i < sizeof subjects / sizeof subjects[0]; i++) {
    if (count > 1 && !is_named(subjects[i].name, words + 1)) continue;
    int before = checks;
    subjects[i].run();
    printf("%s: %d checks\n", subjects[i].name, checks - before);
    fflush(stdout);
  }
  printf("%d failures\n", failures);
  return failures ? 1 : 0;
}
