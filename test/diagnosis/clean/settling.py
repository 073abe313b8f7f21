"""Starts: fills its tables for some seconds after it is looked at, then works with what is there."""
import pace

table = {}


def step(n):
    if len(table) < 1500:
        table[n] = ["entry %d" % n] * 3
    else:
        table.get(n % 1500)


pace.forever(step, 300)
