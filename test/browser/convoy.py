# In: nothing. Out: until it is killed, one thread that computes, one that wakes up and has to wait for it, one that raises and catches.
import threading
import time


def spin():
    while True:
        sum(range(500))


def sleep_often():
    while True:
        time.sleep(0.01)


def miss():
    known = {}
    while True:
        for _ in range(20):
            try:
                known["missing"]
            except KeyError:
                pass
        time.sleep(0.01)


for name, work in (("spin", spin), ("sleeper", sleep_often), ("misser", miss)):
    threading.Thread(target=work, name=name, daemon=True).start()
time.sleep(3600)
