"""In: the word `done` on stdin. Out: how much work was done so far. A process that does what makes an attach dangerous.

Threads that allocate, raise and collect; threads inside C calls without the GIL; a child forked ten times a second that
must come back healthy; a timer signal every 5 ms with a Python handler; threads that are born and end. Used by cycles.ts.
"""
import gc
import os
import signal
import sys
import threading
import time
import warnings
import zlib


class Work:
    def __init__(self):
        self.done = [0] * 6
        self.bad_children = 0

    def objects(self):
        kept = {}
        while True:
            for n in range(200):
                kept[n] = {"n": n, "parts": [str(n), (n, n + 1.5)]}
            self.done[0] += 1
            time.sleep(0.001)

    def exceptions(self):
        while True:
            for n in range(100):
                try:
                    {}["absent %d" % n]
                except KeyError:
                    pass
            self.done[1] += 1
            time.sleep(0.001)

    def without_gil(self):
        block = os.urandom(1 << 18)
        while True:
            zlib.compress(block, 1)
            self.done[2] += 1
            time.sleep(0.001)

    def short_threads(self):
        while True:
            thread = threading.Thread(target=lambda: [object() for _ in range(100)])
            thread.start()
            thread.join()
            self.done[3] += 1
            time.sleep(0.01)

    def forks(self):
        while True:
            child = os.fork()
            if child == 0:
                made = [str(n) for n in range(1000)]
                os._exit(0 if len(made) == 1000 else 1)
            self.bad_children += os.waitpid(child, 0)[1] != 0
            self.done[4] += 1
            gc.collect()
            time.sleep(0.1)

    def on_timer(self, _signal, _frame):
        self.done[5] += 1


def main():
    # From 3.12 on Python warns of a fork among threads, which is the point here.
    warnings.simplefilter("ignore", DeprecationWarning)
    work = Work()
    signal.signal(signal.SIGALRM, work.on_timer)
    signal.setitimer(signal.ITIMER_REAL, 0.005, 0.005)
    loops = (work.objects, work.objects, work.exceptions, work.without_gil, work.short_threads, work.forks)
    for loop in loops:
        threading.Thread(target=loop, daemon=True).start()
    print("ready", os.getpid(), flush=True)
    for _line in sys.stdin:
        print(min(work.done), work.bad_children, flush=True)
    os._exit(0)


main()
