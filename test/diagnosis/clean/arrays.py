"""numpy: arrays, views, reductions, dtypes; needs numpy."""
import sys

try:
    import numpy as np
except ImportError:
    sys.exit(2)
import pace

window = np.zeros((100, 100))


def step(n):
    global window
    a = np.arange(n % 500 + 10, dtype=np.float64)
    b = a[::2] * 2
    window = np.roll(window, 1, axis=0)
    window[0, :10] = b.sum()
    return str(np.asarray(a.mean(), dtype=np.int32)), np.sort(b)[:3].tolist(), np.dtype("i4").name


pace.forever(step)
