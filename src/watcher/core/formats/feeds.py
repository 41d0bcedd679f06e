"""Feeds, as bytes, to entries: RSS 0.9x to 2.0, RDF, Atom and JSON Feed, well-formed or not.

feedparser reads, where a feed is not so plain that it can be read in less time (plain_feeds.py). Around it stands what
the world taught us: bytes that lie about their encoding, references to characters that do not exist, answers that
break off, dates in zones it does not know, GUIDs that are used twice. Its input is always a BytesIO (anything else it
may open as a file or fetch), and what comes out is plain text: its sanitiser leaks and is off. Nothing here limits
time or memory: `edges.sandbox` does.
"""

from __future__ import annotations

import hashlib
import io
import re
from calendar import timegm
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any
from urllib.parse import urljoin, urlsplit

from watcher.core.formats import dates, json_feed, plain_feeds
from watcher.core.formats.html import one_line, to_text
from watcher.core.formats.marks import Marked, marked
from watcher.core.formats.plain_feeds import Doubtful
from watcher.core.formats.xml import Document, decode, mended
from watcher.core.model import Entry
from watcher.core.text import clean, sentences, shorten
from watcher.errors import ParseError

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping, Sequence

_LONGEST_TITLE = 200  # characters
_LONGEST_KEY = 500  # characters
_LONGEST_URL = 4_000  # characters
_LONGEST_TEXT = 500_000  # characters; a long book, and no article
_MOST_ENTRIES = 10_000
_ENTRY = re.compile(r"<((?:\w+:)?(?:item|entry))\b.*?</\1\s*>", re.DOTALL)
_BEFORE_JSON = b"\xef\xbb\xbf \t\r\n"
_YEAR = re.compile(r"(?:19|20)\d\d")
_ADDRESS = re.compile(  # one that is as it should be; most are
    r"https?://[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)*(?::[0-9]{1,5})?(?:/[A-Za-z0-9_~%+-]+(?:\.[A-Za-z0-9_~%+-]+)*)*/?(?:\?[A-Za-z0-9_~%+=&.-]+)?"
)
_LANGUAGE = re.compile(r"[A-Za-z]{2,3}(?:-[A-Za-z0-9]{2,8})*")


@dataclass(frozen=True)
class Parsed:
    """What could be read, in the order of the source. `warning`: why it may not be all; one line, or None.

    `marks`: of all its entries, for whoever reads the feed again; none where it is too odd for that. `known`: how many
    entries were left out, because their marks were known.
    """

    entries: tuple[Entry, ...]
    warning: str | None = None
    marks: tuple[str, ...] = ()
    known: int = 0


def parse(
    body: bytes, headers: Mapping[str, str], known: Collection[str] = (), *, plainly: bool = True
) -> Parsed:
    """The entries of a feed. `headers`: those of the answer, names in lower case; may be empty.

    `known`: the marks of entries that need not be told again. They are left out, unless a new one could be taken for
    one of them. `plainly`: whether what is plain may be read without feedparser; it makes no difference but in time.

    A feed without entries is fine. Errors: ParseError where this is no feed, and says what it looks like; and where it
    is one, but broken, and no entry of it is left.
    """
    if not body.strip():
        raise ParseError("the answer is empty")
    content_type = headers.get("content-type", "")
    read = _read_json(body, content_type)
    if read is None:
        text, lost = decode(body, content_type)
        feed = marked(text, known)
        document = mended(feed.left, lost)
        if plainly:
            with suppress(Doubtful):
                return _read_plainly(feed, document, headers)
        if feed.known:
            return parse(body, headers, plainly=plainly)
        read = _read_xml(document)
    too_many = f"more than {_MOST_ENTRIES} entries" if len(read.entries) > _MOST_ENTRIES else None
    warning = "; ".join(filter(None, (read.trouble, too_many))) or None
    entries = _entries(read, headers)
    if warning and not entries:
        raise ParseError(f"no entry could be read: {warning}")
    return Parsed(entries, warning)


@dataclass(frozen=True)
class _Read:
    """What feedparser found. `trouble`: why that may not be everything. `plain`: found without it."""

    version: str  # feedparser's name for the format: "rss20", "atom10"; "json"; "" where it knows none
    feed: Any
    entries: Sequence[Any]
    trouble: str | None
    plain: bool = False


def _read_plainly(feed: Marked, document: Document, headers: Mapping[str, str]) -> Parsed:
    """The short cut past feedparser. `document`: what is left of the feed. Errors: Doubtful where there is none."""
    if document.damage:
        raise Doubtful
    found = plain_feeds.read(document.text)
    identities = list(map(_identity, found.entries))
    entries = len(feed.known) + len(found.entries)
    # Which of those with one GUID is meant shows only when all are seen.
    if (
        entries > _MOST_ENTRIES
        or feed.has_another(identities)
        or (feed.known and entries != len(feed.entries))
    ):
        raise Doubtful
    marks = feed.whole(identities) if entries == len(feed.entries) else ()
    read = _Read(found.version, found.feed, found.entries, None, plain=True)
    return Parsed(_entries(read, headers), None, marks, len(feed.known))


def _identity(raw: Mapping[str, Any]) -> str:
    """What two entries share that are told apart by more than their GUID."""
    return one_line(str(raw.get("id") or raw.get("link") or ""))


def _read_json(body: bytes, content_type: str) -> _Read | None:
    """None for what is no JSON Feed."""
    if body.lstrip(_BEFORE_JSON)[:1] != b"{":
        return None
    text, damage = decode(body, content_type)
    found = json_feed.read(text)
    if found is None:
        return None
    trouble = "; ".join(filter(None, (found.trouble, damage))) or None
    return _Read("json", found.feed, found.entries, trouble)


def _read_xml(document: Document) -> _Read:
    read = _read(document.text)
    if not read.version and not read.entries:
        raise ParseError(_unlike(document.text))
    return replace(read, trouble="; ".join(filter(None, (read.trouble, document.damage))) or None)


def _read(text: str) -> _Read:
    try:
        result = _feedparser(text)
    except MemoryError:
        raise
    except Exception as error:  # feedparser answers broken input with whatever its insides raise
        return _read_one_by_one(text, error)
    said = str(result.get("bozo_exception", "")).removeprefix("<unknown>:")
    where = f" (line {one_line(said)})" if said[:1].isdecimal() else ""
    trouble = f"the XML is broken{where}" if result.bozo else None
    return _Read(result.get("version", ""), result.feed, result.entries, trouble)


def _read_one_by_one(text: str, error: Exception) -> _Read:
    """Each entry in a feed of its own, so that the one feedparser stumbles over does not cost the others."""
    spans = [entry.span() for entry in _ENTRY.finditer(text)]
    head, tail = (text[: spans[0][0]], text[spans[-1][1] :]) if spans else ("", "")
    version, feed = "", None
    entries: list[Any] = []
    for start, end in spans:
        try:
            result = _feedparser(head + text[start:end] + tail)
        except MemoryError:
            raise
        except Exception:  # this is the one, or one of them; the warning counts them
            continue
        version, feed = result.get("version", ""), feed or result.feed
        entries += result.entries[:1]
    lost = len(spans) - len(entries)
    if not entries:
        raise ParseError(f"the feed is too broken to be read ({type(error).__name__})") from error
    return _Read(version, feed or {}, entries, f"entries too broken to be read: {lost} of {len(spans)}")


def _feedparser(text: str) -> Any:
    import feedparser  # here, for the parent process needs `Parsed` alone, and this import is slow

    return feedparser.parse(
        io.BytesIO(text.encode()),
        response_headers={"content-type": "application/xml; charset=utf-8"},
        sanitize_html=False,
        resolve_relative_uris=False,
    )


def _entries(read: _Read, headers: Mapping[str, str]) -> tuple[Entry, ...]:
    """All that say something; one without title and text has nothing to be matched or told."""
    source = _Source.of(read, headers)
    return apart(entry for entry in map(source.entry, read.entries[:_MOST_ENTRIES]) if entry)


@dataclass(frozen=True)
class _Source:
    """What the feed says about itself, as far as its entries need it."""

    plain: bool
    states_types: bool
    base: str
    language: str | None
    country: str | None

    @classmethod
    def of(cls, read: _Read, headers: Mapping[str, str]) -> _Source:
        addresses = (str(read.feed.get("link") or ""), headers.get("content-location", ""))
        base = next(filter(None, map(web_address, addresses)), "")
        language = _language(str(read.feed.get("language") or ""))
        last_label = (urlsplit(base).hostname or "").rpartition(".")[2]
        region = (language or "").rpartition("-")[2].lower()
        country = next((code for code in (last_label, region) if len(code) == 2), None)
        return cls(read.plain, read.version.startswith(("atom", "json")), base, language, country)

    def entry(self, raw: Any) -> Entry | None:
        """The entry, or None where nothing in it could be told to anybody."""
        titled, summary = _detail(raw, "title_detail"), _detail(raw, "summary_detail")
        title = " ".join(self._plain(titled).split())
        texts = (self._plain(detail) for detail in (summary, *raw.get("content", ())))
        text = _without_title(max(texts, key=len), title)[:_LONGEST_TEXT]
        if not (title or text):
            return None
        url = self._url(raw)
        return Entry(
            key=_key(str(raw.get("id") or ""), url, title, text),
            title=shorten(title, 2 * _LONGEST_TITLE) or title_of(text),
            text=text,
            url=url,
            published_at=self._published_at(raw),
            language=_language(str(titled.get("language") or "")) or self.language,
        )

    def _plain(self, detail: Any) -> str:
        """The text of one of feedparser's text constructs: {"type": …, "value": …}; clean.

        Atom and JSON Feed say whether a text is markup; in RSS, titles are escaped once, twice or not at all.
        """
        if not detail:
            return ""
        value = str(detail.get("value") or "")
        return clean(value) if self.states_types and detail.get("type") == "text/plain" else to_text(value)

    def _url(self, raw: Any) -> str | None:
        link, guid = str(raw.get("link") or ""), str(raw.get("id") or "")
        # feedparser takes a GUID for a link unless it says otherwise, and few say it: "4711" is no path.
        return web_address(link, "" if link == guid else self.base) or web_address(guid)

    def _published_at(self, raw: Any) -> datetime | None:
        # dict.get, because feedparser's own get warns when it answers "updated" with "published".
        for name in ("published", "updated", "created"):
            said = str(dict.get(raw, name) or "")
            moment = dates.read(said, self.country)
            if not moment and _YEAR.search(said):  # without one feedparser guesses: 2000 for "-0001-11-30"
                if self.plain:
                    raise Doubtful
                moment = _of_struct(dict.get(raw, f"{name}_parsed"))
            if moment:
                return moment
        return None


def _detail(raw: Any, name: str) -> Any:
    """One of feedparser's text constructs; an element can have this name as well."""
    detail = raw.get(name)
    return detail if isinstance(detail, dict) else {}


def title_of(text: str) -> str:
    """A title for a text that has none: its first sentence, shortened."""
    text = text[:2_000]  # characters; enough for any first sentence worth showing
    first = sentences(text)[:1]
    return shorten(one_line(text[slice(*first[0])]) if first else "", _LONGEST_TITLE)


def web_address(link: str, base: str = "") -> str | None:
    """An http(s) address, absolute; None for anything else: javascript:, mailto:, a bare path without a base."""
    if _ADDRESS.fullmatch(link) and len(link) <= _LONGEST_URL:
        return link
    link = clean(re.sub(r"\s*[\r\n\t]+\s*", "", link)).replace(" ", "%20")
    if not link:
        return None
    try:
        url = urljoin(base, link)
        parts = urlsplit(url)
        usable = parts.scheme.lower() in {"http", "https"} and bool(parts.hostname)
    except ValueError:  # an unfinished IPv6 address, an impossible port
        return None
    return url if usable and len(url) <= _LONGEST_URL else None


def apart(entries: Iterable[Entry]) -> tuple[Entry, ...]:
    """The entries with keys that differ: some feeds give several articles one GUID.

    The first keeps its key; a later one with other content gets a key of its own made from that content, which stays
    the same as long as the content does; a plain repetition is dropped.
    """
    seen: dict[str, Entry] = {}
    for entry in entries:
        first = seen.setdefault(entry.key, entry)
        if (first.title, first.text) != (entry.title, entry.text):
            own = f"{entry.key} {_digest(entry.title, entry.text)}"
            seen.setdefault(own, replace(entry, key=own))
    return tuple(seen.values())


def _key(guid: str, url: str | None, title: str, text: str) -> str:
    key = one_line(guid) or url or _digest(title, text)
    return key if len(key) <= _LONGEST_KEY else _digest(key)


def _digest(*parts: str) -> str:
    return hashlib.sha256("\0".join(parts).encode("utf-8", "surrogatepass")).hexdigest()[:32]


def _without_title(text: str, title: str) -> str:
    """`text`: clean, so that a paragraph is a line."""
    head, _, rest = text.partition("\n\n")
    return rest if title and head == title else text


def _of_struct(parsed: Any) -> datetime | None:
    try:
        return dates.plausible(datetime.fromtimestamp(timegm(parsed), UTC)) if parsed else None
    except (ValueError, TypeError, OverflowError, OSError):
        return None


def _language(said: str) -> str | None:
    said = said.strip().replace("_", "-")
    return said if _LANGUAGE.fullmatch(said) else None


def _unlike(text: str) -> str:
    """What stands there instead of a feed."""
    start = text.lstrip("\ufeff \t\r\n")[:2_000]
    root = re.search(r"<([A-Za-z][\w:.-]{0,40})", start)
    if re.search(r"<(?:!doctype\s+html|html|head|body)\b", start, re.IGNORECASE):
        title = re.search(r"<title[^<>]*>([^<]*)", text[:100_000], re.IGNORECASE)
        said = shorten(one_line(to_text(title[1])), 80) if title else ""
        looks = f"like a web page, “{said}”" if said else "like a web page"
    elif root and root[1].rpartition(":")[2] in {"rss", "feed", "RDF"}:
        return "the feed is too broken to be read"
    elif start[:1] in {"{", "["}:
        looks = "like JSON"
    elif start.startswith("<") and root:
        looks = f"like other XML (<{root[1]}>)"
    else:
        looks = "like plain text, or a file of another kind"
    return f"this is no feed: it looks {looks}"
