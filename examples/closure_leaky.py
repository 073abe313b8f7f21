"""Closures that are never unsubscribed: every request registers its two callbacks with a bus that outlives it.

Leaks: the `listeners.append` line keeps two functions, with the variables they close over, for each request.
A tool should say: function grows by 400 a second, allocated in `subscribe`, on the marked line.
"""
import pace

listeners = []


def subscribe(session):
    listeners.append((lambda event: (session, event), lambda error: (session, error)))  # leaks here


def handle(n):
    subscribe(n % 100)


pace.forever(handle)
