"""A thread-local that fills: each job notes its spans in its thread's storage, and the threads of a pool never end.

Leaks: the `context.spans.append` line keeps one Span and 256 bytes for each job, in each worker.
A tool should say: Span and bytes grow by 200 a second each, allocated in `trace`, on the marked line.
"""
import threading
from concurrent.futures import ThreadPoolExecutor

import pace


class Span:
    __slots__ = ("name", "baggage")

    def __init__(self, name, baggage):
        self.name = name
        self.baggage = baggage


context = threading.local()
workers = ThreadPoolExecutor(4)


def trace(name):
    if not hasattr(context, "spans"):
        context.spans = []
    context.spans.append(Span(name, bytes(256)))  # leaks here


def handle(n):
    workers.submit(trace, "query").result()


pace.forever(handle)
