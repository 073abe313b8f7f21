"""A list that grows: every request is written down and nothing ever reads or shortens the list.

Leaks: the `audit.append` line keeps one tuple with a text and 128 bytes for each request.
A tool should say: tuple, str and bytes grow by 200 a second each, allocated in `handle`, on the marked line.
"""
import pace

audit = []


def handle(n):
    audit.append(("GET /orders/%d" % n, 200, bytes(128)))  # leaks here


pace.forever(handle)
