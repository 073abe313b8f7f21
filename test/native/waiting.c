/* Threads of their own in, their holds of the lock out. Next: gil.test.c, sleepers.test.c. */
#include "waiting.h"

#include <unistd.h>

struct Work {
  u64 thread, times;
  _Atomic u32 tid;
};

static void *work_on(void *words) {
  Work *work = words;
  work->tid = os_thread_id();
  for (u64 i = 0; i < work->times; i++) {
    take_gil(work->thread);
    drop_gil(work->thread);
  }
  return NULL;
}

Waiting waiting_start(u64 thread, u64 times) {
  Waiting waiting;
  waiting.work = malloc(sizeof *waiting.work);
  *waiting.work = (Work){thread, times, 0};
  CHECK(pthread_create(&waiting.thread, NULL, work_on, waiting.work) == 0);
  while (!waiting.work->tid) usleep(100);
  waiting.tid = waiting.work->tid;
  return waiting;
}

static int sleeps(u32 tid) {
  char path[64], text[512];
  snprintf(path, sizeof path, "/proc/self/task/%u/stat", tid);
  FILE *file = fopen(path, "r");
  u64 length = file ? fread(text, 1, sizeof text - 1, file) : 0;
  if (file) fclose(file);
  text[length] = 0;
  const char *name_end = strrchr(text, ')');
  return name_end && name_end[1] == ' ' && name_end[2] == 'S';
}

/* Twice in a row: on its way it may sleep for the mutex alone. */
void waiting_asleep(const Waiting *waiting) {
  for (int seen = 0; seen < 3; usleep(1000)) seen = sleeps(waiting->tid) ? seen + 1 : 0;
}

void waiting_end(Waiting *waiting) {
  pthread_join(waiting->thread, NULL);
  free(waiting->work);
}
