"""URL to bytes, by libcurl: many at a time, each within its own limits, so that a slow server delays no one.

Deadlines, a cap on the size, conditional requests, at most five redirects, and a guard that looks at the address of
every connection before a byte is sent. libcurl runs in a thread of its own: what a caller does between two results
stops no transfer. Nothing is retried, scheduled or parsed here, and nothing is logged.

    exchange.py     what is asked, and what is answered
    loop.py         the thread: when to start, wait and end
    transfer.py     one request on its way: its limits and the guard
    proxied.py      the same by way of a proxy
    arrivals.py     where results come in
    room.py         how many large bodies may be in memory
    reasons.py      why it failed, in words
    environment.py  proxies and certificates, as this machine has them
"""

from __future__ import annotations

import time
from concurrent.futures import Future, ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Self, TypeVar, overload

from watcher.core.sources.addresses import is_public
from watcher.edges.fetch.arrivals import Arrival, Arrivals
from watcher.edges.fetch.environment import certificates, proxies
from watcher.edges.fetch.exchange import Answer, Request, Response, hash_of
from watcher.edges.fetch.loop import Loop
from watcher.edges.fetch.reasons import STOPPING
from watcher.edges.fetch.room import Room
from watcher.edges.fetch.transfer import Limits
from watcher.errors import FetchError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

__all__ = ["Answer", "Fetcher", "Request", "Response", "hash_of"]

_READERS = 12  # bodies that are read at once: large ones, as many that take long, and as many others
_QUEUED = 8  # times `concurrency`: how many may wait for a crowded host before no more are asked for

_Reading = TypeVar("_Reading")


def _now() -> datetime:
    return datetime.now(UTC)


def _outcome(result: Any) -> Any:
    """Of what arrived: an answer, or the reading of one."""
    if not isinstance(result, Future):
        return result
    return FetchError(STOPPING) if result.cancelled() else result.result()


class Fetcher:
    """Fetches, at most `concurrency` at a time and `per_host` from one host. Safe to use from several threads.

    `max_bytes`: of a body, after decompression. `large_at_once`: how many bodies of more than half a MiB may be in
    memory, so that many such answers cannot fill it; the others are fetched again when there is room. `is_public` says
    of an address whether a source that is not `allow_private` may go there. `clock` tells the moment that a Retry-After
    in seconds counts from. `names`: "host:port" -> addresses, looked up here before the system is asked, as in a hosts
    file.
    """

    def __init__(
        self,
        user_agent: str,
        *,
        max_bytes: int = 15 * 2**20,
        concurrency: int = 64,
        per_host: int = 4,
        large_at_once: int = 4,
        connect_timeout: timedelta = timedelta(seconds=10),
        is_public: Callable[[str], bool] = is_public,
        clock: Callable[[], datetime] = _now,
        names: Mapping[str, Sequence[str]] = MappingProxyType({}),
    ) -> None:
        limits = Limits(
            user_agent=user_agent,
            max_bytes=max_bytes,
            connect_timeout=connect_timeout,
            certificates=certificates(),
            proxies=proxies(),
            is_public=is_public,
            clock=clock,
            names=names,
            room=Room(large_at_once),
        )
        self._concurrency = concurrency
        self._loop = Loop(limits, concurrency, per_host)
        self._readers = ThreadPoolExecutor(_READERS, "reader")
        self._begun: dict[Request, float] = {}  # readings under way -> monotonic moment

    @property
    def read_for(self) -> Mapping[str, float]:
        """For how many seconds answers have been read that still are: by source, or by URL where none is named."""
        now = time.monotonic()
        return {request.source or request.url: now - begun for request, begun in list(self._begun.items())}

    @overload
    def fetch(self, take: Callable[[int], Sequence[Request] | None]) -> Iterator[tuple[Request, Answer]]: ...

    @overload
    def fetch(
        self,
        take: Callable[[int], Sequence[Request] | None],
        read: Callable[[Request, Response], _Reading],
    ) -> Iterator[tuple[Request, Answer | _Reading]]: ...

    def fetch(
        self,
        take: Callable[[int], Sequence[Request] | None],
        read: Callable[[Request, Response], Any] | None = None,
    ) -> Iterator[tuple[Request, Any]]:
        """Results as they come, in no order; each request taken gives one.

        `take(n)` gives at most n further requests, and is asked when places are free, at least once a second. The
        iterator ends when it gives none and none is under way; None means that there are none yet, but will be. Who
        stops iterating leaves the rest to end unheard.

        `read` makes of an answer of 2xx what stands in its place. It is called in threads of the fetcher's own, so
        that a body which takes long to read delays no other; what it raises is raised here.
        """
        for together in self.fetch_together(take, read):
            yield from together

    def fetch_together(
        self,
        take: Callable[[int], Sequence[Request] | None],
        read: Callable[[Request, Response], _Reading] | None = None,
    ) -> Iterator[Sequence[tuple[Request, Answer | _Reading]]]:
        """As `fetch`, all at once that came together; and now and then none, where none has come for a while."""
        arrivals = Arrivals(self._loop.forget_large)
        try:
            yield from self._results(take, read, arrivals)
        finally:
            arrivals.end()

    def _results(
        self,
        take: Callable[[int], Sequence[Request] | None],
        read: Callable[[Request, Response], Any] | None,
        arrivals: Arrivals,
    ) -> Iterator[Sequence[tuple[Request, Any]]]:
        awaited = 0
        while True:
            taken: Sequence[Request] | None = ()
            if free := self._free(awaited):
                taken = take(free)
                if taken:
                    self._loop.submit(taken, arrivals)
                    awaited += len(taken)
            if awaited == 0 and taken is not None:
                return
            ended = []
            for arrival in arrivals.there():
                if read and isinstance(arrival.result, Response) and arrival.result.whole:
                    self._read(read, arrival, arrivals)
                else:
                    ended.append(arrival)
            awaited -= len(ended)
            try:
                yield [(arrival.request, _outcome(arrival.result)) for arrival in ended]
            finally:
                for arrival in ended:
                    arrivals.forget(arrival)
            self._loop.check()

    def _read(self, read: Callable[[Request, Response], Any], arrival: Arrival, arrivals: Arrivals) -> None:
        """Has an answer read; the reading arrives in its place."""

        def begin() -> Any:
            self._begun[arrival.request] = time.monotonic()
            try:
                return read(arrival.request, arrival.result)
            finally:
                del self._begun[arrival.request]

        try:
            reading = self._readers.submit(begin)
        except RuntimeError:  # closed meanwhile, by another thread
            arrivals.put(Arrival(arrival.request, FetchError(STOPPING), arrival.large))
            return
        reading.add_done_callback(lambda done: arrivals.put(Arrival(arrival.request, done, arrival.large)))

    def _free(self, awaited: int) -> int:
        """The places for further requests. One that waits for its crowded host takes none, or it would delay others.

        One whose answer nobody has read yet does: so a slow reader never has more bodies in memory than places.
        """
        crowded = self._loop.crowded
        return max(0, self._concurrency - awaited + crowded) if crowded < _QUEUED * self._concurrency else 0

    def close(self) -> None:
        """Ends all transfers; requests under way, and any later one, get a FetchError. Waits for no reader."""
        self._loop.close()
        self._readers.shutdown(wait=False, cancel_futures=True)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()
