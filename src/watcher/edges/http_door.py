"""The door through which monitors look in: GET a few pages over HTTP, on a loopback port or a Unix socket.

It answers what it is given and knows nothing of watcher. Whoever asks for anything else is told so, with a 4xx.
"""

from __future__ import annotations

import logging
import os
import socket
import socketserver
import stat
import threading
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from http.client import HTTPConnection, HTTPException
from http.server import BaseHTTPRequestHandler
from pathlib import Path
from typing import Any, Self

from watcher.errors import WatcherError

log = logging.getLogger(__name__)

_PATIENCE = 10  # seconds for a request, and for its answer
_MOST_AT_ONCE = 16  # where there are more, who has been there longest is shown out: an answer takes no time

Address = tuple[str, int] | Path


@dataclass(frozen=True, slots=True)
class Page:
    text: str
    status: int = 200
    kind: str = "text/plain; charset=utf-8"


class HttpDoor:
    """Answers at `address` from the moment it is made until `close`. `pages`: path -> what makes its page.

    Raises WatcherError when the address cannot be had.
    """

    def __init__(self, address: Address, pages: Mapping[str, Callable[[], Page]]) -> None:
        handler = type("_Handler", (_Handler,), {"pages": pages})
        try:
            if isinstance(address, Path):
                _remove_old(address)
                self._server: _Server = _UnixServer(str(address), handler)
                os.chmod(address, 0o600)
            else:
                self._server = _Server6(address, handler) if ":" in address[0] else _Server(address, handler)
        except OSError as error:
            where = address if isinstance(address, Path) else ":".join(map(str, address))
            raise WatcherError(
                f"{where} cannot be listened on: {error.strerror or error}; change `listen` in the config"
            ) from error
        self._address = address
        self._thread = threading.Thread(target=self._server.serve_forever, name="http", daemon=True)
        self._thread.start()

    @property
    def port(self) -> int:
        """The port, also where any free one was asked for (0)."""
        return int(self._server.server_address[1])

    def close(self) -> None:
        self._server.shutdown()
        self._server.server_close()
        if isinstance(self._address, Path):
            self._address.unlink(missing_ok=True)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


def get(address: Address, path: str) -> Page:
    """What is answered there. Raises WatcherError when nobody answers."""
    try:
        connection = (
            _UnixConnection(address)
            if isinstance(address, Path)
            else HTTPConnection(*address, timeout=_PATIENCE)
        )
        connection.request("GET", path)
        answer = connection.getresponse()
        return Page(
            answer.read().decode("utf-8", "replace"), answer.status, answer.headers.get("Content-Type", "")
        )
    except (OSError, HTTPException) as error:
        where = address if isinstance(address, Path) else f"{address[0]}:{address[1]}"
        why = getattr(error, "strerror", None) or error
        raise WatcherError(
            f"no watcher answers at {where}: {why}; an edit of `listen` counts from the next start on"
        ) from error


def _remove_old(path: Path) -> None:
    """A socket left by a process that was killed would keep its name taken; anything else is not ours."""
    if path.exists() and stat.S_ISSOCK(path.stat().st_mode):
        path.unlink()


class _Server(socketserver.ThreadingTCPServer):
    daemon_threads = True
    allow_reuse_address = True
    request_queue_size = 128

    def __init__(self, address: Any, handler: type[BaseHTTPRequestHandler]) -> None:
        self._inside: dict[socket.socket, None] = {}  # in the order in which they came
        self._lock = threading.Lock()
        super().__init__(address, handler)

    def process_request(self, request: Any, client_address: Any) -> None:
        with self._lock:
            if len(self._inside) >= _MOST_AT_ONCE:
                longest = next(iter(self._inside))
                del self._inside[longest]
                with suppress(OSError):
                    longest.shutdown(socket.SHUT_RDWR)  # its thread ends with it
            self._inside[request] = None
        super().process_request(request, client_address)

    def shutdown_request(self, request: Any) -> None:
        with self._lock:
            self._inside.pop(request, None)
        super().shutdown_request(request)

    def handle_error(self, _request: Any, _client_address: Any) -> None:
        log.debug("a monitor's request broke off", exc_info=True)


class _Server6(_Server):
    address_family = socket.AF_INET6


class _UnixServer(_Server):
    address_family = socket.AF_UNIX

    def server_bind(self) -> None:
        self.socket.bind(self.server_address)


class _UnixConnection(HTTPConnection):
    def __init__(self, path: Path) -> None:
        super().__init__("localhost", timeout=_PATIENCE)
        self._path = path

    def connect(self) -> None:
        self.sock = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        self.sock.settimeout(_PATIENCE)
        self.sock.connect(str(self._path))


class _Handler(BaseHTTPRequestHandler):
    pages: Mapping[str, Callable[[], Page]]
    timeout = _PATIENCE
    server_version, sys_version = "watcher", ""

    def do_GET(self) -> None:
        self._answer(body=True)

    def do_HEAD(self) -> None:
        self._answer(body=False)

    def __getattr__(self, name: str) -> Any:
        if name.startswith("do_"):
            return lambda: self._send(Page("only GET and HEAD\n", 405), body=True)
        raise AttributeError(name)

    def _answer(self, *, body: bool) -> None:
        make = self.pages.get(self.path.partition("?")[0])
        if make is None:
            self._send(Page(f"there are {', '.join(self.pages)}\n", 404), body=body)
            return
        try:
            page = make()
        except Exception as error:
            log.exception("%s cannot be answered", self.path)
            page = Page(f"watcher cannot tell: {error}\n", 503)
        self._send(page, body=body)

    def _send(self, page: Page, *, body: bool) -> None:
        content = page.text.encode()
        self.send_response(page.status)
        self.send_header("Content-Type", page.kind)
        self.send_header("Content-Length", str(len(content)))
        self.send_header("Cache-Control", "no-store")
        self.send_header("X-Content-Type-Options", "nosniff")
        if page.status == 405:
            self.send_header("Allow", "GET, HEAD")
        self.end_headers()
        if body:
            self.wfile.write(content)

    def send_error(self, code: int, message: str | None = None, explain: str | None = None) -> None:
        """What the library refuses before it is asked of us: never our fault, so never a 5xx."""
        super().send_error(code if code < 500 else 400, message, explain)

    def log_message(self, *_: object) -> None:
        """A monitor asks every few seconds; nobody wants to read that."""
