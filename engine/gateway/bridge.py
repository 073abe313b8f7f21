"""Holds Frida for the engine: requests on stdin, replies and events on stdout.

A frame is: u32 length of what follows | u32 length of the JSON | JSON | bytes (little-endian); framing.ts has the same.
A request is {"id", "op", ...}, its reply {"id", "result"} or {"id", "error": {"name", "message"}}; an event is
{"event", ...}. The engine chooses the numbers of sessions and scripts, so an event can never come before its number is
known. What an agent says is forwarded as it is: its JSON travels in the bytes ("text" says how long it is), where it
cannot be mistaken for a word of ours.

When stdin ends, however the engine went, every session is detached, so that each agent takes out what it installed.
"""

from __future__ import annotations

import json
import os
import signal
import struct
import sys
import threading
import time
from concurrent.futures import ThreadPoolExecutor, wait
from typing import Any, BinaryIO, Callable, Dict, Optional, Set

HEAD = struct.Struct("<II")
# Blocking calls into Frida run here; more than this at once wait their turn.
POOL_THREADS = 8
# Frida's hooks of exit, _exit, abort, signal and sigaction stay out of the target: a forked child was seen to spin for ever in them, on a
# lock that a thread of its parent had held (13 of 5,600 forks; none of 33,000 without). The handler alone still turns a bad read into an exception.
QUIET = {"exit_monitor": False, "exceptor": "handler-only", "thread_suspend_monitor": False}
# Behind a device a session outlives its line for so long. Without it, a Portal that dies while a session is open takes the target with it: the
# agent there touches what it has just given back (17.18, seen each time; never with it).
REMOTE = {"persist_timeout": 2}
# Longest wait for running attaches and for detaching, when the engine is gone.
FAREWELL_SECONDS = 8.0
# Frida comes back by ptrace for a moment, up to 0.1 s after a detach, to clean up; ending meanwhile can end the target.
SETTLE_SECONDS = 0.3

Message = Dict[str, Any]


class Wire:
    """Both directions of the pipe. Writing is safe from any thread; a reader that is gone is no error."""

    def __init__(self, source: BinaryIO, sink: int) -> None:
        self._source = source
        self._sink = sink
        self._lock = threading.Lock()

    def read(self) -> Optional["tuple[Message, bytes]"]:
        head = self._source.read(HEAD.size)
        if len(head) < HEAD.size:
            return None
        length, text = HEAD.unpack(head)
        body = self._source.read(length - 4)
        if len(body) < length - 4:
            return None
        return json.loads(body[:text]), body[text:]

    def write(self, message: Message, *parts: bytes) -> None:
        text = json.dumps(message, separators=(",", ":")).encode()
        length = 4 + len(text) + sum(map(len, parts))
        pending = [memoryview(HEAD.pack(length, len(text)) + text), *(memoryview(part) for part in parts if part)]
        with self._lock:
            try:
                while pending:
                    pending = skip(pending, os.writev(self._sink, pending))
            except OSError:
                pass  # The engine is gone; the end of stdin says so too.


def skip(parts: "list[memoryview]", sent: int) -> "list[memoryview]":
    """What is left of `parts` after `sent` bytes."""
    for index, part in enumerate(parts):
        if sent < len(part):
            return [part[sent:], *parts[index + 1 :]]
        sent -= len(part)
    return []


class Bridge:
    """Sessions and scripts by their numbers, and one method per operation (`op_…`)."""

    def __init__(self, frida: Any, wire: Wire) -> None:
        self._frida = frida
        self._wire = wire
        self._device = frida.get_local_device()
        self._device.on("output", self._on_output)
        self._more: Dict[str, Any] = {}
        self._pool = ThreadPoolExecutor(POOL_THREADS)
        self._lock = threading.Lock()
        self._sessions: Dict[int, Any] = {}
        self._scripts: Dict[int, Any] = {}
        # Sessions nobody waits for any more: detached as soon as their attach is through.
        self._abandoned: Set[int] = set()
        # Programs started and not yet resumed; nobody else would ever wake them.
        self._suspended: Set[int] = set()
        self._running: Set[Any] = set()
        self._last_detach = time.monotonic() - SETTLE_SECONDS
        self._operations: Dict[str, Callable[[Message, bytes], Any]] = {
            name[3:]: getattr(self, name) for name in dir(self) if name.startswith("op_")
        }

    def serve(self) -> None:
        """Until stdin ends. Posts do not block and keep their order; everything else goes to the pool."""
        while True:
            received = self._wire.read()
            if received is None:
                return
            message, data = received
            if message["op"] in ("post", "abandon"):
                self._run(message, data)
                continue
            task = self._pool.submit(self._run, message, data)
            with self._lock:
                self._running.add(task)
            task.add_done_callback(self._done)

    def close(self) -> None:
        """Leaves no process suspended and no agent behind, within a bound."""
        deadline = threading.Timer(FAREWELL_SECONDS, os._exit, (1,))
        deadline.daemon = True
        deadline.start()
        with self._lock:
            running = set(self._running)
        wait(running, FAREWELL_SECONDS / 2)
        for pid in list(self._suspended):
            attempt(self._device.kill, pid)
        sessions = list(self._sessions.values())
        wait([self._pool.submit(attempt, session.detach) for session in sessions])
        time.sleep(max(0.0, self._last_detach + SETTLE_SECONDS - time.monotonic()))

    def _done(self, task: Any) -> None:
        with self._lock:
            self._running.discard(task)

    def _run(self, message: Message, data: bytes) -> None:
        try:
            reply = {"result": self._operations[message["op"]](message, data)}
        except Exception as error:  # Whatever it is, the engine decides.
            reply = {"error": {"name": type(error).__name__, "message": str(error)}}
        if "id" in message:
            self._wire.write({"id": message["id"], **reply})

    # Operations

    def op_enumerate(self, _message: Message, _data: bytes) -> Any:
        return [{"pid": process.pid, "name": process.name} for process in self._device.enumerate_processes()]

    def op_device(self, message: Message, _data: bytes) -> None:
        """Another machine instead of this one. Adding it asks nothing of it yet; the list of processes does."""
        words = {name: message[name] for name in ("token", "certificate") if message.get(name) is not None}
        manager = self._frida.get_device_manager()
        device = manager.add_remote_device(message["address"], keepalive_interval=message["keepalive"], **words)
        device.enumerate_processes()
        self._device, self._more = device, REMOTE

    def op_spawn(self, message: Message, _data: bytes) -> int:
        argv = message["argv"]
        pid = self._device.spawn(argv[0], argv=argv, env=message.get("env"), cwd=message.get("cwd"), stdio="pipe")
        self._suspended.add(pid)
        return pid

    def op_resume(self, message: Message, _data: bytes) -> None:
        self._device.resume(message["pid"])
        self._suspended.discard(message["pid"])

    def op_kill(self, message: Message, _data: bytes) -> None:
        self._device.kill(message["pid"])
        self._suspended.discard(message["pid"])

    def op_attach(self, message: Message, _data: bytes) -> None:
        number = message["session"]
        session = self._device.attach(message["pid"], **QUIET, **self._more)
        session.on("detached", lambda reason, crash: self._on_detached(number, reason))
        with self._lock:
            wanted = number not in self._abandoned
            if wanted:
                self._sessions[number] = session
        if not wanted:
            session.detach()
        elif session.is_detached:  # It ended before anyone listened.
            self._on_detached(number, "connection-terminated")

    def op_abandon(self, message: Message, _data: bytes) -> None:
        number = message["session"]
        with self._lock:
            self._abandoned.add(number)
            session = self._sessions.get(number)
        if session is not None:
            self._pool.submit(attempt, session.detach)

    def op_detach(self, message: Message, _data: bytes) -> None:
        session = self._sessions.get(message["session"])
        if session is not None:
            session.detach()

    def op_load(self, message: Message, data: bytes) -> None:
        number = message["script"]
        script = self._sessions[message["session"]].create_script(data.decode(), name="refscope")
        # Frida's own handler would parse every message; the implementation object hands over the text.
        script._impl.off("message", script._on_message)
        script._impl.on("message", lambda text, extra: self._on_message(number, text, extra))
        self._scripts[number] = script
        script.load()

    def op_unload(self, message: Message, _data: bytes) -> None:
        script = self._scripts.pop(message["script"], None)
        if script is not None:
            script.unload()

    def op_post(self, message: Message, data: bytes) -> None:
        script = self._scripts.get(message["script"])
        if script is not None:
            text = message["text"]
            script._impl.post(data[:text].decode(), data[text:] if message["extra"] else None)

    # Events

    def _on_message(self, number: int, text: str, extra: Optional[bytes]) -> None:
        raw = text.encode("utf-8", "replace")
        header = {"event": "message", "script": number, "text": len(raw), "extra": extra is not None}
        self._wire.write(header, raw, extra or b"")

    def _on_output(self, pid: int, fd: int, data: bytes) -> None:
        self._wire.write({"event": "output", "pid": pid, "fd": fd}, bytes(data))

    def _on_detached(self, number: int, reason: str) -> None:
        with self._lock:
            self._sessions.pop(number, None)
            self._last_detach = time.monotonic()
        self._wire.write({"event": "detached", "session": number, "reason": reason})


def attempt(action: Callable[..., Any], *arguments: Any) -> None:
    """For the farewell: one session that is gone already must not keep the others from being detached."""
    try:
        action(*arguments)
    except Exception as error:
        print(f"{type(error).__name__}: {error}", file=sys.stderr)


def take_pipe() -> Wire:
    """The pipe under numbers of its own, so that no stray print and no started program can reach it."""
    source, sink = os.dup(0), os.dup(1)
    null = os.open(os.devnull, os.O_RDONLY)
    os.dup2(null, 0)
    os.close(null)
    os.dup2(2, 1)
    return Wire(os.fdopen(source, "rb", 1 << 20), sink)


class Ended(Exception):
    """SIGTERM: leave in order."""


def end(_number: int, _frame: Any) -> None:
    raise Ended


def install_signals() -> None:
    """Ctrl-C and a closed terminal reach the whole process group, but the engine decides: it stops the recording first.

    An empty handler and not SIG_IGN, which the programs we start would inherit.
    """
    for number in (signal.SIGINT, signal.SIGHUP, signal.SIGPIPE):
        signal.signal(number, lambda _number, _frame: None)
    signal.signal(signal.SIGTERM, end)


def main() -> None:
    wire = take_pipe()
    install_signals()
    try:
        import frida
    except Exception as error:
        wire.write({"event": "failed", "why": f"{type(error).__name__}: {error}"})
        os._exit(1)
    bridge = Bridge(frida, wire)
    wire.write({"event": "ready", "frida": frida.__version__})
    try:
        bridge.serve()
    except Ended:
        pass
    bridge.close()
    os._exit(0)  # Frida's threads do not end by themselves.


main()
