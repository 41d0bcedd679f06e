"""Where the results of one `Fetcher.fetch` come in, for as long as anybody listens."""

from __future__ import annotations

import queue
import threading
import time
from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from watcher.edges.fetch.exchange import Request


_MOMENT = 0.005  # seconds
_WHILE = 0.2


class Arrival(NamedTuple):
    """`result`: an Answer, or the Future of one that is being read. `large`: its body has a place in the room."""

    request: Request
    result: Any
    large: bool


class Arrivals:
    """A queue that gives back the places of large bodies once nobody will: `leave` is called for each."""

    def __init__(self, leave: Callable[[], None]) -> None:
        self._queue: queue.SimpleQueue[Arrival] = queue.SimpleQueue()
        self._leave = leave
        self._lock = threading.Lock()
        self._heard = True

    def put(self, arrival: Arrival) -> None:
        with self._lock:
            if self._heard:
                self._queue.put(arrival)
                return
        self.forget(arrival)

    def there(self) -> Iterator[Arrival]:
        """What has come; for the first of it it waits a while, and a moment for what comes with it.

        Without that moment two threads would take turns at each answer, which costs more than the answer.
        """
        try:
            first = self._queue.get(timeout=_WHILE)
            time.sleep(_MOMENT)
            yield first
            while True:
                yield self._queue.get_nowait()
        except queue.Empty:
            return

    def forget(self, arrival: Arrival) -> None:
        """Nobody holds its body any more."""
        if arrival.large:
            self._leave()

    def end(self) -> None:
        """Nobody listens any more."""
        with self._lock:
            self._heard = False
        while not self._queue.empty():
            self.forget(self._queue.get_nowait())
