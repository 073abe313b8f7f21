"""A cache in an OrderedDict that drops what was not used for longest; it has been full for a while."""
import collections

import pace

cache = collections.OrderedDict()
bound = 300


def get(key):
    if key in cache:
        cache.move_to_end(key)
        return cache[key]
    value = {"key": key, "text": "x" * 100 + key}
    cache[key] = value
    if len(cache) > bound:
        cache.popitem(last=False)
    return value


for warm in range(bound):
    get("warm %d" % warm)
pace.forever(lambda n: get("page %d" % n))
