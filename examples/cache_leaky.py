"""A dict cache without a bound: its key holds what makes every request different, so it never hits and never forgets.

Leaks: the `pages[key] = …` line keeps three rendered texts and their list for each request.
A tool should say: str grows by 600 a second and list by 200, allocated in `page`, on the marked line.
"""
import pace

pages = {}


def page(key):
    if key not in pages:
        pages[key] = [part * 40 + key for part in ("head", "body", "foot")]  # leaks here
    return pages[key]


def handle(n):
    page("/user/%d" % n)


pace.forever(handle)
