"""In: `worst`, `rss`, `objgraph`, `guppy` on stdin. Out: the longest time in milliseconds that a thread of this program did not run since it was last
asked; its memory in MB; how many seconds objgraph and guppy3 take in the program itself to count its objects by type and to find their sizes.

It has some three million objects and seven million references: a million and a half of its own, which the collector knows, and what they hold. Used by heap.ts.
"""
import os
import sys
import threading
import time

RECORDS = 500_000
worst, last = 0.0, time.perf_counter()


class Node:
    __slots__ = ("name", "items", "next", "parent", "extra")


def build():
    nodes = []
    before = None
    for i in range(RECORDS):
        node = Node()
        node.name, node.items, node.next, node.parent = f"node {i}", [i + 1000, before, node], before, nodes
        node.extra = {"index": i + 5000, "node": before, "kind": "record"}
        nodes.append(node)
        before = node
    return nodes


def beat():
    global worst, last
    while True:
        time.sleep(0.0005)
        now = time.perf_counter()
        worst, last = max(worst, now - last), now


def resident():
    with open("/proc/self/statm") as file:
        return int(file.read().split()[1]) * os.sysconf("SC_PAGE_SIZE") / 1e6


def by_objgraph():
    import objgraph

    objgraph.most_common_types(limit=10)


def by_guppy():
    import guppy

    str(guppy.hpy().heap())


def main():
    global worst, last
    kept = build()
    threading.Thread(target=beat, daemon=True).start()
    print("ready", os.getpid(), flush=True)
    for line in sys.stdin:
        word = line.strip()
        if word == "worst":
            print(worst * 1000, flush=True)
            worst, last = 0.0, time.perf_counter()
        elif word == "rss":
            print(resident(), flush=True)
        else:
            start = time.perf_counter()
            by_objgraph() if word == "objgraph" else by_guppy()
            print(time.perf_counter() - start, flush=True)
    return kept


main()
