"""The servers of the press: one port, a name for each outlet. They note who asked, and when by the press's own time."""

from __future__ import annotations

import asyncio
import mmap
import re
import struct
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from http import HTTPStatus
from pathlib import Path

from tests.week.press import Answer, Press

_REQUEST = re.compile(rb"GET (\S+) HTTP")
_HOST = re.compile(rb"\r\nhost: *outlet(\d+)\.", re.IGNORECASE)
_VALIDATOR = re.compile(rb"\r\nif-none-match: *([^\r]+)", re.IGNORECASE)


class SharedTime:
    """The time of the press, as seconds since START, in a file that the daemon's process has open as well."""

    def __init__(self, path: Path) -> None:
        if not path.exists():
            path.write_bytes(struct.pack("d", 0.0))
        with path.open("r+b") as file:
            self._map = mmap.mmap(file.fileno(), 8)

    @property
    def seconds(self) -> float:
        return float(struct.unpack("d", self._map[:8])[0])

    def advance(self, seconds: float) -> None:
        self._map[:8] = struct.pack("d", self.seconds + seconds)


class Asked:
    """What the servers have heard. Feed number -> the moments at which it was asked for, in seconds since START."""

    def __init__(self, feeds: int) -> None:
        self.feeds: list[list[float]] = [[] for _ in range(feeds)]
        self.heartbeats: list[float] = []


class _Door(asyncio.Protocol):
    def __init__(
        self, press: Press, time: SharedTime, asked: Asked, open_doors: set[asyncio.Transport]
    ) -> None:
        self._press, self._time, self._asked, self._open = press, time, asked, open_doors
        self._heard = b""

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.Transport)
        self._transport = transport
        self._open.add(transport)

    def connection_lost(self, _error: Exception | None) -> None:
        self._open.discard(self._transport)

    def data_received(self, data: bytes) -> None:
        self._heard += data
        while b"\r\n\r\n" in self._heard:
            head, _, self._heard = self._heard.partition(b"\r\n\r\n")
            self._hear(head)

    def _hear(self, head: bytes) -> None:
        request, host, validator = _REQUEST.match(head), _HOST.search(head), _VALIDATOR.search(head)
        assert request
        now = self._time.seconds
        if host is None:
            self._asked.heartbeats.append(now)
            answer = Answer(200)
        else:
            number = int(host[1])
            path = request[1].decode()
            if path == "/feed":  # whoever is sent on asks once more
                self._asked.feeds[number].append(now)
            etag = validator[1].decode() if validator else None
            answer = self._press.feeds[number].answer(path, timedelta(seconds=now), etag)
        self._say(answer)

    def _say(self, answer: Answer) -> None:
        if answer.status is None:
            self._transport.abort()
            return
        lines = [f"HTTP/1.1 {answer.status} {HTTPStatus(answer.status).phrase}"]
        lines += [f"{name}: {value}" for name, value in answer.headers.items()]
        lines += [] if answer.status == 304 else [f"Content-Length: {len(answer.body)}"]
        self._transport.write("\r\n".join([*lines, "", ""]).encode() + answer.body)


@contextmanager
def serving(press: Press, time: SharedTime) -> Iterator[tuple[Asked, int]]:
    """What is heard, and the port."""
    asked, open_doors = Asked(len(press.feeds)), set[asyncio.Transport]()
    loop: asyncio.AbstractEventLoop | None = None
    listening, ended = threading.Event(), asyncio.Event()
    port = 0

    async def serve() -> None:
        nonlocal loop, port
        loop = asyncio.get_running_loop()
        server = await loop.create_server(
            lambda: _Door(press, time, asked, open_doors), "127.0.0.1", 0, backlog=512
        )
        port = server.sockets[0].getsockname()[1]
        listening.set()
        await ended.wait()
        server.close()
        for each in list(open_doors):
            each.abort()
        await asyncio.sleep(0)  # in which they end

    thread = threading.Thread(target=asyncio.run, args=(serve(),))
    thread.start()
    listening.wait()
    assert loop
    try:
        yield asked, port
    finally:
        loop.call_soon_threadsafe(ended.set)
        thread.join()
