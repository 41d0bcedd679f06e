"""Where the feeds of a web page are: those it names, and where they are on most sites where it names none.

Only candidates: whoever fetches them finds out whether there is a feed. All of them are http or https addresses,
absolute, and without a user or password.
"""

from __future__ import annotations

import re
from contextlib import suppress
from html import unescape
from typing import TYPE_CHECKING, Final
from urllib.parse import urljoin, urlsplit

from watcher.core.formats import json_feed
from watcher.core.formats.elements import walk
from watcher.core.formats.feeds import web_address
from watcher.core.formats.html import one_line, to_text
from watcher.core.formats.xml import decode, mend
from watcher.core.text import shorten

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

MOST: Final = 12  # candidates of each kind; a page that names more has its own reasons

_READ = 400_000  # bytes of a page, in which its head stands with room to spare
_HEAD = 50_000  # bytes of a feed, in which its title stands
_LONGEST_TITLE = 80  # characters

_TYPES = frozenset(
    {"application/rss+xml", "application/atom+xml", "application/rdf+xml", "application/feed+json"}
)
# Comments, scripts, or a tag that matters. Nothing in it can fail once it has begun, and nothing is tried twice: so a
# page of ten thousand beginnings without an end is read once, where html.parser would need hours.
_TAG = re.compile(
    r"""<!--.*?(?:-->|\Z)
    | <(?P<raw>script|style|textarea|noscript|template)\b.*?(?:</(?P=raw)|\Z)
    | <(?P<tag>link|base|a)(?=[\s/])(?P<attributes>(?:[^>"']++|"[^"]*+(?:"|\Z)|'[^']*+(?:'|\Z))*+)""",
    re.DOTALL | re.IGNORECASE | re.VERBOSE,
)
_ATTRIBUTE = re.compile(r"""([\w:-]++)\s*+=\s*+("[^"]*+"|'[^']*+'|[^\s"'>]++)""")
_LONGEST_TAG = 4_000  # characters
_PAGE = re.compile(r"<(?:!doctype\s+html|html|head|body)\b", re.IGNORECASE)
_FEED = re.compile(r"<(?:\w+:)?(?:rss|feed|RDF)\b")
_NAMES = frozenset(
    {"rss", "feed", "feeds", "atom", "rdf"}
)  # parts of a path by which a link is known for a feed
_PLACES = ("feed", "rss", "feed.xml", "rss.xml", "atom.xml", "index.xml")
_SCHEME = re.compile(r"[a-z][a-z0-9+-]*:(?!\d)", re.IGNORECASE)  # "localhost:8080" has a port, and no scheme


def meant(typed: str) -> tuple[str, ...]:
    """The addresses that a person may mean, the likelier first: `example.org`, `feed://example.org/rss` …

    What has another scheme stays as it is, for others to refuse.
    """
    address = re.sub(r"^feed:(?://)?(?=https?://)", "", typed.strip(), flags=re.IGNORECASE)
    address = re.sub(r"^feed://", "//", address, flags=re.IGNORECASE)
    if _SCHEME.match(address):
        return (address,)
    host = address.removeprefix("//")
    return (f"https://{host}", f"http://{host}")


def same(url: str) -> str:
    """What two addresses have in common that lead to one feed: all but the scheme, a last slash and a fragment."""
    try:
        parts = urlsplit(url.strip())
        port = "" if parts.port in {None, 80, 443} else f":{parts.port}"
    except ValueError:
        return url
    query = f"?{parts.query}" if parts.query else ""
    return f"{parts.hostname or ''}{port}{parts.path.rstrip('/')}{query}"


def is_page(body: bytes, headers: Mapping[str, str]) -> bool:
    """Whether this is a web page, and plainly no feed."""
    text, _ = decode(body[:2_000], headers.get("content-type", ""))
    return bool(_PAGE.search(text)) and not _FEED.search(text)


def named_by(body: bytes, headers: Mapping[str, str], url: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The feeds that a page names for programs, and the links on it that look like feeds; both in its order.

    `url`: where the page came from. Never raises, whatever the page holds.
    """
    text, _ = decode(body[:_READ], headers.get("content-type", ""))
    base, feeds, anchors = "", [], []
    for tag, said in _tags(text):
        href = said.get("href", "")
        if tag == "base":
            base = base or href
        elif tag == "link" and _is_feed(said):
            feeds.append(href)
        elif tag == "a" and _looks_like_a_feed(href):
            anchors.append(href)
    base = web_address(base, url) or url
    return _addresses(feeds, base, url), _addresses(anchors, base, url)


def usual_places(url: str) -> tuple[str, ...]:
    """Where the feeds of a site are that does not name them: below the page, and at the root."""
    parts = urlsplit(url)
    is_file = "." in parts.path.rpartition("/")[2]
    beside = url if is_file else f"{parts.scheme}://{parts.netloc}{parts.path.rstrip('/')}/"
    folders = dict.fromkeys((urljoin(beside, "."), urljoin(url, "/")))
    return tuple(urljoin(folder, place) for folder in folders for place in _PLACES)


def title_of(body: bytes, headers: Mapping[str, str]) -> str | None:
    """The title of a feed, in one line; None where it has none, or nobody could say which."""
    content_type = headers.get("content-type", "")
    if found := json_feed.read(decode(body, content_type)[0]):
        return shorten(one_line(found.feed["title"]), _LONGEST_TITLE) or None
    text = mend(body[:_HEAD], content_type).text
    title = _Title()
    with suppress(ValueError):  # broken, or cut, further down; what was read stays
        walk(text, title.start, title.end, title.add)
    return shorten(one_line(to_text("".join(title.pieces))), _LONGEST_TITLE) or None


def _addresses(links: Iterable[str], base: str, page: str) -> tuple[str, ...]:
    found: dict[str, None] = {}
    for link in links:
        address = (web_address(link, base) or "").partition("#")[0]
        if address and "@" not in urlsplit(address).netloc and same(address) != same(page):
            found.setdefault(address)
    return tuple(found)[:MOST]


def _tags(page: str) -> Iterator[tuple[str, dict[str, str]]]:
    """The tags that matter here, each with its attributes."""
    for found in _TAG.finditer(page):
        if found["tag"]:
            pairs = _ATTRIBUTE.findall(found["attributes"][:_LONGEST_TAG])
            yield found["tag"].lower(), {name.lower(): unescape(value.strip("\"'")) for name, value in pairs}


def _is_feed(link: Mapping[str, str]) -> bool:
    relations = link.get("rel", "").lower().split()
    kind = link.get("type", "").partition(";")[0].strip().lower()
    return "feed" in relations or ("alternate" in relations and kind in _TYPES)


def _looks_like_a_feed(href: str) -> bool:
    path = href.partition("?")[0].partition("#")[0].lower()
    return not _NAMES.isdisjoint(re.split(r"[/.]", path))


class _Title:
    """The text of the first <title> that stands in <channel> or <feed> itself, and not in an image or an entry."""

    def __init__(self) -> None:
        self.pieces: list[str] = []
        self._inside: list[str] = []
        self._found = False

    def start(self, name: str, _attributes: Mapping[str, str]) -> None:
        self._inside.append(name.rpartition(":")[2])

    def end(self, _name: str) -> None:
        self._found = self._found or self._at_title()
        self._inside.pop()

    def add(self, text: str) -> None:
        if not self._found and self._at_title():
            self.pieces.append(text)

    def _at_title(self) -> bool:
        return self._inside[-1] == "title" and self._inside[-2:-1] in (["channel"], ["feed"])
