"""One request on its way: what libcurl is told, what it tells, and what came of it. The limits and the guard are here.

Nothing in this module waits; `loop.py` does.
"""

from __future__ import annotations

import errno
import os
import re
import socket
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, Any
from urllib.parse import quote, urljoin, urlsplit, urlunsplit

import pycurl

from watcher.core.sources.hints import retry_after
from watcher.edges.fetch import reasons
from watcher.edges.fetch.arrivals import Arrival
from watcher.edges.fetch.exchange import NOT_MODIFIED, Answer, Request, Response, hash_of
from watcher.edges.fetch.room import SMALL
from watcher.errors import FetchError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence
    from datetime import datetime

    from watcher.edges.fetch.arrivals import Arrivals
    from watcher.edges.fetch.room import Room

_MAX_HEADERS = 128 * 2**10  # bytes, of all hops together
_MAX_IGNORED = 64 * 2**10  # bytes of a body that nobody wants, read so that the connection can be kept
_PLAIN_URL = re.compile(r"https?://[a-z0-9.-]+(?::[0-9]+)?/[A-Za-z0-9/._~%+-]*(?:\?[A-Za-z0-9/._~%+=&-]+)?")
_REDIRECTS = frozenset({301, 302, 303, 307, 308})
_PERMANENT = frozenset({301, 308})
_AUTHORITY = re.compile(r"[^/?#]*//([^/?#]*)")

# How it ends without a word of the server: what is none of its fault where it happens to all of them.
_UNREACHED = frozenset(
    {
        pycurl.E_COULDNT_RESOLVE_HOST,
        pycurl.E_COULDNT_RESOLVE_PROXY,
        pycurl.E_COULDNT_CONNECT,
        pycurl.E_OPERATION_TIMEDOUT,
    }
)


@dataclass(frozen=True)
class Limits:
    """What holds for every transfer of a Fetcher. `names`: "host:port" -> addresses, asked before the system is."""

    user_agent: str
    max_bytes: int
    connect_timeout: timedelta
    certificates: str | None
    proxies: Mapping[str, str]
    is_public: Callable[[str], bool]
    clock: Callable[[], datetime]
    names: Mapping[str, Sequence[str]]
    room: Room


def pattern(limits: Limits) -> pycurl.Curl:
    """What all handles are copies of: the options that hold for every transfer."""
    curl = pycurl.Curl()
    web = pycurl.PROTO_HTTP | pycurl.PROTO_HTTPS
    for option, value in (
        (pycurl.USERAGENT, limits.user_agent.encode()),
        (pycurl.ACCEPT_ENCODING, ""),  # all that this libcurl can decompress
        (pycurl.PROTOCOLS, web),
        (pycurl.REDIR_PROTOCOLS, web),
        (pycurl.MAXREDIRS, reasons.MAX_REDIRECTS),
        (pycurl.CONNECTTIMEOUT_MS, milliseconds(limits.connect_timeout)),
        (pycurl.NOSIGNAL, 1),
        (pycurl.PROXY, ""),
        (pycurl.NOPROXY, ""),
    ):
        curl.setopt(option, value)
    if limits.certificates:
        curl.setopt(pycurl.CAINFO, os.fsencode(limits.certificates))
    return curl


class Transfer:
    """`prepare` makes the handle, libcurl calls the `_on_…` methods, `result` judges. `site`: host and port.

    `has_room`: its body may be a large one, for it has a place. `wants_room`: it had to end for want of one.
    """

    def __init__(self, request: Request, arrivals: Arrivals, limits: Limits) -> None:
        self._request = request
        self._arrivals = arrivals
        self._limits = limits
        self._url = request.url
        self.site = site_of(request.url)
        self._curl_follows = request.follow
        self.has_room = False
        self._max_bytes = min(request.max_bytes or limits.max_bytes, limits.max_bytes)
        self._sockets: list[socket.socket] = []
        self._moves = Moves(request.url)

    def _begin(self) -> None:
        self.wants_room = False
        self._stopped: str | None = None  # why we stopped it, in words
        self._header_bytes = 0
        self._ignored_bytes = 0
        self._body = bytearray()
        self._redirected = False
        if self._curl_follows:
            self._moves = Moves(self._url)
        self._begin_hop()

    def _begin_hop(self) -> None:
        self._status = 0  # none yet
        self._head: list[bytes] = []  # its lines
        self._connecting = False  # to an address that the guard let pass
        self._refused: str | None = None  # the last address that it did not

    def answer(self, answer: Answer) -> None:
        """Hands over the answer, and the place in the room with it; the last that a transfer does."""
        self._close_sockets()
        self._body = bytearray()
        self._arrivals.put(Arrival(self._request, answer, self.has_room))

    def _close_sockets(self) -> None:
        for ours in self._sockets:
            ours.close()
        self._sockets.clear()

    def prepare(self, pattern: pycurl.Curl) -> pycurl.Curl:
        """A handle ready to go, made after the pattern. Errors: FetchError for an address that cannot be one."""
        self._begin()
        curl = pattern.duphandle()
        try:
            self._set_options(curl)
            self._set_route(curl)
        except (pycurl.error, ValueError) as error:
            curl.close()
            why = reasons.words(str(error.args[-1]) if error.args else "")
            raise FetchError(f"the address is not valid: {why}") from error
        return curl

    def _set_options(self, curl: pycurl.Curl) -> None:
        self._asked = _ascii(self._url)
        curl.setopt(pycurl.URL, self._asked)
        curl.setopt(pycurl.HTTPHEADER, self._conditions())
        curl.setopt(pycurl.FOLLOWLOCATION, int(self._curl_follows))
        curl.setopt(pycurl.TIMEOUT_MS, milliseconds(self._request.timeout))
        curl.setopt(pycurl.HEADERFUNCTION, self._on_header)
        curl.setopt(pycurl.WRITEFUNCTION, self._on_body)
        if names := self._limits.names:
            curl.setopt(pycurl.RESOLVE, [f"{name}:{','.join(names[name])}" for name in names])

    def _set_route(self, curl: pycurl.Curl) -> None:
        """Straight there, past the guard."""
        if not self._request.allow_private:
            curl.setopt(pycurl.OPENSOCKETFUNCTION, self._on_open)
            curl.setopt(pycurl.PREREQFUNCTION, self._on_ready)

    def _conditions(self) -> list[bytes]:
        said = (("If-None-Match", self._request.etag), ("If-Modified-Since", self._request.last_modified))
        return [
            f"{name}: {value}".encode("latin-1", "replace")
            for name, value in said
            if value and value.isprintable()
        ]

    # ---- What libcurl calls ---------------------------------------------------------------------------------------

    def _on_open(self, _purpose: int, address: Any) -> Any:
        """The guard: asked with the address of each connection, at each hop, before it is made."""
        if not self._judge_address(address):
            return pycurl.SOCKET_BAD
        self._connecting = True
        # pycurl works with a duplicate of it: ours is still ours to close.
        self._sockets.append(socket.socket(address.family, address.socktype, address.protocol))
        return self._sockets[-1]

    def _judge_address(self, address: Any) -> bool:
        host = address.addr[0].decode() if isinstance(address.addr[0], bytes) else str(address.addr[0])
        public = self._limits.is_public(host)
        self._refused = self._refused if public else host
        return public

    def _on_ready(self, remote: str, _local: str, _remote_port: int, _local_port: int) -> int:
        """The guard again: a connection made for a source that may go there could serve this one, too."""
        if self._limits.is_public(remote):
            return int(pycurl.PREREQFUNC_OK)
        self._refused = remote
        return int(pycurl.PREREQFUNC_ABORT)

    def _on_header(self, line: bytes) -> int | None:
        self._header_bytes += len(line)
        if self._header_bytes > _MAX_HEADERS:
            self._stopped = f"more than {reasons.size(_MAX_HEADERS)} of headers"
            return -1
        if line.startswith(b"HTTP/"):
            self._status, self._head = _status(line), []
        elif not line.isspace():
            self._head.append(line)
        elif self._status in _REDIRECTS and self._curl_follows and (location := self._location):
            self._moves.follow(self._status, location)
            self._begin_hop()
            self._redirected = True
        return None

    def _on_body(self, data: bytes) -> int | None:
        if not 200 <= self._status < 300:
            self._ignored_bytes += len(data)
            return -1 if self._ignored_bytes > _MAX_IGNORED else None
        if len(self._body) + len(data) > self._max_bytes:
            self._stopped = f"more than {reasons.size(self._max_bytes)}"
            return -1
        if len(self._body) + len(data) > SMALL and not self._find_room():
            return -1
        self._body += data
        return None

    def _find_room(self) -> bool:
        self.has_room = self.has_room or self._limits.room.take()
        self.wants_room = not self.has_room
        return self.has_room

    @property
    def _location(self) -> str | None:
        """Where this hop sends us."""
        return _headers(self._head).get("location") or None if self._status in _REDIRECTS else None

    # ---- What came of it ------------------------------------------------------------------------------------------

    def result(self, curl: pycurl.Curl, code: int, message: str) -> Answer | None:
        """The answer, or why there is none. `code`: a CURLcode, 0 for none; `message`: libcurl's words for it.

        None where it is to be done again: with a place in the room, or as its next step.
        """
        if self.wants_room:
            self._close_sockets()
            self._body = bytearray()
            return None
        return self._answer(curl, code, message)

    def _answer(self, curl: pycurl.Curl, code: int, message: str) -> Answer | None:
        if self._status >= 400:  # whatever happened to the rest of the answer
            return self._failed_status()
        if not self._request.follow and self._location:
            return self._response(curl)
        if code:
            silent_for = timedelta(seconds=curl.getinfo(pycurl.TOTAL_TIME))
            return FetchError(
                self._stopped or self._reason(curl, code, message),
                silent_for=silent_for if self._is_unreached(curl, code) else None,
            )
        if not self._status:  # libcurl read one where there is none
            return FetchError(reasons.NO_HTTP)
        if not 200 <= self._status < 300 and self._status != NOT_MODIFIED:
            return self._failed_status()
        return self._response(curl)

    def _response(self, curl: pycurl.Curl) -> Response:
        known = bool(self._body and self._request.body_hash == hash_of(self._body))
        return Response(
            self._status,
            _address(curl) if self._redirected else self._asked,
            _headers(self._head),
            b"" if known else bytes(self._body),
            self._moves.to,
            known,
        )

    def _failed_status(self) -> FetchError:
        headers = _headers(self._head)
        retry_at = retry_after(headers.get("retry-after"), self._limits.clock(), headers.get("date"))
        return FetchError(reasons.status(self._status), status=self._status, retry_at=retry_at)

    def _is_unreached(self, curl: pycurl.Curl, code: int) -> bool:
        if code not in _UNREACHED or self._status or self._redirected or self._refused or self._stopped:
            return False
        refused = code == pycurl.E_COULDNT_CONNECT and curl.getinfo(pycurl.OS_ERRNO) == errno.ECONNREFUSED
        return not refused

    def _reason(self, curl: pycurl.Curl, code: int, message: str) -> str:
        host = host_of(_address(curl))
        if self._refused and (code == pycurl.E_ABORTED_BY_CALLBACK or not self._connecting):
            return reasons.refused(host, self._refused, redirected=self._redirected)
        if code == pycurl.E_OPERATION_TIMEDOUT:
            return self._too_slow(curl, host)
        if code == pycurl.E_COULDNT_CONNECT:
            return reasons.unconnected(host, curl.getinfo(pycurl.OS_ERRNO))
        return reasons.failed(code, message, host, redirected=self._redirected)

    def _too_slow(self, curl: pycurl.Curl, host: str) -> str:
        timeout = self._request.timeout
        if not self._redirected and not curl.getinfo(pycurl.PRIMARY_IP):
            timeout = min(timeout, self._limits.connect_timeout)
            return f"no connection to {host} within {timeout.total_seconds():g} s"
        what = "the answer was not complete" if self._status else "no answer"
        return f"{what} within {timeout.total_seconds():g} s"


class Moves:
    """`to`: where permanent redirects have led so far, from the first on and until one is not permanent."""

    def __init__(self, url: str) -> None:
        self.to: str | None = None
        self._here = url
        self._for_good = True

    def follow(self, status: int, location: str) -> None:
        self._for_good = self._for_good and status in _PERMANENT
        if self._for_good:
            try:
                self._here = self.to = urljoin(self._here, location)
            except ValueError:
                self._for_good = False


def _status(line: bytes) -> int:
    number = line.split(None, 2)[1:2]
    return int(number[0]) if number and number[0].isdigit() else 0


def _headers(lines: Iterable[bytes]) -> dict[str, str]:
    """Name in lower case -> value; of several, all."""
    headers: dict[str, str] = {}
    for line in lines:
        name, colon, value = line.decode("latin-1").partition(":")
        if colon:
            name, value = name.strip().lower(), value.strip()
            headers[name] = f"{headers[name]}, {value}" if name in headers else value
    return headers


def _ascii(url: str) -> str:
    """The URL as it goes over the wire: host in IDNA, the rest percent-encoded. ValueError for what is none."""
    if _PLAIN_URL.fullmatch(url):
        return url
    parts = urlsplit(url.strip())
    if not parts.hostname:
        raise ValueError("there is no host in it")
    location = parts.netloc
    if not location.isascii():
        location = location.lower().replace(parts.hostname, parts.hostname.encode("idna").decode("ascii"))
    path, query = (quote(part, safe="!$%&'()*+,/:;=?@[]~") for part in (parts.path, parts.query))
    return urlunsplit((parts.scheme, location, path, query, ""))


def _address(curl: pycurl.Curl) -> str:
    """Where the last hop led. A redirect can hold any bytes."""
    return str(curl.getinfo_raw(pycurl.EFFECTIVE_URL).decode("utf-8", "replace"))


def site_of(url: str) -> str:
    """host:port, for telling servers apart; "" where the URL is none."""
    authority = _AUTHORITY.match(url)
    return authority[1].rpartition("@")[2].lower() if authority else ""


def host_of(url: str) -> str:
    try:
        return urlsplit(url).hostname or ""
    except ValueError:
        return ""


def milliseconds(duration: timedelta) -> int:
    """Of a duration, at least 1: 0 would be no limit."""
    return max(1, int(duration.total_seconds() * 1000))
