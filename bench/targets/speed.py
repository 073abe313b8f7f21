"""In: commands, one a line, on stdin. Out: one answer a line: how often a workload ran in a time, with what is switched on.

  rate WORK SECONDS     times a second (WORK: churn, json), called through 15 frames
  tracemalloc N | off   the standard library's own tracer with N frames
  memray FILE | off     memray with Python's allocators, where it is installed in this interpreter
Used by lifecycle.ts and attach.ts: what is compared is measured in one process, in turns.
"""
import json
import os
import sys
import time
import tracemalloc

DEPTH = 15
TEXT = json.dumps(
    [{"order": i, "name": "n%d" % i, "tags": ["x", "y", str(i)], "at": {"lat": i * 0.5, "lon": -i}} for i in range(60)]
)


class Item:
    def __init__(self, n):
        self.n = n
        self.pair = [n, n + 1]
        self.fields = {"n": n}


def churn():
    return [Item(n) for n in range(300)]


def parse():
    return json.loads(TEXT)


WORK = {"churn": churn, "json": parse}


def called_deep(work, depth):
    return work() if depth == 0 else called_deep(work, depth - 1)


def rate(name, seconds):
    work, end, n = WORK[name], time.perf_counter() + float(seconds), 0
    while time.perf_counter() < end:
        called_deep(work, DEPTH)
        n += 1
    return n / float(seconds)


class Tracers:
    def __init__(self):
        self.memray = None

    def on(self, words):
        if words[0] == "tracemalloc":
            tracemalloc.start(int(words[1]))
        else:
            import memray

            destination = memray.FileDestination(words[1], overwrite=True)
            self.memray = memray.Tracker(destination=destination, trace_python_allocators=True)
            self.memray.__enter__()
        return "on"

    def off(self):
        if self.memray:
            self.memray.__exit__(None, None, None)
            self.memray = None
        tracemalloc.stop()
        return "off"


def main():
    tracers = Tracers()
    print("ready", os.getpid(), flush=True)
    for line in sys.stdin:
        words = line.split()
        if words[0] == "rate":
            answer = rate(*words[1:])
        else:
            answer = tracers.off() if words[0] == "off" else tracers.on(words)
        print(answer, flush=True)


main()
