"""A set of asyncio tasks that empties itself: each one is kept while it runs and discarded by its own callback.

Leaks nothing: between two requests the set is empty. A tool should say so.
"""
import asyncio

import pace

started = set()


async def answer(n):
    return bytes(64)


async def handle(n):
    task = asyncio.create_task(answer(n))
    started.add(task)
    task.add_done_callback(started.discard)


pace.forever_async(handle)
