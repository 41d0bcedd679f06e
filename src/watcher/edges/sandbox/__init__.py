"""Parsing where it can do no harm: in child processes with limits, which are killed when they exceed them.

feedparser has neither a time-out nor a bound on memory, holds the interpreter lock while it works, and sees whatever
strangers send; trafilatura and protego are no better. So feeds, files, pages and robots.txt are read in children,
`python -m watcher.edges.sandbox` (`__main__.py`). A child gets no secrets, writes no files and starts no processes; it
answers in JSON (`wire.py`), which can be wrong but cannot run. What a request does to its child costs that request one
ParseError, and nothing else.

A child has no network where the system lets it go without (Linux, by a namespace of its own). Elsewhere nothing that is
parsed gives it a reason to go there.
"""

from __future__ import annotations

import os
import queue
import signal
import socket
import subprocess
import sys
import threading
import time
from contextlib import suppress
from math import inf
from typing import TYPE_CHECKING, Any, Self, TypeVar

from watcher.edges.sandbox import wire
from watcher.errors import ParseError, ParserLost

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from watcher.core.formats.feeds import Parsed
    from watcher.core.sources.robots import Permission

_Heard = TypeVar("_Heard")

_LONGEST_ANSWER = 32 * 2**20  # bytes; a child that says more has lost its senses
_ROBOTS_SECONDS = 1.0  # it takes a hundredth of that, and whoever asks has others waiting
_LOADING_SECONDS = 30.0
_QUICK = 0.25  # seconds; who takes longer makes room for others
_SHORT = 256 * 2**10  # bytes, which feedparser reads in that time
_PIECE = 2**16  # bytes that are received at once
_SLOWLY = 10  # added to the niceness of others: they get a tenth, where there is not enough for all


class Sandbox:
    """A few children, started when first needed. Safe to use from several threads at once.

    `workers` requests are at work at once, and `aside` more at a low priority: those of long bodies, and those that
    have taken more than a quarter of a second, whose place the next takes. So the slow ones delay no other, unless
    there are more than `aside` of them. `cpu_seconds` (whole), `wall_seconds` and `memory` (bytes of address space) are
    what one request may take.
    """

    def __init__(
        self,
        workers: int = 2,
        aside: int = 4,
        cpu_seconds: int = 5,
        wall_seconds: float = 30,
        memory: int = 512 * 2**20,
    ) -> None:
        self._cpu_seconds = cpu_seconds
        self._wall_seconds = wall_seconds
        self._memory = memory
        self._closed = False
        self._lock = threading.Lock()
        self._children: set[_Child] = set()
        self._quick, self._slow = _Places(workers), _Places(aside)

    def parse_feed(self, body: bytes, headers: Mapping[str, str], known: Sequence[str] = ()) -> Parsed:
        """`core.formats.feeds.parse`; ParseError also for what took too much, or killed its parser."""
        return self._ask({"do": "feed", "headers": dict(headers), "known": " ".join(known)}, body, wire.hear)

    def parse_file(self, name: str, body: bytes) -> Parsed:
        """`core.formats.documents.read`; ParseError also for what took too much, or killed its parser."""
        return self._ask({"do": "file", "name": name}, body, wire.hear)

    def read_page(self, body: bytes, headers: Mapping[str, str]) -> str:
        """`core.formats.pages.article_on`; ParseError also for what took too much, or killed its parser."""
        return self._ask({"do": "page", "headers": dict(headers)}, body, wire.hear_page)

    def read_robots(self, body: bytes, url: str) -> Permission:
        """`core.sources.robots.permission`; ParseError for what took a second or too much memory."""
        return self._ask({"do": "robots", "url": url}, body, wire.hear_permission, _ROBOTS_SECONDS)

    def close(self) -> None:
        """Kills the children. A request in work, and any later one, gets a ParseError."""
        with self._lock:
            self._closed = True
            children, self._children = self._children, set()
        for child in children:
            child.kill()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def _ask(
        self,
        head: dict[str, Any],
        body: bytes,
        hear: Callable[[dict[str, Any]], _Heard],
        most_seconds: float = inf,
    ) -> _Heard:
        seconds = min(most_seconds, self._wall_seconds)
        places = self._quick if len(body) <= _SHORT else self._slow
        child = places.get()
        try:
            if child is None or not child.alive:
                child = self._replace(child, slow=places is self._slow)
            answer = child.ask(head, body, seconds, self._step_aside)
            if "fatal" in answer:
                raise _Lost(answer["fatal"])
            heard = None if "error" in answer else hear(answer)
        except (_Lost, ValueError) as error:  # ValueError: an answer that makes no sense
            self._discard(child)
            raise ParserLost(self._reason(error, seconds)) from error
        finally:
            (self._slow if child is not None and child.slow else places).put(child)
        if heard is None:
            raise ParseError(str(answer["error"]))
        return heard

    def _step_aside(self, child: _Child) -> None:
        """Gives the quick place of a child that takes long to another, if there is a slow one for it."""
        if child.slow:
            return
        with suppress(queue.Empty):
            self._discard(self._slow.get_nowait())
            child.slow_down()
            self._quick.put(None)

    def _replace(self, dead: _Child | None, *, slow: bool) -> _Child:
        self._discard(dead)
        with self._lock:
            if self._closed:
                raise _Lost(None)
            child = _Child(self._cpu_seconds, self._memory)
            self._children.add(child)
        if slow:
            child.slow_down()
        return child

    def _discard(self, child: _Child | None) -> None:
        if child is not None:
            with self._lock:
                self._children.discard(child)
            child.kill()

    def _reason(self, error: Exception, seconds: float) -> str:
        how = error.args[0] if isinstance(error, _Lost) else "its answer makes no sense"
        if self._closed:
            return "watcher is stopping"
        if how == "memory":
            return f"parsing took more than {self._memory // 2**20} MiB of memory"
        if how is None:
            return f"parsing took more than {seconds:g} s"
        if how == -signal.SIGXCPU:
            return f"parsing took more than {self._cpu_seconds} s of CPU"
        if isinstance(how, int):
            return f"the parser died ({f'signal {-how}' if how < 0 else f'exit code {how}'})"
        return f"the parser failed ({how})"


class _Lost(Exception):  # noqa: N818 - what became of a child; the error is the ParseError made of it
    """No answer. Argument: an exit status as subprocess tells it, None for a time-out, or the child's last words."""


class _Child:
    """One child process and the line to it.

    A socket pair stands in for two pipes, for its calls take a time-out. When the parent dies, however it dies, the
    kernel closes the parent's end; the child reads the end of file and goes. (The parent-death signal of Linux would
    not do: it is sent when the thread ends that started the child.)
    """

    def __init__(self, cpu_seconds: int, memory: int) -> None:
        self._line, theirs = socket.socketpair()
        with theirs:
            self._process = subprocess.Popen(
                [sys.executable, "-P", "-m", "watcher.edges.sandbox", str(cpu_seconds), str(memory)],
                stdin=theirs.fileno(),
                stdout=theirs.fileno(),
                stderr=subprocess.DEVNULL,
                cwd="/",
                env=_environment(),
                # A Ctrl-C at the terminal is the parent's to handle. A session of its own would do that, too, but
                # Linux may give each session an equal share of the processor, however low its processes' priorities.
                process_group=0,
            )
        self._ready = False
        self.slow = False  # served last

    @property
    def alive(self) -> bool:
        return self._process.poll() is None

    def slow_down(self) -> None:
        """Be served last from now on, for good."""
        self.slow = True
        with suppress(OSError):  # it has just ended
            os.setpriority(os.PRIO_PROCESS, self._process.pid, os.getpriority(os.PRIO_PROCESS, 0) + _SLOWLY)

    def ask(
        self, head: dict[str, Any], body: bytes, seconds: float, slow: Callable[[_Child], None]
    ) -> dict[str, Any]:
        """The head of its answer; `slow` is called once where that takes long.

        Raises _Lost when there is none, ValueError when it is no message.
        """
        try:
            if not self._ready:  # its first word says that it has loaded what it needs
                self._hear(time.monotonic() + _LOADING_SECONDS)
                self._ready = True
            deadline = time.monotonic() + seconds
            self._say(wire.message(head, len(body)), body, deadline)
            try:
                begun = self._receive(min(_QUICK, seconds))
            except TimeoutError:
                slow(self)
                begun = b""
            return self._hear(deadline, begun)
        except TimeoutError as error:
            raise _Lost(None) from error
        except (OSError, EOFError) as error:
            raise _Lost(self._ended()) from error

    def _say(self, head: bytes, body: bytes, deadline: float) -> None:
        """Most go at once."""
        self._line.settimeout(max(0.001, deadline - time.monotonic()))
        self._line.sendall(head + body[:_SHORT])
        if len(body) > _SHORT:
            self._line.settimeout(max(0.001, deadline - time.monotonic()))
            self._line.sendall(memoryview(body)[_SHORT:])

    def _hear(self, deadline: float, begun: bytes = b"") -> dict[str, Any]:
        """Its next message, of which so much has come."""
        received = bytearray(begun)

        def read(size: int) -> bytes:
            while len(received) < size:
                received.extend(self._receive(deadline - time.monotonic()))
            part = bytes(received[:size])
            del received[:size]
            return part

        head, _ = wire.receive(read, _LONGEST_ANSWER)
        return head

    def _receive(self, seconds: float) -> bytes:
        """What comes within these: something, or EOFError where nothing will any more."""
        self._line.settimeout(max(0.001, seconds))
        piece = self._line.recv(_PIECE)
        if not piece:
            raise EOFError
        return piece

    def _ended(self) -> int | None:
        """How it ended, once its line is dead; None when it closed the line and lives on."""
        try:
            return int(self._process.wait(timeout=1))
        except subprocess.TimeoutExpired:
            return None

    def kill(self) -> None:
        self._process.kill()
        self._process.wait()
        self._line.close()


class _Places:
    """For so many children, none of them started. Last in, first out: one busy thread keeps using one warm child.

    queue.LifoQueue is the same, and takes as long as to hear an answer: it is made of Python, and of several locks.
    """

    def __init__(self, number: int) -> None:
        self._children: list[_Child | None] = [None] * number
        self._free: queue.SimpleQueue[None] = queue.SimpleQueue()
        for _ in range(number):
            self._free.put(None)

    def get(self) -> _Child | None:
        """Waits for a place."""
        self._free.get()
        return self._children.pop()

    def get_nowait(self) -> _Child | None:
        """Errors: queue.Empty."""
        self._free.get_nowait()
        return self._children.pop()

    def put(self, child: _Child | None) -> None:
        self._children.append(child)
        self._free.put(None)


def _environment() -> dict[str, str]:
    """What a child needs to find the same code, and nothing else: our own environment holds secrets."""
    kept = {
        name: os.environ[name] for name in ("PATH", "LANG", "LC_ALL", "LD_LIBRARY_PATH") if name in os.environ
    }
    return kept | {"PYTHONPATH": os.pathsep.join(os.path.abspath(path) for path in sys.path if path)}
