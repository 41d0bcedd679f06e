"""Real receivers on loopback: an SMTP server, a plain web hook, and one that stands where Slack or another would be.

The last is reached as they are: over TLS, under their own names. A small proxy answers for these with a certificate
of the test's own authority; the program under test is told of both by the environment, as it would be in
an office behind a proxy. Nothing is patched.
"""

from __future__ import annotations

import json
import socket
import socketserver
import ssl
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from email import policy
from email.message import EmailMessage
from email.parser import BytesParser
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import trustme
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import AuthResult


class Mailbox:
    """An SMTP server that keeps what it is given.

    `refuse`: answer so instead, such as "451 later"; `refuse_sender` and `refuse_to` (by address) do it before there is
    a mail; `refuse_login` the user. `hangs_up`: after each mail it has taken, without a word.
    """

    def __init__(self) -> None:
        self.messages: list[EmailMessage] = []
        self.taken_for: list[list[str]] = []
        self.refuse: str | None = None
        self.refuse_sender: str | None = None
        self.refuse_to: dict[str, str] = {}
        self.hangs_up = False
        self.refuse_login: str | None = None

    def login(self, *_: object) -> AuthResult:
        """Any password will do."""
        return AuthResult(success=not self.refuse_login, handled=False, message=self.refuse_login)

    # The names are those that aiosmtpd calls.
    async def handle_MAIL(  # noqa: N802
        self, _server: Any, _session: Any, envelope: Any, address: str, _options: Any
    ) -> str:
        if self.refuse_sender:
            return self.refuse_sender
        envelope.mail_from = address
        return "250 OK"

    async def handle_RCPT(  # noqa: N802
        self, _server: Any, _session: Any, envelope: Any, address: str, _options: Any
    ) -> str:
        if address in self.refuse_to:
            return self.refuse_to[address]
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: Any, _session: Any, envelope: Any) -> str:  # noqa: N802
        if self.refuse:
            return self.refuse
        message = BytesParser(policy=policy.default).parsebytes(envelope.content)
        assert isinstance(message, EmailMessage)
        self.messages.append(message)
        self.taken_for.append(envelope.rcpt_tos)
        if self.hangs_up:
            server.transport.abort()
        return "250 OK"


@contextmanager
def mailbox(tls: ssl.SSLContext | None = None) -> Iterator[tuple[Mailbox, int]]:
    """A mailbox, and the port it listens on; with `tls` from the first byte on."""
    box = Mailbox()
    controller = _started(box, tls)
    try:
        yield box, controller.port
    finally:
        controller.stop()


def _started(box: Mailbox, tls: ssl.SSLContext | None) -> Controller:
    """On a port that was free a moment ago: when another test was quicker, on another one."""
    for left in reversed(range(5)):
        with socket.create_server(("127.0.0.1", 0)) as free:
            port = free.getsockname()[1]
        controller = Controller(
            box,
            hostname="127.0.0.1",
            port=port,
            ssl_context=tls,
            authenticator=box.login,
            auth_require_tls=False,
        )
        try:
            controller.start()
        except OSError:
            if not left:
                raise
        else:
            return controller
    raise AssertionError


@dataclass(frozen=True)
class Answer:
    """How a hook answers a post. A post of which the status says so is taken, whatever comes after it."""

    status: int = 200
    headers: dict[str, str] = field(default_factory=dict)
    lost: bool = False  # the post is taken, and the connection broken in place of an answer
    length: int = 0  # bytes of body
    drips: bool = False  # a byte of the body each tenth of a second


@dataclass
class Hook:
    """What was posted, as JSON, and the environment in which a program finds the hook."""

    posts: list[dict[str, Any]] = field(default_factory=list)
    headers: list[dict[str, str]] = field(
        default_factory=list
    )  # of each post, taken or not; names in lower case
    answers: list[Answer] = field(default_factory=list)  # for the next posts, before `statuses`
    statuses: list[int] = field(default_factory=list)  # for the next posts; 200 when it is empty
    silent: bool = False  # it takes posts, and never answers
    takes: float = 0  # seconds for each answer
    at_once: int = 0  # posts that wait for an answer
    most_at_once: int = 0
    hosts: list[str] = field(
        default_factory=list
    )  # of each post: the name it went to, where there are several
    env: dict[str, str] = field(default_factory=dict)


class _Poster(BaseHTTPRequestHandler):
    server: _HookServer

    def do_POST(self) -> None:
        hook = self.server.hook
        hook.at_once += 1
        hook.most_at_once = max(hook.most_at_once, hook.at_once)
        self._answer()
        hook.at_once -= 1

    def _answer(self) -> None:
        length = int(self.headers.get("Content-Length", 0))
        body = self.rfile.read(length)
        if len(body) < length:  # the sender died
            return
        hook = self.server.hook
        hook.headers.append({name.lower(): value for name, value in self.headers.items()})
        self.server.closing.wait(None if hook.silent else hook.takes)
        answer = (
            hook.answers.pop(0) if hook.answers else Answer(hook.statuses.pop(0) if hook.statuses else 200)
        )
        if 200 <= answer.status < 300:
            hook.posts.append(json.loads(body))
        self.close_connection = True
        if answer.lost:
            return
        self.send_response(answer.status)
        for name, value in {"Content-Length": str(answer.length), **answer.headers}.items():
            self.send_header(name, value)
        self.end_headers()
        with suppress(OSError):  # whoever has read enough hangs up
            self._send_body(answer)

    def _send_body(self, answer: Answer) -> None:
        size = 1 if answer.drips else 1 << 16
        for _ in range(0, answer.length, size):
            if answer.drips and self.server.closing.wait(0.1):
                return
            self.wfile.write(b"x" * size)

    do_GET = do_POST  # noqa: N815 - the name http.server calls

    def log_message(self, *_: Any) -> None:
        pass


class _HookServer(ThreadingHTTPServer):
    daemon_threads = True
    hook: Hook
    closing: threading.Event


@contextmanager
def hook() -> Iterator[tuple[Hook, str]]:
    """A web hook, and the apprise url that posts JSON to it."""
    with _HookServer(("127.0.0.1", 0), _Poster) as server:
        server.hook, server.closing = Hook(), threading.Event()
        thread = threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True)
        thread.start()
        try:
            yield server.hook, f"json://127.0.0.1:{server.server_port}/alerts"
        finally:
            server.closing.set()
            server.shutdown()
            thread.join()


class _Proxy(socketserver.ThreadingTCPServer):
    daemon_threads = True
    hook: Hook
    tls: ssl.SSLContext


class _Connection(socketserver.BaseRequestHandler):
    server: _Proxy

    def handle(self) -> None:
        reader = self.request.makefile("rb")
        host = reader.readline().split()[1].decode().partition(":")[0]  # CONNECT host:443 HTTP/1.1
        self._head(reader)
        self.request.sendall(b"HTTP/1.1 200 Connected\r\n\r\n")
        with self.server.tls.wrap_socket(self.request, server_side=True) as secure:
            reader = secure.makefile("rb")
            reader.readline()
            headers = self._head(reader)
            body = reader.read(int(headers.get("content-length", 0)))
            hook = self.server.hook
            status = hook.statuses.pop(0) if hook.statuses else 200
            if status == 200:
                hook.posts.append(json.loads(body))
                hook.hosts.append(host)
            secure.sendall(
                f"HTTP/1.1 {status} Said\r\nContent-Length: 2\r\nConnection: close\r\n\r\nok".encode()
            )

    @staticmethod
    def _head(reader: Any) -> dict[str, str]:
        lines = iter(reader.readline, b"\r\n")
        pairs = (line.decode("latin-1").partition(":") for line in lines)
        return {name.strip().lower(): value.strip() for name, _, value in pairs}


SLACK = "hooks.slack.com"


@contextmanager
def stand_in(folder: Path, *hosts: str) -> Iterator[Hook]:
    """A hook under the names of services; `folder` is where its authority's certificate is put."""
    authority = trustme.CA()
    authority.cert_pem.write_to_path(str(folder / "authority.pem"))
    tls = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    authority.issue_cert(*hosts).configure_cert(tls)
    with _Proxy(("127.0.0.1", 0), _Connection) as server:
        server.tls = tls
        server.hook = Hook()
        server.hook.env = {
            "HTTPS_PROXY": f"http://127.0.0.1:{server.server_address[1]}",
            "REQUESTS_CA_BUNDLE": str(folder / "authority.pem"),
        }
        thread = threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True)
        thread.start()
        try:
            yield server.hook
        finally:
            server.shutdown()
            thread.join()
