"""The thread that drives libcurl's multi interface: when to start, wait and end; not what is transferred.

libcurl says which sockets to watch and when it wants to be called; poll() does the waiting, because its own
select() can watch no descriptor above 1,023. A bell wakes the thread when there is something to do.
"""

from __future__ import annotations

import select
import socket
import threading
from collections import Counter, deque
from contextlib import suppress
from itertools import chain
from typing import TYPE_CHECKING, Any

import pycurl

from watcher.edges.fetch.proxied import transfer_for
from watcher.edges.fetch.reasons import STOPPING
from watcher.edges.fetch.transfer import pattern
from watcher.errors import FetchError

if TYPE_CHECKING:
    from collections.abc import Iterable

    from watcher.edges.fetch.arrivals import Arrivals
    from watcher.edges.fetch.exchange import Request
    from watcher.edges.fetch.transfer import Limits, Transfer


_EVENTS = {
    pycurl.POLL_IN: select.POLLIN,
    pycurl.POLL_OUT: select.POLLOUT,
    pycurl.POLL_INOUT: select.POLLIN | select.POLLOUT,
}


_CLOSING = 3.0  # seconds


class Loop:
    """The near side: what other threads may call. The thread starts with the first request."""

    def __init__(self, limits: Limits, concurrency: int, per_host: int) -> None:
        self._limits = limits
        self._driver = _Driver(concurrency, per_host, limits)
        self._lock = threading.Lock()
        self._thread: threading.Thread | None = None

    @property
    def crowded(self) -> int:
        """How many requests wait because their host has as many connections as it may have, or there are as many
        large bodies as there may be.
        """
        return self._driver.crowded

    def submit(self, requests: Iterable[Request], arrivals: Arrivals) -> None:
        """Puts the answer to each into `arrivals` when there is one."""
        transfers = [transfer_for(request, arrivals, self._limits) for request in requests]
        with self._lock:
            if self._driver.closing:
                for transfer in transfers:
                    transfer.answer(FetchError(STOPPING))
                return
            self._driver.submitted.extend(transfers)
            if self._thread is None:
                self._thread = threading.Thread(target=self._driver.run, name="fetch", daemon=True)
                self._thread.start()
        self._driver.ring()

    def forget_large(self) -> None:
        """A large body is in memory no more."""
        self._limits.room.leave()
        self._driver.ring()

    def check(self) -> None:
        """Raises RuntimeError when the thread has died of a bug, for then no answer will ever come."""
        if self._thread is not None and not self._thread.is_alive() and not self._driver.closing:
            raise RuntimeError("the fetching thread has died; its traceback was printed")

    def close(self) -> None:
        with self._lock:
            if self._driver.closing:
                return
            self._driver.closing = True
        self._driver.ring()
        if self._thread is not None:
            self._thread.join(_CLOSING)
            if self._thread.is_alive():
                return  # nobody has to wait with it: it ends with the program
        self._driver.unhang()


class _Driver:
    """The far side: all of libcurl's objects live and die in `run`."""

    def __init__(self, concurrency: int, per_host: int, limits: Limits) -> None:
        self._concurrency = concurrency
        self._per_host = per_host
        self._room = limits.room
        self._pattern = pattern(limits)
        self.closing = False
        self.crowded = 0
        self.submitted: deque[Transfer] = deque()  # by any thread
        self._aside: dict[str, deque[Transfer]] = {}  # by host
        self._large: deque[Transfer] = deque()  # whose body found no room
        self._running: dict[pycurl.Curl, Transfer] = {}
        self._sites: Counter[str] = Counter()
        self._bell, self._clapper = socket.socketpair()
        self._ringing = False
        self._bell.setblocking(False)
        self._clapper.setblocking(False)

    def ring(self) -> None:
        if not self._ringing:
            self._ringing = True
            with suppress(BlockingIOError):
                self._clapper.send(b"!")

    def unhang(self) -> None:
        self._bell.close()
        self._clapper.close()

    def run(self) -> None:
        self._watched = select.poll()
        self._watched.register(self._bell, select.POLLIN)
        self._multi = pycurl.CurlMulti()
        self._multi.setopt(pycurl.M_SOCKETFUNCTION, self._watch)
        self._multi.setopt(pycurl.M_MAXCONNECTS, self._concurrency)
        try:
            while not self.closing:
                self._wait()
                self._harvest()
                self._do_what_is_due()
                self._harvest()  # before waiting again: some have ended by that
        finally:
            self._abandon()

    def _watch(self, what: int, descriptor: int, _multi: Any, _data: Any) -> None:
        if what != pycurl.POLL_REMOVE:
            self._watched.register(descriptor, _EVENTS[what])
            return
        with suppress(KeyError):  # one that never had to be waited for
            self._watched.unregister(descriptor)

    def _do_what_is_due(self) -> None:
        if self._multi.timeout() == 0:
            self._multi.socket_action(pycurl.SOCKET_TIMEOUT, 0)

    def _wait(self) -> None:
        """Until something happens, with which libcurl deals, or something is due."""
        pause = self._multi.timeout()  # milliseconds, negative where nothing will be due
        for descriptor, events in self._watched.poll(pause):
            if descriptor == self._bell.fileno():
                self._bell.recv(4096)
                self._ringing = False  # before what it rang for is looked at
                continue
            mask = pycurl.CSELECT_IN if events & ~select.POLLOUT else 0
            mask |= pycurl.CSELECT_OUT if events & ~select.POLLIN else 0
            self._multi.socket_action(descriptor, mask)

    def _admit(self) -> None:
        """Starts what has a place; what its host has no place for steps aside, and lets others pass."""
        while self._large and self._room.take():
            self.crowded -= 1
            self._large[0].has_room = True
            self.submitted.appendleft(self._large.popleft())
        while self.submitted and len(self._running) < self._concurrency:
            transfer = self.submitted.popleft()
            if self._sites[transfer.site] < self._per_host:
                self._start(transfer)
            else:
                self._aside.setdefault(transfer.site, deque()).append(transfer)
                self.crowded += 1

    def _readmit(self, site: str) -> None:
        """Starts those of a host that stepped aside, as far as it has places again."""
        queued = self._aside.get(site)
        while queued and self._sites[site] < self._per_host and len(self._running) < self._concurrency:
            self.crowded -= 1
            self._start(queued.popleft())
        if not queued:
            self._aside.pop(site, None)

    def _start(self, transfer: Transfer) -> None:
        try:
            curl = transfer.prepare(self._pattern)
        except FetchError as error:
            transfer.answer(error)
            return
        self._running[curl] = transfer
        self._sites[transfer.site] += 1
        self._multi.add_handle(curl)

    def _harvest(self) -> None:
        """Hears who has ended, and starts others in their place."""
        more = 1
        while more:
            more, done, failed = self._multi.info_read()
            for curl in done:
                self._end(curl, 0, "")
            for curl, code, message in failed:
                self._end(curl, code, message)
        self._admit()

    def _end(self, curl: pycurl.Curl, code: int, message: str) -> None:
        transfer = self._running.pop(curl)
        site = transfer.site
        self._sites[site] -= 1
        if not self._sites[site]:
            del self._sites[site]
        answer = transfer.result(curl, code, message)
        self._multi.remove_handle(curl)
        curl.close()
        if answer is not None:
            transfer.answer(answer)
        elif transfer.wants_room:
            self._large.append(transfer)
            self.crowded += 1
        else:
            self.submitted.appendleft(transfer)
        self._readmit(site)

    def _abandon(self) -> None:
        for curl in self._running:
            self._multi.remove_handle(curl)
            curl.close()
        self._multi.close()
        self._pattern.close()
        if self.closing:
            waiting = (*chain(*self._aside.values()), *self._large, *self.submitted)
            for transfer in (*self._running.values(), *waiting):
                transfer.answer(FetchError(STOPPING))
