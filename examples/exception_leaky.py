"""Exceptions kept with their tracebacks: the error list looks small, but each traceback holds the frames it went through.

Leaks: `failures.append(error)` keeps the frame of `parse`, and with it its local `fields`, which is made on the marked
line: twenty pieces for each bad request. The exception, its traceback and its frames grow beside it.
A tool should say: bytes grows by 4000 a second, allocated in `parse`, on the marked line.
"""
import pace

failures = []


def parse(n):
    fields = [bytes(64) for _ in range(20)]  # leaks here
    raise ValueError("request %d has %d fields" % (n, len(fields)))


def handle(n):
    try:
        parse(n)
    except ValueError as error:
        failures.append(error)


pace.forever(handle)
