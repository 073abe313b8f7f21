"""functools.lru_cache with a large bound that fills all the time it is looked at."""
import functools

import pace


@functools.lru_cache(maxsize=1_000_000)
def render(key):
    return ["%s:%d" % (key, part) for part in range(3)]


pace.forever(lambda n: render("/user/%d" % n))
