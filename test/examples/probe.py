"""In: an example, and the operations to warm it up with. Out: one JSON line of what its process keeps, seen from inside.

The example is run with a pace that calls its operation a fixed number of times and measures in between; tracemalloc
names where the kept memory came from. Read by examples.test.ts.
"""
import asyncio
import gc
import json
import os
import runpy
import sys
import tracemalloc
import types

ROUNDS, OPERATIONS, FRAMES = 5, 300, 8


class Meter:
    def __init__(self):
        self.blocks = []
        self.first = None
        self.last = None

    def start(self):
        tracemalloc.start(FRAMES)
        self.first = self.last = tracemalloc.take_snapshot()
        self.mark()

    def mark(self):
        # An example that runs without the cyclic collector is measured without it.
        if gc.isenabled():
            gc.collect()
        self.blocks.append(sys.getallocatedblocks())

    def stop(self):
        self.last = tracemalloc.take_snapshot()
        tracemalloc.stop()

    def kept(self, key):
        by = self.last.compare_to(self.first, "traceback")
        top = max(by, key=lambda row: getattr(row, key))
        return [{"file": frame.filename, "line": frame.lineno} for frame in top.traceback]

    def print(self):
        grown = [(b - a) / OPERATIONS for a, b in zip(self.blocks, self.blocks[1:])]
        by = {"bySize": self.kept("size_diff"), "byCount": self.kept("count_diff")}
        print(json.dumps({"blocksPerOperation": grown, **by}), flush=True)


def steps(warm):
    """The numbers of the operations, with the measuring done between them."""
    meter = Meter()
    for n in range(warm + ROUNDS * OPERATIONS):
        if n == warm:
            meter.start()
        yield n
        if n >= warm and (n - warm + 1) % OPERATIONS == 0:
            meter.mark()
    meter.stop()
    meter.print()
    # Workers of the example may still wait for work.
    os._exit(0)


def main(path, warm):
    def forever(operation):
        for n in steps(warm):
            operation(n)

    def forever_async(operation):
        async def run():
            for n in steps(warm):
                await operation(n)
                await asyncio.sleep(0)
                await asyncio.sleep(0)

        asyncio.run(run())

    sys.path.insert(0, os.path.dirname(os.path.abspath(path)))
    pace = types.ModuleType("pace")
    pace.forever, pace.forever_async = forever, forever_async
    sys.modules["pace"] = pace
    runpy.run_path(path, run_name="__main__")


main(sys.argv[1], int(sys.argv[2]))
