"""Starts child processes and reads what they say."""
import subprocess
import sys

import pace


def step(n):
    subprocess.run([sys.executable, "-c", "print(%d)" % n], stdout=subprocess.PIPE, check=False)


pace.forever(step, 4)
