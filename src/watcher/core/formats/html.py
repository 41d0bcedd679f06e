"""Markup to plain text, and what a saved web page says about itself.

The text keeps its paragraphs, parted by blank lines, and loses everything else: it is made for reading and matching,
not for showing. Nothing is fetched, and nothing is judged safe: what looks like markup in the result is data.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from html import unescape
from html.parser import HTMLParser
from typing import TYPE_CHECKING

from watcher.core.formats import dates
from watcher.core.text import clean

if TYPE_CHECKING:
    from datetime import datetime

# A tag, a comment or a declaration: without one of these a text was written as plain text.
_MARKUP = re.compile(r"</?[A-Za-z][^<>]*>|<!")


def _elements(names: str) -> frozenset[str]:
    return frozenset(names.split())


_PARAGRAPH = _elements(
    "address article aside blockquote body center dd div dl dt fieldset figcaption figure footer form h1 h2 h3 h4 h5 "
    "h6 header hr legend li main nav ol option p pre section summary table tbody tfoot thead tr ul"
)
# What these hold is not written for a reader.
_HIDDEN = _elements("button canvas head iframe noscript object script select style svg template textarea")
# In a page, what stands around the article.
_AROUND = _elements("aside footer form nav")

# The white space that stands for a tag.
_PARTS = {**dict.fromkeys(_PARAGRAPH, "\n\n"), "br": "\n", "td": " ", "th": " "}

_SPACE = re.compile(r"\s+")
_SIMPLE_TAG = re.compile(r"""<(?:/([a-z][a-z0-9]*)|([a-z][a-z0-9]*)(?:\s+[a-z-]+="[^"<>]*")*\s*/?)>""")
# What these hold is hidden, or is no markup to HTML.
_NOT_SIMPLE = _HIDDEN | _elements("listing math noembed noframes plaintext title xmp")
_DEEPEST = 100  # hidden elements inside each other; more is nonsense, and would only cost time


def to_text(markup: str) -> str:
    """The readable text of a piece of HTML, clean and in paragraphs. Never raises, whatever it is given.

    A text without any tag keeps its own paragraphs; its entities are still decoded, for feeds escape those too.
    """
    if not _MARKUP.search(markup):
        return clean(unescape(markup))
    pieces = _simple_pieces(markup)
    if pieces is None:
        reader = _Reader()
        reader.read(markup)
        pieces = reader.pieces
    return clean("".join(pieces))


def _simple_pieces(markup: str) -> list[str] | None:
    """What _Reader makes of markup in which every "<" begins a simple tag, in a third of the time; else None."""
    found = _SIMPLE_TAG.split(markup)
    texts, names = found[::3], [ends or begins for ends, begins in zip(found[1::3], found[2::3], strict=True)]
    if any("<" in text for text in texts) or not _NOT_SIMPLE.isdisjoint(names):
        return None
    pieces = [_spaced(unescape(texts[0]))]
    for name, text in zip(names, texts[1:], strict=True):
        pieces += _PARTS.get(name, ""), _spaced(unescape(text))
    return pieces


def _spaced(text: str) -> str:
    """The text with one blank for all white space that stands together."""
    if "  " not in text and text.isprintable():  # of white space, a blank alone is
        return text
    return _SPACE.sub(" ", text)


def one_line(text: str) -> str:
    """The text, clean and in one line."""
    cleaned = clean(text)
    return " ".join(cleaned.split()) if "\n" in cleaned else cleaned


def read_page(markup: str) -> tuple[str, str, datetime | None, str | None]:
    """What a saved web page holds: (title, text, published_at, url).

    The text is that of the longest <article>, else of <main>, else of the page. Title and text may be "".
    """
    page = _Page()
    page.read(markup)
    return page.title(), page.text(), page.published_at(), page.url


class _Reader(HTMLParser):
    """Collects the text; tags become the white space that a reader would see there."""

    hidden = _HIDDEN

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.pieces: list[str] = []
        self._inside: list[str] = []  # hidden elements that are open, outermost first

    def read(self, markup: str) -> None:
        try:
            self.feed(markup)
            self.close()
        except AssertionError:  # how html.parser gives up on some broken declarations; what was read stays
            pass

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "body":
            self._inside.clear()  # ends a <head> that nobody closed
        if tag not in self.hidden:
            self._part(tag)
        elif len(self._inside) < _DEEPEST:
            self._inside.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._part(tag)

    def handle_endtag(self, tag: str) -> None:
        for depth in range(len(self._inside) - 1, -1, -1):
            if self._inside[depth] == tag:  # what nobody closed inside it ends with it
                del self._inside[depth:]
                break
        self._part(tag)

    def handle_data(self, data: str) -> None:
        if not self._inside:
            self.pieces.append(_spaced(data))

    def unknown_decl(self, data: str) -> None:
        if data.startswith("CDATA["):
            self.handle_data(data.removeprefix("CDATA["))

    def _part(self, tag: str) -> None:
        if not self._inside and tag in _PARTS:
            self.pieces.append(_PARTS[tag])


@dataclass
class _Region:
    """A kind of element of which the outermost ones are wanted, as spans of the pieces."""

    depth: int = 0
    start: int = 0
    spans: list[slice] = field(default_factory=list)

    def open(self, at: int) -> None:
        if self.depth == 0:
            self.start = at
        self.depth += 1

    def close(self, at: int) -> None:
        if self.depth > 0:
            self.depth -= 1
            if self.depth == 0:
                self.spans.append(slice(self.start, at))


class _Page(_Reader):
    """Also keeps what the head says, and where <article>, <main> and <h1> stand."""

    hidden = _HIDDEN | _AROUND
    _DATES = ("article:published_time", "datepublished", "dc.date.issued", "dc.date", "pubdate", "date")

    def __init__(self) -> None:
        super().__init__()
        self.url: str | None = None
        self._meta: dict[str, str] = {}
        self._times: list[str] = []
        self._title: list[str] = []
        self._in_title = False
        self._regions = {tag: _Region() for tag in ("article", "main", "h1")}

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._note(tag, {name: value or "" for name, value in attrs})
        super().handle_starttag(tag, attrs)
        if tag in self._regions:
            self._regions[tag].open(len(self.pieces))

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._note(tag, {name: value or "" for name, value in attrs})
        self._in_title = False
        super().handle_startendtag(tag, attrs)

    def handle_endtag(self, tag: str) -> None:
        self._in_title = self._in_title and tag != "title"
        if tag in self._regions:
            self._regions[tag].close(len(self.pieces))
        super().handle_endtag(tag)

    def handle_data(self, data: str) -> None:
        if self._in_title:
            self._title.append(data)
        else:
            super().handle_data(data)

    def _note(self, tag: str, attrs: dict[str, str]) -> None:
        if tag == "title" and not self._title and "svg" not in self._inside:
            self._in_title = True
        elif tag == "meta":
            name = attrs.get("property") or attrs.get("name") or attrs.get("itemprop") or ""
            self._meta.setdefault(name.lower(), attrs.get("content", ""))
        elif tag == "time" and attrs.get("datetime"):
            self._times.append(attrs["datetime"])
        elif tag == "link" and "canonical" in attrs.get("rel", "").lower().split() and not self.url:
            self.url = attrs.get("href") or None

    def title(self) -> str:
        """og:title, else the <h1> where <title> only adds the site's name to it, else <title>, else the <h1>."""
        whole = one_line("".join(self._title))
        headings = [one_line("".join(self.pieces[span])) for span in self._regions["h1"].spans]
        heading = next(filter(None, headings), "")
        if heading and heading in whole:
            whole = heading
        return one_line(self._meta.get("og:title", "")) or whole or heading

    def text(self) -> str:
        for tag in ("article", "main"):
            texts = [clean("".join(self.pieces[span])) for span in self._regions[tag].spans]
            longest = max(texts, key=len, default="")
            if len(longest) >= 200:  # a shorter one is a teaser or a frame
                return longest
        return clean("".join(self.pieces))

    def published_at(self) -> datetime | None:
        said = [self._meta[name] for name in self._DATES if name in self._meta]
        return next(filter(None, map(dates.read, said + self._times[:1])), None)
