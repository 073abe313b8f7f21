"""Keeps 20 dicts a hundredth of a second; `parent` calls `child` so that stacks have something to show, and math, which can be audited."""
import math
import time

kept = []


def child(number):
    kept.append({"number": number})


def parent():
    for number in range(20):
        child(math.sqrt(number))


while True:
    parent()
    time.sleep(0.01)
