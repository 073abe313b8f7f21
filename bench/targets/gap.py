"""In: the word `worst` on stdin. Out: the longest time, in milliseconds, that this thread did not run since it was last asked.

The thread does nothing but read the clock, so what it misses is what stopped it: an attach, a detach, or the machine
(lifted out by asking over the same time without either). Used by attach.ts.
"""
import os
import select
import sys
import time


def main():
    print("ready", os.getpid(), flush=True)
    worst, last, n = 0.0, time.perf_counter(), 0
    while True:
        now = time.perf_counter()
        worst = max(worst, now - last)
        last = now
        n += 1
        if n % 2000 == 0 and select.select([0], [], [], 0)[0]:
            if not sys.stdin.readline():
                return
            print(worst * 1000, flush=True)
            worst, last = 0.0, time.perf_counter()


main()
