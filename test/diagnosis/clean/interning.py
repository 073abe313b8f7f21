"""Interns names: of a vocabulary that is met again and again, and of each request, which is let go."""
import sys

import pace


def step(n):
    names = [sys.intern("name_%d" % (n * i % 5000)) for i in range(5)]
    sys.intern("request-%d" % (n % 20000 if sys.version_info >= (3, 12) else n))
    return names


for warm in range(20000):
    sys.intern("request-%d" % warm)
    sys.intern("name_%d" % (warm % 5000))
pace.forever(step)
