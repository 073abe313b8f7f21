"""A list of asyncio tasks: each one is kept so that it is not collected while it runs, and never let go when it is done.

Leaks: the `started.append` line keeps a finished Task with its coroutine, name and result for each request.
A tool should say: Task and coroutine grow by 200 a second, allocated under `handle`, on the marked line
(the Task itself a few frames further in, in asyncio: record with --frames 4 to see both).
"""
import asyncio

import pace

started = []


async def answer(n):
    return bytes(64)


async def handle(n):
    started.append(asyncio.create_task(answer(n)))  # leaks here


pace.forever_async(handle)
