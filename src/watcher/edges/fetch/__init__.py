"""URL to bytes, by libcurl: many at a time, each within its own limits, so that a slow server delays no one.

Deadlines, a cap on the size, conditional requests, at most five redirects, and a guard that looks at the address of
every connection before a byte is sent. libcurl runs in a thread of its own: what a caller does between two results
stops no transfer. Nothing is retried, scheduled or parsed here, and nothing is logged.

    exchange.py     what is asked, and what is answered
    loop.py         the thread: when to start, wait and end
    transfer.py     one request on its way: its limits and the guard
    reasons.py      why it failed, in words
    environment.py  proxies and certificates, as this machine has them
"""

from __future__ import annotations

import queue
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Self

from watcher.core.addresses import is_public
from watcher.edges.fetch.environment import certificates, proxies
from watcher.edges.fetch.exchange import Answer, Request, Response, retry_after
from watcher.edges.fetch.loop import Loop
from watcher.edges.fetch.transfer import Limits

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

__all__ = ["Answer", "Fetcher", "Request", "Response", "retry_after"]

_QUEUED = 8  # times `concurrency`: how many may wait for a crowded host before no more are asked for


def _now() -> datetime:
    return datetime.now(UTC)


class Fetcher:
    """Fetches, at most `concurrency` at a time and `per_host` from one host. Safe to use from several threads.

    `max_bytes`: of a body, after decompression. `is_public` says of an address whether a source that is not
    `allow_private` may go there. `clock` tells the moment that a Retry-After in seconds counts from.
    """

    def __init__(
        self,
        user_agent: str,
        *,
        max_bytes: int = 15 * 2**20,
        concurrency: int = 64,
        per_host: int = 4,
        connect_timeout: timedelta = timedelta(seconds=10),
        is_public: Callable[[str], bool] = is_public,
        clock: Callable[[], datetime] = _now,
    ) -> None:
        limits = Limits(user_agent, max_bytes, connect_timeout, certificates(), proxies(), is_public, clock)
        self._concurrency = concurrency
        self._loop = Loop(limits, concurrency, per_host)

    def fetch(self, take: Callable[[int], Sequence[Request] | None]) -> Iterator[tuple[Request, Answer]]:
        """Results as they come, in no order; each request taken gives one.

        `take(n)` gives at most n further requests, and is asked when places are free, at least once a second. The
        iterator ends when it gives none and none is under way; None means that there are none yet, but will be. Who
        stops iterating leaves the rest to end unheard.
        """
        answers: queue.SimpleQueue[tuple[Request, Answer]] = queue.SimpleQueue()
        awaited = 0
        while True:
            taken: Sequence[Request] | None = ()
            if free := self._free(awaited):
                taken = take(free)
                for request in taken or ():
                    self._loop.submit(request, answers)
                    awaited += 1
            if awaited == 0 and taken is not None:
                return
            for answer in self._arrived(answers):
                awaited -= 1
                yield answer

    def _free(self, awaited: int) -> int:
        """The places for further requests. One that waits for its crowded host takes none, or it would delay others.

        One whose answer nobody has read yet does: so a slow reader never has more bodies in memory than places.
        """
        crowded = self._loop.crowded
        return max(0, self._concurrency - awaited + crowded) if crowded < _QUEUED * self._concurrency else 0

    def _arrived(
        self, answers: queue.SimpleQueue[tuple[Request, Answer]]
    ) -> Iterator[tuple[Request, Answer]]:
        """The answers that are there; for the first of them it waits up to a second."""
        try:
            yield answers.get(timeout=1)
            while True:
                yield answers.get_nowait()
        except queue.Empty:
            self._loop.check()

    def close(self) -> None:
        """Ends all transfers; requests under way, and any later one, get a FetchError."""
        self._loop.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()
