"""Metrics of the last seconds in deques with a length, and weak references to what comes and goes."""
import collections
import weakref

import pace


class Session:
    def __init__(self, n):
        self.n = n


metrics = {name: collections.deque(maxlen=200) for name in ("time", "size", "user")}
sessions = weakref.WeakValueDictionary()
recent = collections.deque(maxlen=100)


def step(n):
    for name, values in metrics.items():
        values.append((name, n, n / 7))
    session = Session(n)
    sessions[n] = session
    recent.append(session)
    return sum(value for _, _, value in metrics["time"])


for warm in range(300):
    step(warm)
pace.forever(step)
