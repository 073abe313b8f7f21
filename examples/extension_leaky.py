"""A C extension that forgets a reference: `measure_leaky` makes a text, takes its length and never gives the text back.

The text is held by nobody: no list, no frame, no cycle; gc.get_referrers and a heap dump have nothing to show.
Leaks: native/tally.c, in `measure_leaky` (marked there), called on the line marked here; one text for each call.
A tool should say: str grows by 200 a second, allocated on the marked line by tally's `measure_leaky`.
"""
from native.build import tally

import pace

measure = tally().measure_leaky


def handle(n):
    return measure(n + 100000)  # leaks here


pace.forever(handle)
