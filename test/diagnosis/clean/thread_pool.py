"""A pool of threads: futures, results, exceptions that are raised in one thread and handled in another."""
from concurrent.futures import ThreadPoolExecutor

import pace

pool = ThreadPoolExecutor(4)


def work(n):
    if n % 7 == 0:
        raise ValueError("task %d" % n)
    return {"n": n, "squares": [i * i for i in range(50)]}


def step(n):
    futures = [pool.submit(work, n + i) for i in range(5)]
    for future in futures:
        try:
            future.result()
        except ValueError as error:
            str(error)


pace.forever(step, 100)
