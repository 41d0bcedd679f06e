"""Lists of feeds as feed readers exchange them: OPML 2.0 (opml.org/spec2.opml), read leniently and written strictly.

Tags are the groups that feeds stand in, one in another, and the categories that they name.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from email.utils import format_datetime
from typing import Final
from xml.sax.saxutils import quoteattr

from watcher.core.formats.elements import walk
from watcher.core.formats.html import one_line
from watcher.core.formats.xml import mend
from watcher.errors import ParseError

_DEEPEST: Final = 8  # groups in one another that become tags
_LONGEST: Final = 200  # characters of a name
_BARE: Final = re.compile(r"&(?!#?\w{1,32};)")  # in addresses, mostly


@dataclass(frozen=True, slots=True)
class Subscription:
    """A feed of a list. `paused`: it stands there, and is not to be read."""

    name: str
    url: str
    tags: tuple[str, ...] = ()
    paused: bool = False


def read(body: bytes) -> tuple[Subscription, ...]:
    """The feeds of an OPML file, in its order; their addresses are as they stand there, whatever they are.

    Errors: ParseError where it is no OPML, or too broken to be read.
    """
    reader = _Reader()
    try:
        walk(_BARE.sub("&amp;", mend(body, "").text), reader.start, reader.end)
    except ValueError as error:
        raise ParseError(f"it cannot be read as OPML: {error}") from error
    return tuple(reader.found)


class _Reader:
    def __init__(self) -> None:
        self.found: list[Subscription] = []
        self._depth = 0
        self._groups: list[
            str
        ] = []  # a name for each outline that is open; "" for a nameless one, and for a feed

    def start(self, element: str, attributes: dict[str, str]) -> None:
        if self._depth == 0 and element.lower() != "opml":
            raise ValueError(f"it begins with <{element[:40]}>, not with <opml>")
        self._depth += 1
        if element.lower() != "outline":
            return
        said = {name.lower(): value for name, value in attributes.items()}
        name = one_line(said.get("text") or said.get("title") or "")[:_LONGEST]
        url = said.get("xmlurl", "").strip()
        if url:
            paused = said.get("iscomment", "").lower() == "true"
            self.found.append(Subscription(name, url, self._tags(said.get("category", "")), paused))
        self._groups.append("" if url else name)

    def end(self, element: str) -> None:
        self._depth -= 1
        if element.lower() == "outline":
            self._groups.pop()

    def _tags(self, category: str) -> tuple[str, ...]:
        categories = (one_line(part) for part in re.split(r"[,/]", category))
        return tuple(dict.fromkeys(filter(None, (*self._groups[:_DEEPEST], *categories))))


def write(feeds: Sequence[Subscription], now: datetime) -> str:
    """The feeds as an OPML file: each in the group of its first tag, in that of its second, and so on."""
    outlines = "\n".join(_outlines(feeds, "    "))
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n<opml version="2.0">\n  <head>\n'
        f"    <title>Sources of watcher</title>\n    <dateCreated>{format_datetime(now)}</dateCreated>\n"
        f"  </head>\n  <body>\n{outlines}\n  </body>\n</opml>\n"
    )


def _outlines(feeds: Sequence[Subscription], indent: str) -> Iterator[str]:
    groups: dict[str, list[Subscription]] = {}
    for feed in feeds:
        if feed.tags:
            groups.setdefault(feed.tags[0], []).append(replace(feed, tags=feed.tags[1:]))
        else:
            yield f"{indent}<outline {_attributes(_described(feed))}/>"
    for name, inside in groups.items():
        yield f"{indent}<outline {_attributes({'text': name})}>"
        yield from _outlines(inside, indent + "  ")
        yield f"{indent}</outline>"


def _described(feed: Subscription) -> Mapping[str, str]:
    described = {"type": "rss", "text": feed.name, "title": feed.name, "xmlUrl": feed.url}
    return {**described, "isComment": "true"} if feed.paused else described


def _attributes(values: Mapping[str, str]) -> str:
    return " ".join(f"{name}={quoteattr(value)}" for name, value in values.items())
