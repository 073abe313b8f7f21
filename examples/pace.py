"""The pace of the examples: says "ready PID", then calls an operation about 200 times a second until the process is killed.

What is passed on to an operation is its number; nothing of it is kept here.
"""
import asyncio
import os
import time

PER_SECOND = 200


def forever(operation):
    print("ready", os.getpid(), flush=True)
    due = time.monotonic()
    n = 0
    while True:
        operation(n)
        n += 1
        due = max(due + 1 / PER_SECOND, time.monotonic() - 1)
        time.sleep(max(0, due - time.monotonic()))


def forever_async(operation):
    asyncio.run(_forever_async(operation))


async def _forever_async(operation):
    print("ready", os.getpid(), flush=True)
    n = 0
    while True:
        await operation(n)
        n += 1
        await asyncio.sleep(1 / PER_SECOND)
