"""Logs through a formatter into a memory handler that is flushed when it is full."""
import io
import logging
import logging.handlers

import pace


class Sink(logging.StreamHandler):
    def emit(self, record):
        super().emit(record)
        self.stream.seek(0)
        self.stream.truncate()


log = logging.getLogger("app")
log.setLevel(logging.DEBUG)
log.propagate = False
sink = Sink(io.StringIO())
sink.setFormatter(logging.Formatter("%(asctime)s %(threadName)s %(levelname)s %(message)s"))
log.addHandler(logging.handlers.MemoryHandler(100, target=sink))


def step(n):
    log.info("request %d of %s", n, "user%d" % (n % 10))
    try:
        [][n]
    except IndexError:
        log.exception("failed %d", n)


pace.forever(step, 100)
