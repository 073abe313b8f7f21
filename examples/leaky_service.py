"""The service of `refscope demo`: a small threaded order service under its own load, which leaks in one place.

Three workers answer requests on sockets, as a real service does; the main thread is its clients, about 200 requests a
second. Many lines allocate, and all but one are innocent:
  - parsing and answering allocate most of all, and everything is freed at once (churn);
  - `PageCache` fills in the first three seconds and then stays as it is (a warm-up: growth that ends);
  - `recent` holds the last 300 requests, `Sessions` forgets its sessions in blocks (a plateau and a sawtooth).
Leaks: `Tracing.finish` keeps a Trace with its tags and 256 bytes of baggage for each order, since nothing takes traces
out of `finished`. A tool should say: bytes, list and Trace grow by 100 a second each, from the marked line.
"""
import json
import socket
import threading
from collections import deque

import pace

WORKERS = 3
recent = deque(maxlen=300)


class PageCache:
    def __init__(self):
        self.pages = {}

    def get(self, product):
        if product not in self.pages:
            self.pages[product] = "<h1>Product %d</h1>" % product + "<p>lorem ipsum</p>" * 20
        return self.pages[product]


class Sessions:
    def __init__(self):
        self.open = {}

    def touch(self, user):
        if len(self.open) >= 40:
            self.open.clear()
        self.open[user] = {"user": user, "basket": [], "seen": str(user)}


class Trace:
    __slots__ = ("route", "tags", "baggage")

    def __init__(self, route, tags, baggage):
        self.route = route
        self.tags = tags
        self.baggage = baggage


class Tracing:
    def __init__(self):
        self.finished = []

    def finish(self, route):
        self.finished.append(Trace(route, ["service", "orders"], bytes(256)))  # leaks here


pages = PageCache()
sessions = Sessions()
tracing = Tracing()
lock = threading.Lock()


def order(body):
    quantities = [item["quantity"] for item in body["items"]]
    with lock:
        tracing.finish("/orders")
    return {"order": body["number"], "total": sum(quantities), "lines": [str(q) for q in quantities]}


def product(number):
    with lock:
        return {"product": number, "page": pages.get(number % 300)}


def answer(request):
    method, _route, text = request.split(" ", 2)
    body = json.loads(text)
    with lock:
        recent.append(request)
        sessions.touch(body["number"] % 60)
    return order(body) if method == "POST" else product(body["number"])


def serve(connection):
    lines = connection.makefile("r")
    for line in lines:
        connection.sendall((json.dumps(answer(line)) + "\n").encode())


def ask(connection, n):
    items = [{"item": i, "quantity": n % 5 + i} for i in range(6)]
    head = "POST /orders" if n % 2 else "GET /products"
    connection[0].sendall(("%s %s\n" % (head, json.dumps({"number": n // 2, "items": items}))).encode())
    return json.loads(connection[1].readline())


def main():
    clients = []
    for _ in range(WORKERS):
        ours, theirs = socket.socketpair()
        clients.append((ours, ours.makefile("r")))
        threading.Thread(target=serve, args=(theirs,), daemon=True).start()
    pace.forever(lambda n: ask(clients[n % WORKERS], n))


main()
