"""Finds the feeds behind an address that a person typed: of a feed, or of a web page that has some.

Every candidate is fetched and read, as polling would; what cannot be read is no feed. All addresses pass the guard of
`edges.fetch`, those that a page names as well.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from watcher.core.sources import discovery
from watcher.edges.fetch import Fetcher, Request, Response
from watcher.edges.sandbox import Sandbox
from watcher.errors import FetchError, ParseError, SourceError

if TYPE_CHECKING:
    from watcher.core.formats.feeds import Parsed
    from watcher.edges.fetch import Answer


@dataclass(frozen=True, slots=True)
class Feed:
    """A feed that was read. `url`: as it was asked for; `answered_by`: where it came from in the end.

    `newest`: the latest date of its entries. `warning`: why it could be read only in part.
    """

    url: str
    answered_by: str
    title: str
    entries: int
    newest: datetime | None
    warning: str | None


class Discovery:
    """Looks for feeds on behalf of one person. `timeout`: for each fetch."""

    def __init__(
        self, fetcher: Fetcher, sandbox: Sandbox, *, allow_private: bool, timeout: timedelta
    ) -> None:
        self._fetcher = fetcher
        self._sandbox = sandbox
        self._allow_private = allow_private
        self._timeout = timeout

    def feeds(self, addresses: Sequence[str]) -> tuple[Feed, ...]:
        """The feeds at the first of these addresses that answers, or on the page there; at least one.

        Errors: SourceError, with the reason why there are none.
        """
        url, answer = self._first(addresses)
        if not discovery.is_page(answer.body, answer.headers):
            return (_described(url, answer, self._parsed(answer)),)
        return self._on_page(answer)

    def _first(self, addresses: Sequence[str]) -> tuple[str, Response]:
        """Where nothing answers, the error is that of the address that is meant first."""
        first_error: FetchError | None = None
        for url in addresses:
            [(_, answer)] = self._fetched([url])
            if isinstance(answer, Response):
                return url, answer
            first_error = first_error or answer
            if answer.status is not None:
                break
        assert first_error is not None
        raise first_error

    def _on_page(self, page: Response) -> tuple[Feed, ...]:
        named, linked = discovery.named_by(page.body, page.headers, page.url)
        reasons: list[str] = []
        for candidates in (named, linked, discovery.usual_places(page.url)):
            feeds = tuple(self._read(candidates, reasons))
            if feeds:
                return feeds
        said = f": {named[0]}: {reasons[0]}" if named else ""
        wanting = (
            "names no feed that can be read"
            if named
            else "names no feed, and none is where most sites have it"
        )
        raise ParseError(f"the web page {wanting}{said}")

    def _read(self, candidates: Sequence[str], reasons: list[str]) -> Iterator[Feed]:
        """Those that are feeds, in their order, and each once though it is offered in several formats."""
        seen: set[frozenset[str]] = set()
        for url, answer in self._fetched(candidates):
            try:
                if isinstance(answer, FetchError):
                    raise answer
                parsed = self._parsed(answer)
            except SourceError as error:
                reasons.append(str(error))
                continue
            links = frozenset(entry.url or entry.key for entry in parsed.entries)
            if links not in seen or not links:
                yield _described(url, answer, parsed)
            seen.add(links)

    def _parsed(self, answer: Response) -> Parsed:
        if discovery.is_page(answer.body, answer.headers):  # seen without a parser, which may take its time
            raise ParseError("this is no feed, but a web page")
        return self._sandbox.parse_feed(answer.body, answer.headers)

    def _fetched(self, urls: Sequence[str]) -> Iterator[tuple[str, Answer]]:
        """Each with its answer, in their order."""
        waiting = [self._request(url) for url in urls]

        def take(free: int) -> Sequence[Request]:
            taken = waiting[:free]
            del waiting[:free]
            return taken

        answers = {request.url: answer for request, answer in self._fetcher.fetch(take)}
        return ((url, answers[url]) for url in dict.fromkeys(urls))

    def _request(self, url: str) -> Request:
        return Request(url, url, allow_private=self._allow_private, timeout=self._timeout)


def _described(url: str, answer: Response, parsed: Parsed) -> Feed:
    dates: Iterable[datetime | None] = (entry.published_at for entry in parsed.entries)
    return Feed(
        url=url,
        answered_by=answer.url,
        title=discovery.title_of(answer.body, answer.headers) or urlsplit(url).hostname or url,
        entries=len(parsed.entries),
        newest=max(filter(None, dates), default=None),
        warning=parsed.warning,
    )
