"""In: nothing. Out: its pid, and then some 200,000 events a second until it is killed: objects made and freed at many places, some kept,
two threads that share the GIL, errors that are caught. Used by renderer.ts.
"""
import os
import threading
import time

KEPT = []
PACE = 0.005
EACH = 34


class Order:
    def __init__(self, number):
        self.number = number
        self.lines = [number, number + 1]


def make(number):
    return {"order": Order(number), "name": str(number) * 4}


PLACES = []
for index in range(60):
    scope = {"make": make}
    exec(f"def place_{index}(number):\n    return [make(number), bytearray(40)]\n", scope)
    PLACES.append(scope[f"place_{index}"])


def serve():
    number = 0
    until = time.monotonic()
    while True:
        made = [PLACES[n % len(PLACES)](n) for n in range(number, number + EACH // 2)]
        KEPT.append(made[0])
        number += EACH // 2
        try:
            {}[number]
        except KeyError:
            pass
        until += PACE
        time.sleep(max(0.0, until - time.monotonic()))


for _ in range(2):
    threading.Thread(target=serve, daemon=True).start()
print(os.getpid(), flush=True)
threading.Event().wait()
