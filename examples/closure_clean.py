"""Closures in a weak set: every request registers two callbacks, and they leave the bus when the request is over.

Leaks nothing: the bus holds no reference to what it calls. A tool should say so.
"""
import weakref

import pace

listeners = weakref.WeakSet()


def subscribe(session):
    callbacks = (lambda event: (session, event), lambda error: (session, error))
    listeners.update(callbacks)
    return callbacks


def handle(n):
    subscribe(n % 100)


pace.forever(handle)
