"""The pages that polls wait for: asked for politely, and read in the sandbox.

Of one site a page at a time, with a pause between two, and never against its robots.txt, which also speaks for what a
redirect leads to. Who waits, waits for `PATIENCE` at most: what is not there by then comes at a later poll.
"""

from __future__ import annotations

import logging
import time
from collections import deque
from dataclasses import dataclass, replace
from datetime import timedelta

from watcher.config import Source
from watcher.core.formats.pages import MOST_TRIES, Page
from watcher.edges.fetch import Request, Response
from watcher.errors import FetchError, ParseError, ParserLost
from watcher.pipeline.doors import Doors
from watcher.pipeline.sites import PAUSE, Site

log = logging.getLogger(__name__)

PATIENCE = 30.0  # seconds
MOST_PAGES = 20  # for one poll of one feed
_LARGEST_PAGE = 5 * 2**20  # bytes
_LARGEST_ROBOTS = 500 * 2**10  # bytes; RFC 9309 section 2.5: to read less would not do
_MOST_REDIRECTS = 5


@dataclass(slots=True)
class _Errand:
    """A page on its way, for a feed. `url`: where it is looked for next. `deadline`: monotonic."""

    page: Page
    url: str
    feed: Source
    deadline: float
    redirects: int = 0


class Pages:
    """The pages of one pass over the feeds. `found`: by the URL that was asked for, what became of each."""

    def __init__(self, doors: Doors) -> None:
        self._doors = doors
        self.found: dict[str, Page] = {}
        self._wanted: set[str] = set()
        self._queues: dict[Site, deque[_Errand]] = {}
        self._under_way: dict[Request, tuple[Site, _Errand | None]] = {}  # None: for the site's robots.txt

    # -- what polls ask ------------------------------------------------------------------------------------------

    def want(self, page: Page, feed: Source) -> None:
        """Have this page looked for on behalf of a feed, unless it was in this pass. `page`: as it is known so far."""
        if page.settled:
            self.found.setdefault(page.url, page)
        elif page.url not in self._wanted:
            self._wanted.add(page.url)
            self.found.pop(page.url, None)  # another poll may have left it for later
            self._send(_Errand(page, page.url, feed, time.monotonic() + PATIENCE))

    def postpone(self, page: Page) -> None:
        """Leave this page for a later poll."""
        self.found.setdefault(
            page.url, replace(page, error="more pages were wanted than are asked for at once")
        )

    @property
    def pending(self) -> bool:
        return bool(self._queues or self._under_way)

    # -- what the fetcher asks -------------------------------------------------------------------------------------

    def __contains__(self, request: Request) -> bool:
        return request in self._under_way

    def take(self, free: int) -> list[Request]:
        """At most so many requests that may be sent now."""
        requests: list[Request] = []
        for site in list(self._queues):
            if len(requests) < free and (request := self._next(site)):
                requests.append(request)
            if not self._queues[site]:
                del self._queues[site]
        return requests

    def read(self, request: Request, answer: Response) -> Response | str | Exception:
        """What an answer of 2xx says: the text of a page; any other stays an answer. In any thread."""
        _, errand = self._under_way[request]
        if errand is None:
            return answer
        try:
            return self._doors.sandbox.read_page(answer.body, answer.headers)
        except ParseError as error:
            return error

    def hear(self, request: Request, answer: Response | str | Exception) -> None:
        """The answer to a request that was taken, or what `read` made of it."""
        site, errand = self._under_way.pop(request)
        if errand is None:
            assert isinstance(answer, Response | FetchError)
            site.learn(answer, time.monotonic())
            return
        try:
            self._arrived(errand, site, answer)
        except Exception as bug:  # one odd page must not cost its poll anything else
            log.exception("%s: a bug in watcher stopped the reading of this page", errand.page.url)
            self._fail(errand, f"a bug in watcher: {bug!r}")

    # -- the way of a page -----------------------------------------------------------------------------------------

    def _send(self, errand: _Errand, *, ahead: bool = False) -> None:
        try:
            site = self._doors.sites.of(errand.url, errand.feed.allow_private, time.monotonic())
        except ValueError:
            self._refuse(errand, "its address is none of the web")
            return
        queue = self._queues.setdefault(site, deque())
        queue.appendleft(errand) if ahead else queue.append(errand)

    def _next(self, site: Site) -> Request | None:
        """What is to be asked of a site now, if anything; errands that come to nothing end here."""
        queue = self._queues[site]
        while queue:
            errand, now = queue[0], time.monotonic()
            if max(now, site.free_at) >= errand.deadline:
                self._fail(queue.popleft(), "its turn at its site did not come in time", tried=False)
            elif now < site.free_at or self._busy(site):
                return None
            elif now >= site.known_until:
                return self._ask(site, f"{site.origin}/robots.txt", errand, robots=True)
            elif why := self._forbidden(site, errand, now):
                self._refuse(queue.popleft(), why)
            elif site.closed:
                self._fail(queue.popleft(), site.closed)
            else:
                return self._ask(site, errand.url, queue.popleft())
        return None

    def _busy(self, site: Site) -> bool:
        return any(site is asked for asked, _ in self._under_way.values())

    def _forbidden(self, site: Site, errand: _Errand, now: float) -> str | None:
        """Why the robots.txt of a site forbids this page, or None. The pause that it wants is noted; one that cannot be
        read closes the site for now.
        """
        if site.closed or not site.robots:
            return None
        try:
            permission = self._doors.sandbox.read_robots(site.robots, errand.url)
        except ParseError as error:
            site.close(f"its robots.txt could not be read: {error}", now)
            return None
        site.pause = max(PAUSE, permission.pause)
        return None if permission.allowed else f"the robots.txt of {site.origin} forbids it"

    def _ask(self, site: Site, url: str, sake: _Errand, *, robots: bool = False) -> Request:
        """For the sake of an errand: its page, or the robots.txt that has to be known first."""
        left = timedelta(seconds=max(1.0, sake.deadline - time.monotonic()))
        request = Request(
            source="",
            url=url,
            allow_private=sake.feed.allow_private,
            timeout=min(left, sake.feed.timeout),
            follow=robots,
            max_bytes=_LARGEST_ROBOTS if robots else _LARGEST_PAGE,
        )
        self._under_way[request] = site, None if robots else sake
        return request

    def _arrived(self, errand: _Errand, site: Site, answer: Response | str | Exception) -> None:
        now = time.monotonic()
        if isinstance(answer, Response) and answer.redirect:
            self._redirect(errand, answer.redirect)
            return
        site.free_at = now + site.pause
        if isinstance(answer, FetchError):
            self._unanswered(errand, site, answer, now)
        elif isinstance(answer, ParserLost):
            self._fail(errand, str(answer))
        elif isinstance(answer, ParseError):
            self._refuse(errand, str(answer))
        elif isinstance(answer, str):
            self._end(replace(errand.page, text=answer, error=None))
        elif isinstance(answer, Exception):
            raise answer
        else:
            self._refuse(errand, f"answered {answer.status}, which is no page")

    def _redirect(self, errand: _Errand, url: str) -> None:
        if errand.redirects == _MOST_REDIRECTS:
            self._refuse(errand, f"more than {_MOST_REDIRECTS} redirects")
            return
        errand.url, errand.redirects = url, errand.redirects + 1
        self._send(errand, ahead=True)

    def _unanswered(self, errand: _Errand, site: Site, error: FetchError, now: float) -> None:
        if error.retry_at:
            site.free_at = now + (error.retry_at - self._doors.clock()).total_seconds()
        if error.lasting:
            self._refuse(errand, str(error))
        else:
            self._fail(errand, str(error))

    # -- its end -----------------------------------------------------------------------------------------------------

    def _fail(self, errand: _Errand, why: str, *, tried: bool = True) -> None:
        """For now: it is tried again at a later poll, unless this was the last time."""
        self._end(replace(errand.page, error=why, attempts=errand.page.attempts + tried))

    def _refuse(self, errand: _Errand, why: str) -> None:
        """For good."""
        self._end(replace(errand.page, error=why, attempts=MOST_TRIES))

    def _end(self, page: Page) -> None:
        self.found[page.url] = page
        if page.error:
            log.info("no page of %s: %s", page.url, page.error)
