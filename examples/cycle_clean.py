"""No reference cycle: the handler knows its connection through a weak reference, so `__del__` runs at once.

Leaks nothing, although the cyclic collector is off here too: counts alone free it. A tool should say so.
"""
import gc
import weakref

import pace


class Handler:
    __slots__ = ("connection", "buffers")

    def __init__(self, connection, buffers):
        self.connection = connection
        self.buffers = buffers


class Connection:
    __slots__ = ("handler", "__weakref__")

    def __init__(self):
        self.handler = Handler(weakref.ref(self), [bytes(100) for _ in range(10)])

    def __del__(self):
        self.handler.buffers.clear()


def handle(n):
    Connection()


gc.disable()
pace.forever(handle)
