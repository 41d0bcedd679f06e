"""The child: says that it is ready, parses what comes on stdin, answers on stdout, and ends when stdin does.

Its limits are set by itself, before it reads a stranger's first byte; what it does wrong after that is for the parent
to notice. Nothing is logged: there is nowhere to.
"""

from __future__ import annotations

import ctypes
import gc
import resource
import sys
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from watcher.core.formats import documents, feeds, pages
from watcher.core.sources import robots
from watcher.edges.sandbox import wire
from watcher.errors import ParseError

if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import BinaryIO

# Linux: namespaces, from sched.h. Who is in a new one of users needs no rights to get one of networks.
_NEW_USER, _NEW_NETWORK = 0x1000_0000, 0x4000_0000

_LONGEST_REQUEST = 64 * 2**20  # bytes
_AT_ONCE = 2**16  # bytes that are read; most requests are shorter


def main(cpu_seconds: int, memory: int) -> None:
    feeds.parse(
        b'<rss version="2.0"/>', {}, plainly=False
    )  # loads feedparser while files may still be opened at will
    gc.freeze()  # what was loaded is never garbage
    leave_network()
    limit(memory)
    _say(wire.message({}))
    with open(sys.stdin.fileno(), "rb", _AT_ONCE, closefd=False) as requests:
        while True:
            try:
                head, body = wire.receive(_reader(requests), _LONGEST_REQUEST)
            except EOFError:
                return
            grant(cpu_seconds)
            _say(answer(head, body))


def _say(message: bytes) -> None:
    sys.stdout.buffer.write(message)
    sys.stdout.buffer.flush()


def _reader(stream: BinaryIO) -> Any:
    def read(size: int) -> bytes:
        data = stream.read(size)
        if len(data) < size:
            raise EOFError
        return data

    return read


def answer(head: dict[str, Any], body: bytes) -> bytes:
    """What was read, {"error": …} or, after what this process should not outlive, {"fatal": …}."""
    try:
        return wire.message(_READERS[head["do"]](head, body))
    except ParseError as error:
        return wire.message({"error": str(error)})
    except MemoryError:
        return wire.message({"fatal": "memory"})
    except Exception as error:  # a bug of ours, met by one source: named, and no reason to stop the others
        return wire.message({"fatal": f"{type(error).__name__}: {error}"})


_READERS: dict[str, Callable[[dict[str, Any], bytes], dict[str, Any]]] = {
    "feed": lambda head, body: wire.tell(
        feeds.parse(body, head["headers"], frozenset(head["known"].split()))
    ),
    "file": lambda head, body: wire.tell(documents.read(head["name"], body)),
    "page": lambda head, body: {"text": pages.article_on(body, head["headers"])},
    "robots": lambda head, body: asdict(robots.permission(body, head["url"])),
}


def leave_network() -> None:
    """A network of our own with nobody in it. Left undone where the system does not know or allow it."""
    unshare = getattr(ctypes.CDLL(None), "unshare", None)  # os has it from Python 3.12 on
    if unshare:
        unshare(_NEW_USER | _NEW_NETWORK)


def limit(memory: int) -> None:
    """No more memory than `memory` bytes of addresses, no core dumps, no files written, hardly any opened, no forks."""
    for what, most in (
        (resource.RLIMIT_AS, memory),
        (resource.RLIMIT_CORE, 0),
        (resource.RLIMIT_FSIZE, 0),
        (resource.RLIMIT_NOFILE, 32),  # a codec met for the first time is a file to read
        (resource.RLIMIT_NPROC, 0),
    ):
        try:
            resource.setrlimit(what, (most, most))
        except (ValueError, OSError):  # a system that does not know this limit: macOS and RLIMIT_AS
            continue


def grant(cpu_seconds: int) -> None:
    """So many seconds of CPU from now on, or one more. Then the kernel sends SIGXCPU, which ends the process."""
    usage = resource.getrusage(resource.RUSAGE_SELF)
    _, hard = resource.getrlimit(resource.RLIMIT_CPU)
    resource.setrlimit(resource.RLIMIT_CPU, (int(usage.ru_utime + usage.ru_stime) + 1 + cpu_seconds, hard))


if __name__ == "__main__":
    main(int(sys.argv[1]), int(sys.argv[2]))
