"""A list that grows and is emptied: the audit trail is written out in blocks of 50, a sawtooth four times a second.

Leaks nothing: at most 50 entries are alive. A tool should say so, however many were allocated.
"""
import pace

audit = []


def handle(n):
    audit.append(("GET /orders/%d" % n, 200, bytes(128)))
    if len(audit) == 50:
        audit.clear()


pace.forever(handle)
