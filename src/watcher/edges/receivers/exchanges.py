"""What apprise hides of HTTP: the status of each answer, its Retry-After, and the error where there was none.

apprise's plugins call requests.post() and keep yes or no of it. Its results hold no status, and its log no header. So
requests is given an adapter of ours, as the one place that every plugin's request passes. It notes what came back, for
the send of its own thread alone; and it reads only the beginning of an answer's body: whether a message was taken is
said by the status, and nothing after it may cost memory, time or a second copy.
"""

from __future__ import annotations

import logging
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from contextvars import ContextVar
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from requests import PreparedRequest, Response

MOST_BYTES = 1 << 20  # of a body; a service's answer to a message is a few hundred
MOST_SECONDS = 10  # for a body


@dataclass(frozen=True, slots=True)
class Exchange:
    """One request, and what came of it: a status with its Retry-After, or the error in place of an answer."""

    status: int | None = None
    retry_after: str | None = None
    error: Exception | None = None

    @property
    def failed(self) -> bool:
        return self.status is None or not 200 <= self.status < 300


_exchanges: ContextVar[list[Exchange] | None] = ContextVar("exchanges", default=None)


@contextmanager
def observed() -> Iterator[list[Exchange]]:
    """The exchanges of what this thread sends inside, in their order."""
    _install()
    exchanges: list[Exchange] = []
    before = _exchanges.set(exchanges)
    try:
        yield exchanges
    finally:
        _exchanges.reset(before)


@cache
def _install() -> None:
    """Every session of requests mounts the adapter of this name; of what watcher imports, only apprise opens any."""
    from requests import sessions
    from requests.adapters import HTTPAdapter

    logging.getLogger("urllib3").propagate = False  # at DEBUG it logs each path, and tokens are in paths

    class Observer(HTTPAdapter):
        def send(self, request: PreparedRequest, *args: Any, **kwargs: Any) -> Response:
            exchanges = _exchanges.get()
            if exchanges is None:
                return super().send(request, *args, **kwargs)
            try:
                response = super().send(request, *args, **kwargs)
            except Exception as error:
                exchanges.append(Exchange(error=error))
                raise
            exchanges.append(Exchange(response.status_code, response.headers.get("Retry-After")))
            response.raw = _Beginning(response.raw)
            return response

    sessions.HTTPAdapter = Observer  # type: ignore[attr-defined]


class _Beginning:
    """The beginning of a body. Where it is too long, too slow or breaks off, it ends."""

    def __init__(self, raw: Any) -> None:
        self._raw = raw
        self._left = MOST_BYTES
        self._until = time.monotonic() + MOST_SECONDS

    def read(self, most: int) -> bytes:
        from urllib3.exceptions import HTTPError

        if self._left <= 0 or time.monotonic() > self._until:
            return b""
        with suppress(HTTPError, OSError):
            # read1 returns what has come; read would wait for all of `most`, a drip at a time.
            some: bytes = self._raw.read1(min(most, self._left), decode_content=True)
            self._left -= len(some)
            return some
        return b""

    def close(self) -> None:
        self._raw.close()

    def release_conn(self) -> None:
        """Closed, not kept for another request: the rest of the body may still be coming in."""
        self._raw.close()

    def __getattr__(self, name: str) -> Any:
        """requests asks for more of an answer than its body: its version, its own headers for cookies."""
        if name == "stream":  # read() is to be used in its place
            raise AttributeError(name)
        return getattr(self._raw, name)
