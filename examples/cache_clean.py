"""A dict cache with a bound: as many misses as its leaking twin, but the oldest of 64 pages makes room for a new one.

Leaks nothing: after the first third of a second it holds 64 pages. A tool should say so.
"""
from collections import OrderedDict

import pace

pages = OrderedDict()


def page(key):
    if key not in pages:
        pages[key] = [part * 40 + key for part in ("head", "body", "foot")]
        if len(pages) > 64:
            pages.popitem(last=False)
    return pages[key]


def handle(n):
    page("/user/%d" % n)


pace.forever(handle)
