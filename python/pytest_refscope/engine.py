"""The refscope command in; a recording or an audit of this process while something runs, as the JSON document of it, out. Used by plugin.py."""
import ctypes
import json
import os
import shlex
import signal
import subprocess
import sys
import tempfile
import threading

STARTS_WITHIN = 60
ENDS_WITHIN = 60
PIPES = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE, "text": True, "errors": "replace"}
# sys/prctl.h; Yama's documentation.
PR_SET_PTRACER = 0x59616D61
PR_SET_PTRACER_ANY = ctypes.c_ulong(-1)


class Unavailable(Exception):
    """The process could not be recorded; the text says why and what helps."""


class Observed:
    """Records this process from `start` to `stop`. Only one at a time."""

    def __init__(self, command, module=None):
        self._command = shlex.split(command)
        self._module = module
        self._folder = tempfile.TemporaryDirectory(prefix="pytest-refscope-")
        self._file = os.path.join(self._folder.name, "a.refscope")
        self._talk = []
        self._settled = threading.Event()
        self._recording = False
        self._process = None

    def start(self):
        _allow_tracing(True)
        pid = str(os.getpid())
        verb = ["record", pid, "--frames", "8"] if self._module is None else ["audit", pid, self._module]
        words = self._command + verb + ["--json", "--out", self._file]
        try:
            # In a session of its own: Ctrl-C at pytest ends pytest, which ends it in order.
            self._process = subprocess.Popen(words, start_new_session=True, **PIPES)
        except OSError as error:
            raise Unavailable("cannot start `%s`: %s" % (self._command[0], error)) from error
        self._listener = threading.Thread(target=self._listen, name="pytest-refscope", daemon=True)
        self._listener.start()
        # Not whether it still runs: it closes its pipes a moment before it ends.
        if not self._settled.wait(STARTS_WITHIN) or not self._recording:
            self.close()
            raise Unavailable(self._said())

    def stop(self):
        """The document: `refscope.report/1` of a recording, `refscope.audit/1` of an audit."""
        self._process.send_signal(signal.SIGINT)
        try:
            out = self._drain()
            if self._module is not None:
                return _document(out, self._said)
            words = self._command + ["report", self._file, "--json"]
            told = subprocess.run(words, timeout=ENDS_WITHIN, **PIPES)
            return _document(told.stdout, lambda: told.stderr.strip())
        except subprocess.TimeoutExpired as error:
            raise Unavailable("refscope did not end: %s" % error) from error

    def close(self):
        if self._process is not None and self._process.poll() is None:
            self._process.terminate()
            try:
                self._process.wait(ENDS_WITHIN)
            except subprocess.TimeoutExpired:
                self._process.kill()
        _allow_tracing(False)
        self._folder.cleanup()

    def _drain(self):
        out = self._process.stdout.read()
        self._process.wait(ENDS_WITHIN)
        return out

    def _listen(self):
        for line in self._process.stderr:
            self._talk.append(line.strip())
            if line.startswith("recording "):
                self._recording = True
                self._settled.set()
        self._settled.set()

    def _said(self):
        said = [line for line in self._talk if line.startswith("refscope: ")] or self._talk[-3:]
        return " ".join(said) or "refscope said nothing"


def _document(text, why):
    try:
        document = json.loads(text)
    except ValueError:
        raise Unavailable(why()) from None
    if document.get("schema") == "refscope.error/1":
        raise Unavailable("%(code)s: %(cause)s. %(fix)s" % document)
    return document


def _allow_tracing(allowed):
    """Our child traces us: Yama lets only ancestors do so unless the traced process agrees. Elsewhere nothing happens."""
    if not sys.platform.startswith("linux"):
        return
    try:
        libc = ctypes.CDLL(None, use_errno=True)
        libc.prctl(PR_SET_PTRACER, PR_SET_PTRACER_ANY if allowed else ctypes.c_ulong(0), 0, 0, 0)
    except (OSError, AttributeError):
        pass
