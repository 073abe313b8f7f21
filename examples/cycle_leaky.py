"""A reference cycle with `__del__`, in a program that has switched the cyclic collector off to save its pauses.

A connection owns its handler and the handler its connection. Nobody else holds them, `__del__` was meant to close
them, and it never runs: the cycle keeps both counts above zero and nobody looks for cycles.
Leaks: the `self.handler = …` line keeps ten buffers, their list and a Handler for each connection.
A tool should say: bytes grows by 2000 a second, allocated in `Connection.__init__`, on the marked line.
"""
import gc

import pace


class Handler:
    __slots__ = ("connection", "buffers")

    def __init__(self, connection, buffers):
        self.connection = connection
        self.buffers = buffers


class Connection:
    __slots__ = ("handler",)

    def __init__(self):
        self.handler = Handler(self, [bytes(100) for _ in range(10)])  # leaks here

    def __del__(self):
        self.handler.buffers.clear()


def handle(n):
    Connection()


gc.disable()
pace.forever(handle)
