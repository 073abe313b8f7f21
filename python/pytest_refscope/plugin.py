"""Marked tests in; the same tests, repeated while Refscope records this process, failed with what they leak, out. Next: findings.py judges."""
import gc
import inspect
import os
import time

import pytest

from .engine import Observed, Unavailable
from .findings import audit_findings, recording_findings

WARM_UP_RUNS = 3
MOST_RUNS_A_SECOND = 100
# Frida has let go for good by then; a process that ends sooner is not let to.
AFTER_DETACH = 0.5

_detached_at = pytest.StashKey()


def pytest_addoption(parser):
    parser.addini("refscope_command", "the refscope command, with its words", default="")


def pytest_configure(config):
    config.addinivalue_line(
        "markers",
        "refscope(max_leaked_references=0, module=None, seconds=6, runs=20): fail when the test leaks references, counted by Refscope",
    )


@pytest.hookimpl(tryfirst=True)
def pytest_pyfunc_call(pyfuncitem):
    marker = pyfuncitem.get_closest_marker("refscope")
    if marker is None:
        return None
    wanted = _Wanted(*marker.args, **marker.kwargs)
    if inspect.iscoroutinefunction(pyfuncitem.obj):
        pytest.fail("refscope repeats no coroutine: wrap it in asyncio.run", pytrace=False)
    names = pyfuncitem._fixtureinfo.argnames
    arguments = {name: pyfuncitem.funcargs[name] for name in names}
    body = pyfuncitem.obj
    for _ in range(WARM_UP_RUNS):
        body(**arguments)
    try:
        document, runs = _observe(_command(pyfuncitem.config), wanted, lambda: body(**arguments))
    except Unavailable as error:
        pytest.fail("refscope could not watch this test: %s" % error, pytrace=False)
    finally:
        pyfuncitem.config.stash[_detached_at] = time.monotonic()
    found = recording_findings(document, runs) if wanted.module is None else audit_findings(document, runs)
    leaked = sum(finding.references for finding in found)
    if leaked > wanted.max_leaked_references or any(finding.broken for finding in found):
        lines = ["leaks %s references a run" % _number(leaked)] + ["  " + finding.text for finding in found]
        pytest.fail("\n".join(lines), pytrace=False)
    return True


def pytest_unconfigure(config):
    rest = AFTER_DETACH - (time.monotonic() - config.stash.get(_detached_at, 0.0))
    if 0 < rest <= AFTER_DETACH:
        time.sleep(rest)


class _Wanted:
    def __init__(self, max_leaked_references=0, module=None, seconds=6, runs=20):
        self.max_leaked_references = max_leaked_references
        self.module = module
        self.seconds = seconds
        self.runs = runs


def _observe(command, wanted, body):
    """The document of a recording over repeated runs, and how many there were."""
    observed = Observed(command, wanted.module)
    try:
        observed.start()
        runs = _repeat(body, wanted)
        gc.collect()
        return observed.stop(), runs
    finally:
        observed.close()


def _repeat(body, wanted):
    began = time.monotonic()
    runs = 0
    while runs < wanted.runs or time.monotonic() - began < wanted.seconds:
        body()
        runs += 1
        time.sleep(max(0.0, runs / MOST_RUNS_A_SECOND - (time.monotonic() - began)))
    return runs


def _command(config):
    return config.getini("refscope_command") or os.environ.get("REFSCOPE") or "refscope"


def _number(value):
    return "%g" % round(value, 2)
