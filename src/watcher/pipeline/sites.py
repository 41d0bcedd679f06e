"""What we know of the sites whose pages we ask for: their robots.txt, and when we may come again.

Kept in memory for as long as watcher runs. Moments are those of `time.monotonic`: no change of the clock makes us rude.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from urllib.parse import urlsplit

from watcher.edges.fetch import Response
from watcher.errors import FetchError

PAUSE = 1.0  # seconds between two pages of one site; longer where its robots.txt wants it
_ROBOTS_HOLD = 24 * 3600.0  # seconds that a robots.txt is good for (RFC 9309 section 2.4)
_TROUBLE_HOLDS = 60.0  # seconds before a robots.txt that could not be had is asked for again
_MOST_SITES = 1_000


@dataclass(slots=True, eq=False)
class Site:
    """A server of pages. `free_at`: no page is asked for sooner. `pause`: seconds between two.

    `robots`: its robots.txt; b"" forbids nothing. `closed`: why none of its pages may be asked for now, or None. Both
    hold until `known_until`.
    """

    origin: str
    free_at: float = 0.0
    pause: float = PAUSE
    robots: bytes = b""
    closed: str | None = None
    known_until: float = 0.0

    def learn(self, answer: Response | FetchError, now: float) -> None:
        """From the answer to the question for its robots.txt, by RFC 9309 section 2.3.1.

        One that is not there (4xx) forbids nothing; one that cannot be had forbids everything, for now.
        """
        self.robots, self.closed, self.known_until = b"", None, now + _ROBOTS_HOLD
        if isinstance(answer, Response):
            self.robots = answer.body
        elif answer.status is None or answer.status >= 500 or answer.status == 429:
            self.close(f"its robots.txt could not be had: {answer}", now)

    def close(self, why: str, now: float) -> None:
        self.closed, self.known_until = why, now + _TROUBLE_HOLDS


@dataclass(slots=True)
class Sites:
    """All sites that were asked lately. One that is met on the way of a source that may go into the own network is
    another one than what other sources find under that name.
    """

    _known: dict[tuple[str, bool], Site] = field(default_factory=dict)

    def of(self, url: str, allow_private: bool, now: float) -> Site:
        """The site of a URL. ValueError where that is none of the web."""
        parts = urlsplit(url)
        if parts.scheme not in {"http", "https"} or not parts.hostname:
            raise ValueError("no address of the web")
        origin = f"{parts.scheme}://{parts.netloc.rpartition('@')[2]}".lower()
        if len(self._known) >= _MOST_SITES:
            self._forget(now)
        return self._known.setdefault((origin, allow_private), Site(origin))

    def _forget(self, now: float) -> None:
        self._known = {
            key: site for key, site in self._known.items() if now < max(site.free_at, site.known_until)
        }
