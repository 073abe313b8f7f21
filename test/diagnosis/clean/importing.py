"""Imports modules all the time it is looked at, as a plugin host that starts does."""
import importlib
import os
import sys
import tempfile

import pace

folder = tempfile.mkdtemp(prefix="plugins-")
sys.path.insert(0, folder)
text = "\n".join(
    ["import functools", "NAMES = {'a': 1, 'b': [1, 2]}"]
    + ["def f%d(x):\n    'a function'\n    return [x, %d, NAMES]" % (i, i) for i in range(10)]
    + ["class C%d:\n    def m(self): return %d" % (i, i) for i in range(5)]
)
for plugin in range(2000):
    with open(os.path.join(folder, "plugin%04d.py" % plugin), "w") as out:
        out.write(text)
importlib.invalidate_caches()


def step(n):
    if n < 2000:
        importlib.import_module("plugin%04d" % n)


pace.forever(step, 25)
