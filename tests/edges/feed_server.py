"""A real HTTP server on 127.0.0.1 that behaves, path by path, as the test says: well, badly or not at all.

with FeedServer() as server:
    server.serve("/feed", body, etag='"1"')
    server.redirect("/old", "/feed")
    ...
    assert server.requests("/feed") == 1
"""

from __future__ import annotations

import gzip
import socket
import ssl
import threading
from collections import defaultdict
from datetime import UTC, datetime
from email.utils import format_datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import TYPE_CHECKING, Any, Self

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path


class FeedServer:
    """A context manager. Paths without a behaviour answer 404. `certificate`: a PEM with its key, for https."""

    def __init__(self, host: str = "127.0.0.1", certificate: Path | None = None, *, port: int = 0) -> None:
        self._server = (_Server6 if ":" in host else _Server)((host, port), _Handler)
        self._server.owner = self
        self._scheme = "http"
        if certificate:
            context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
            context.load_cert_chain(certificate)
            self._server.socket = context.wrap_socket(self._server.socket, server_side=True)
            self._scheme = "https"
        self._thread = threading.Thread(target=self._server.serve_forever, kwargs={"poll_interval": 0.01})
        self.closing = threading.Event()
        self.clock: Callable[[], datetime] = lambda: datetime.now(UTC)  # the time that it thinks it is
        self.behaviours: dict[str, Callable[[_Handler], None]] = {}
        self.seen: dict[str, list[dict[str, str]]] = defaultdict(list)

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.stop()

    def stop(self) -> None:
        """Dies, for good."""
        if self.closing.is_set():
            return
        self.closing.set()
        self._server.shutdown()
        self._thread.join()
        self._server.server_close()  # waits for the handlers

    @property
    def port(self) -> int:
        return int(self._server.server_address[1])

    def hang_up(self) -> None:
        """Ends the connections that clients keep."""
        self._server.hang_up()

    def url(self, path: str, host: str | None = None) -> str:
        name = str(self._server.server_address[0])
        return f"{self._scheme}://{host or name}:{self.port}{path}"

    def requests(self, path: str) -> int:
        """How many requests have come for this path."""
        return len(self.seen[path])

    def headers(self, path: str) -> list[dict[str, str]]:
        """The headers of each request for this path, names in lower case."""
        return self.seen[path]

    # ---- Good behaviour -------------------------------------------------------------------------------------------

    def serve(
        self,
        path: str,
        body: bytes | str,
        *,
        status: int = 200,
        etag: str | None = None,
        last_modified: str | None = None,
        content_type: str = "application/rss+xml; charset=utf-8",
        compress: bool = False,
        headers: Mapping[str, str] | None = None,
    ) -> None:
        """This body from now on; 304 for who already has its etag, or else its last_modified."""
        content = body.encode() if isinstance(body, str) else body
        content = gzip.compress(content) if compress else content
        fields = {"Content-Type": content_type, "ETag": etag, "Last-Modified": last_modified}
        fields |= {"Content-Encoding": "gzip" if compress else None, **(headers or {})}

        def behave(handler: _Handler) -> None:
            asked = handler.headers
            if etag and "If-None-Match" in asked:
                known = asked["If-None-Match"] == etag
            else:
                known = bool(last_modified) and asked.get("If-Modified-Since") == last_modified
            handler.answer(304 if known else status, fields, b"" if known else content)

        self.behaviours[path] = behave

    def redirect(self, path: str, to: str, *, status: int = 302) -> None:
        self.behaviours[path] = lambda handler: handler.answer(status, {"Location": to}, b"moved")

    def status(self, path: str, status: int, *, headers: Mapping[str, str] | None = None) -> None:
        self.behaviours[path] = lambda handler: handler.answer(status, headers or {}, b"no")

    # ---- Bad behaviour --------------------------------------------------------------------------------------------

    def hang(self, path: str) -> None:
        """Takes the request, and says nothing until the server closes."""

        def behave(_: _Handler) -> None:
            self.closing.wait()

        self.behaviours[path] = behave

    def drip(
        self,
        path: str,
        body: bytes,
        *,
        before: bytes = b"HTTP/1.1 200 OK\r\nContent-Type: application/rss+xml\r\n\r\n",
    ) -> None:
        """A byte at a time, a tenth of a second apart, without an end. `before`: what is said at once."""

        def behave(handler: _Handler) -> None:
            handler.say(before)
            for index in range(10**9):
                handler.say(body[index % len(body) :][:1])
                if self.closing.wait(0.1):
                    return

        self.behaviours[path] = behave

    def endless_headers(self, path: str) -> None:
        self._endless(path, b"HTTP/1.1 200 OK\r\n", b"X-Filler: " + b"x" * 1000 + b"\r\n")

    def endless_body(self, path: str, *, status: int = 200) -> None:
        self._endless(path, f"HTTP/1.1 {status} Whatever\r\n\r\n".encode(), b"x" * 2**16)

    def bomb(self, path: str, size: int) -> None:
        """`size` bytes of nothing, in a thousandth of that."""
        self.serve(path, b"\0" * size, compress=True)

    def raw(self, path: str, answer: bytes) -> None:
        """Exactly these bytes, then the end of the connection."""
        self.behaviours[path] = lambda handler: handler.say(answer)

    def _endless(self, path: str, opening: bytes, piece: bytes) -> None:
        def behave(handler: _Handler) -> None:
            handler.say(opening)
            while not self.closing.is_set():
                handler.say(piece)

        self.behaviours[path] = behave


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True
    timeout = 30  # seconds a kept connection may stay idle; closing the server cuts it short
    server: _Server

    def do_GET(self) -> None:  # http.server's name for it
        owner = self.server.owner
        owner.seen[self.path].append({name.lower(): value for name, value in self.headers.items()})
        behave = owner.behaviours.get(self.path)
        if behave:
            behave(self)
        else:
            self.answer(404, {}, b"not here")

    def answer(self, status: int, headers: Mapping[str, str | None], body: bytes) -> None:
        self.send_response(status)
        for name, value in headers.items():
            if value is not None:
                self.send_header(name, value)
        if status != 304:
            self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def date_time_string(self, timestamp: float | None = None) -> str:
        """For the Date of each answer."""
        return format_datetime(self.server.owner.clock(), usegmt=True)

    def say(self, data: bytes) -> None:
        """Raw bytes; the connection ends with this answer."""
        self.close_connection = True
        self.wfile.write(data)

    def log_message(self, *_: Any) -> None:
        pass


class _Server(ThreadingHTTPServer):
    owner: FeedServer
    daemon_threads = False  # server_close waits for them, so that no socket outlives its test
    request_queue_size = 128

    def __init__(self, *arguments: Any) -> None:
        super().__init__(*arguments)
        self._open: set[Any] = set()

    def process_request(self, request: Any, client_address: Any) -> None:
        self._open.add(request)
        super().process_request(request, client_address)

    def shutdown_request(self, request: Any) -> None:
        self._open.discard(request)
        super().shutdown_request(request)

    def hang_up(self) -> None:
        for connection in list(self._open):  # kept alive by clients that will say no more
            try:
                connection.shutdown(2)
            except OSError:
                continue

    def server_close(self) -> None:
        self.hang_up()
        super().server_close()

    def handle_error(self, request: Any, client_address: Any) -> None:
        """Clients that hang up on bad behaviour are what the tests are about."""


class _Server6(_Server):
    address_family = socket.AF_INET6
