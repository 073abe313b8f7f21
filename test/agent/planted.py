"""Told to the target by planted.test.ts: for each kind of object, N that stay among N that come and go through primed free lists."""
from itertools import repeat

N = 10000
PRIMED = 3000


class Slim:
    __slots__ = ()


class Rich:
    def __init__(self):
        self.a = 1

    def method(self):
        pass


x = object()
rich = Rich()
number = 1 << 80
real = 2.5
unreal = 2.5j
text = "text"
data = b"data"
kinds = {
    "list": "[x]",
    "dict": "{'a': x}",
    "tuple": "(x, x)",
    "set": "{x}",
    "float": "real * 2.0",
    "complex": "unreal * 2.0",
    "int": "number << 1",
    "str": "text + 'x'",
    "bytes": "data + b'x'",
    "bytearray": "bytearray(2000)",
    "method": "rich.method",
    "function": "lambda: x",
    "slice": "slice(x, x)",
    "object": "object()",
    "Slim": "Slim()",
    "Rich": "Rich()",
    "ValueError": "ValueError(x)",
}
template = """
def churn_{kind}():
    gone = {make}
def plant_{kind}(keep, times, also):
    for _ in times:
        also()
        keep.append({make})
def prime_{kind}():
    primed = [{make} for _ in repeat(None, PRIMED)]
"""
for kind, make in kinds.items():
    exec(template.format(kind=kind, make=make))
kept = {kind: [] for kind in kinds}


def prime_all():
    for kind in kinds:
        globals()["prime_" + kind]()


def plant_all(interleaved):
    for kind in kinds:
        churn = globals()["churn_" + kind]
        for _ in repeat(None, 0 if interleaved else N):
            churn()
        globals()["plant_" + kind](kept[kind], repeat(None, N), churn if interleaved else bool)


def drop_half():
    for keep in kept.values():
        del keep[: N // 2]
