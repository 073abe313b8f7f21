"""What every program of this folder does: says that it is ready, then works for ever at a pace of its own."""
import os
import time


def forever(step, rate=200):
    print("ready %d" % os.getpid(), flush=True)
    due = time.perf_counter()
    n = 0
    while True:
        step(n)
        n += 1
        due += 1 / rate
        pause = due - time.perf_counter()
        if pause > 0:
            time.sleep(pause)
        elif pause < -1:
            due = time.perf_counter()
