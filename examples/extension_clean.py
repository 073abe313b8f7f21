"""A C extension that gives its reference back: the same work as its leaking twin, with the one Py_DECREF that twin lacks.

Leaks nothing: each text is freed before the call returns. A tool should say so.
"""
from native.build import tally

import pace

measure = tally().measure


def handle(n):
    return measure(n + 100000)


pace.forever(handle)
