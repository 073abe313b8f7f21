"""In: commands, one a line, on stdin. Out: one answer a line: how often a second a piece of work was done, by all its threads.

  rate WORK SECONDS       WORK: write, write-two, mixed (a hold of the GIL each), key-error, raise (an exception each)
  knock MICROSECONDS|off  gilknocker, where it is installed in this interpreter
Used by gil.ts and errors.ts: what is compared is measured in one process, in turns.
"""
import os
import sys
import threading
import time
from itertools import repeat

AT_ONCE = 1000
NULL = os.open(os.devnull, os.O_WRONLY)
EMPTY = {}


def write():
    out, null = os.write, NULL
    for _ in repeat(None, AT_ONCE):
        out(null, b"x")


def mixed():
    out, null = os.write, NULL
    for n in repeat(1000, AT_ONCE):
        sum([i * n for i in range(600)])
        out(null, b"x")


def key_error():
    empty = EMPTY
    for key in repeat("k", AT_ONCE):
        try:
            empty[key]
        except KeyError:
            pass


def throw():
    for _ in repeat(None, AT_ONCE):
        try:
            raise ValueError
        except ValueError:
            pass


WORK = {"write": (write, 1), "write-two": (write, 2), "mixed": (mixed, 2), "key-error": (key_error, 1), "raise": (throw, 1)}


def run(work, end, done):
    count = 0
    while time.perf_counter() < end:
        work()
        count += AT_ONCE
    done.append(count)


def rate(name, seconds):
    work, count = WORK[name]
    begin, done = time.perf_counter(), []
    threads = [threading.Thread(target=run, args=(work, begin + float(seconds), done)) for _ in range(count)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return sum(done) / (time.perf_counter() - begin)


class Knocker:
    def __init__(self):
        self.at_work = None

    def on(self, microseconds):
        from gilknocker import KnockKnock

        self.at_work = KnockKnock(int(microseconds))
        self.at_work.start()

    def off(self):
        if self.at_work:
            self.at_work.stop()
        self.at_work = None


def main():
    knocker = Knocker()
    print("ready", os.getpid(), flush=True)
    for line in sys.stdin:
        words = line.split()
        if words[0] == "rate":
            print(rate(*words[1:]), flush=True)
        elif words[0] == "off":
            print(knocker.off(), flush=True)
        else:
            print(knocker.on(words[1]), flush=True)


main()
