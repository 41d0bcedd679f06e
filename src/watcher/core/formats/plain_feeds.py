"""Feeds that are as they should be, read in one pass: RSS 2.0 and Atom, well-formed, with elements that are known.

feedparser reads whatever there is, and takes its time for it. This reads only what can have one meaning, and finds what
feedparser would; on any doubt it leaves the feed to feedparser. So it is no more than a short cut: what stands in a
table here is what feedparser was seen to do with it, and a test holds the two equal on all feeds there are.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any
from xml.parsers import expat

_ATOM = "http://www.w3.org/2005/Atom"
_CONTENT = "http://purl.org/rss/1.0/modules/content/"
_DC = "http://purl.org/dc/elements/1.1/"
_SLASH = "http://purl.org/rss/1.0/modules/slash/"
_SY = "http://purl.org/rss/1.0/modules/syndication/"
_WFW = "http://wellformedweb.org/CommentAPI/"
_MEDIA = "http://search.yahoo.com/mrss/"
_ITUNES = "http://www.itunes.com/dtds/podcast-1.0.dtd"
_FEEDBURNER = "http://rssnamespace.org/feedburner/ext/1.0"
_WORDPRESS = "com-wordpress:feed-additions:1"


def _words(words: str) -> frozenset[str]:
    return frozenset(words.split())


def _names(names: str, namespace: str = "") -> frozenset[str]:
    return frozenset(f"{namespace} {name}".lstrip() for name in names.split())


# By the prefix that everybody uses: behind another one, feedparser may take one for the other.
_PREFIXES = {
    "content": _CONTENT,
    "dc": _DC,
    "slash": _SLASH,
    "sy": _SY,
    "wfw": _WFW,
    "media": _MEDIA,
    "itunes": _ITUNES,
    "atom": _ATOM,
    "a10": _ATOM,
    "atom10": _ATOM,
    "feedburner": _FEEDBURNER,
}
# Other namespaces are passed over, unless feedparser knows them, or would take their prefix for one that it knows.
_FAMOUS = re.compile(
    r"purl\.org|userland|harvard\.edu|netscape|example\.com|/echo/|webns|tangent|creativecommons|resource\.org|theinfo|"
    r"rssnamespace|freshmeat|foaf|w3\.org|georss|opengis|postneo|podcast|yahoo|madskills|prismstandard|soap|"
    r"benhammersley|wellformedweb|podlove"
)
_MEANT = _words(
    "cc content creativecommons dc dcterms feedburner georss gml itunes media psc xhtml xml title summary published "
    "updated created guidislink"
)
# What feedparser does something with, or keeps what we ask for under; whatever else has no namespace is passed over.
_HEEDED = _words(
    "abstract author authors body category channel cloud content contributor contributors copyright created date "
    "description email enclosure entries entry expirationdate feed fullitem generator geom georssgeom guid guidislink "
    "height homepage id image info issued item items keywords language lastbuilddate link links managingeditor math "
    "modified name newlocation pubdate published rights rss source subtitle summary svg tagline tags textinput title "
    "updated uri url webmaster where width"
)

# What an element of an entry is to us. Of each an entry has one at most, but for links.
_FIELDS = {
    "title": "title",
    "description": "summary",
    f"{_CONTENT} encoded": "content",
    "link": "link",
    f"{_ATOM} link": "link",
    "guid": "id",
    "pubDate": "published",
    f"{_DC} date": "updated",
    f"{_ATOM} updated": "updated",
    f"{_ATOM} title": "title",
    f"{_ATOM} summary": "summary",
    f"{_ATOM} content": "content",
    f"{_ATOM} id": "id",
    f"{_ATOM} published": "published",
}
_TEXTS = frozenset({"title", "summary", "content"})
# What changes nothing that we ask of an entry.
_PASSED = (
    _names("author category comments enclosure generator keywords")
    | _names("creator publisher subject rights identifier", _DC)
    | _names("comments section department hit_parade", _SLASH)
    | _names("commentRss comment", _WFW)
    | _names("content group thumbnail credit keywords", _MEDIA)
    | _names(
        "author category duration episode episodeType explicit image keywords season subtitle type", _ITUNES
    )
    | _names("author contributor category rights", _ATOM)
    | _names("site post-id", _WORDPRESS)
    | _names("origLink", _FEEDBURNER)
)
# What is around the entries and changes nothing that we ask of the feed.
_AROUND = (
    _names(
        "title description copyright managingEditor webMaster pubDate lastBuildDate category generator docs cloud "
        "image skipHours skipDays"
    )
    | _names("updatePeriod updateFrequency updateBase", _SY)
    | _names("title updated subtitle author contributor category generator icon logo rights", _ATOM)
    | _names("creator publisher date rights", _DC)
    | _names(
        "author block category complete explicit image keywords new-feed-url owner subtitle type", _ITUNES
    )
    | _names("site", _WORDPRESS)
    | _names("info emailServiceId feedburnerHostname", _FEEDBURNER)
)
_INSIDE = {  # what may stand inside of one of these
    f"{_ATOM} author": _names("name uri email", _ATOM),
    f"{_ATOM} contributor": _names("name uri email", _ATOM),
    f"{_MEDIA} group": _names("content thumbnail credit keywords", _MEDIA),
    f"{_MEDIA} content": _names("thumbnail credit keywords", _MEDIA),
    f"{_ITUNES} owner": _names("name email", _ITUNES),
    f"{_ITUNES} category": _names("category", _ITUNES),
    "image": _names("url title link width height description"),
    "skipHours": _names("hour"),
    "skipDays": _names("day"),
}
_LINK_ATTRIBUTES = frozenset({"href", "rel", "type", "title", "hreflang", "length"})
_HTML = frozenset({"html", "xhtml", "text/html", "application/xhtml+xml"})
_ODD_ADDRESS = re.compile(r"[A-Za-z][A-Za-z0-9+\-.]*:///")
_REFERENCE = re.compile(r"&([A-Za-z0-9_]+);")
_CONTROL = re.compile("[\x80-\x9f]")


class Doubtful(Exception):  # noqa: N818 - no error: feedparser decides
    """This feed may mean something else than what it seems to."""


@dataclass(frozen=True)
class Plain:
    """A feed read. `entries`: as feedparser would give them, as far as we ask."""

    version: str
    feed: dict[str, Any]
    entries: list[dict[str, Any]]


def read(document: str) -> Plain:
    """A feed without XML declaration. Errors: Doubtful, where it is for feedparser to read."""
    reader = _Reader()
    try:
        reader.parser.Parse(document, True)
    except expat.ExpatError as error:
        raise Doubtful from error
    return reader.result()


class _Reader:
    """Hears from expat of each element and text. `_path`: the elements that are open, from the root."""

    def __init__(self) -> None:
        self._path: list[str] = []
        self._foreign: set[str] = set()  # namespaces that mean nothing to feedparser
        self._version = ""
        self._language: str | None = None
        self._entry_depth = 0  # how many are open where an entry is
        self._feed: dict[str, Any] = {}
        self._entry: dict[str, Any] | None = None
        self._entries: list[dict[str, Any]] = []
        self._field: str | None = None  # that the text is of
        self._type = ""
        self._is_link = False  # whether the id is one
        self._pieces: list[str] = []
        self.parser = parser = expat.ParserCreate(namespace_separator=" ")
        parser.buffer_text = True
        parser.StartElementHandler, parser.EndElementHandler = self._on_start, self._on_end
        parser.StartDoctypeDeclHandler = self._on_doctype
        parser.StartNamespaceDeclHandler = self._on_namespace

    def result(self) -> Plain:
        return Plain(self._version, self._feed, self._entries)

    # ---- What expat calls ----------------------------------------------------------------------------------------

    def _on_doctype(self, *_: object) -> None:
        raise Doubtful

    def _on_namespace(self, prefix: str | None, uri: str) -> None:
        if prefix is None:
            meant = uri == (_WORDPRESS if self._path else _ATOM)
        elif self._path:
            meant = _PREFIXES.get(prefix) == uri
        else:
            meant = _PREFIXES.get(prefix, uri) == uri
            if prefix.lower() not in _MEANT and not _FAMOUS.search(uri.lower()):
                self._foreign.add(uri)
        if not meant:
            raise Doubtful

    def _on_start(self, name: str, attributes: dict[str, str]) -> None:
        depth = len(self._path)
        self._path.append(name)
        if depth == 0:
            self._begin(name, attributes)
        elif depth == 1 and self._entry_depth == 2:
            if name != "channel" or attributes:
                raise Doubtful
        elif depth == self._entry_depth:
            self._start_around(name, attributes)
        elif depth == self._entry_depth + 1 and self._entry is not None:
            self._start_field(name, attributes)
        elif self._field or name not in _INSIDE.get(self._path[-2], ()):
            raise Doubtful

    def _begin(self, name: str, attributes: dict[str, str]) -> None:
        """The root."""
        language = attributes.pop("http://www.w3.org/XML/1998/namespace lang", "")
        self._language = language.replace("_", "-") or None
        if (
            name == "rss"
            and attributes.keys() <= {"version"}
            and attributes.get("version", "").startswith("2.")
        ):
            self._version, self._entry_depth = "rss20", 2
        elif name == f"{_ATOM} feed" and not attributes:
            self._version, self._entry_depth = "atom10", 1
        else:
            raise Doubtful
        if self._language:
            self._feed["language"] = self._language

    def _start_around(self, name: str, attributes: dict[str, str]) -> None:
        """An entry, or what tells of the whole feed."""
        if name == ("item" if self._entry_depth == 2 else f"{_ATOM} entry"):
            if attributes:
                raise Doubtful
            self._entry = {}
        elif name in {"link", f"{_ATOM} link"}:
            self._start_link(attributes, self._feed)
        elif name in {"language", f"{_DC} language", f"{_ATOM} id"}:
            if attributes:
                raise Doubtful
            self._is_link = True
            self._gather("id" if name == f"{_ATOM} id" else "language")
        elif _changes_context(attributes) or not (name in _AROUND or self._means_nothing(name)):
            raise Doubtful

    def _start_field(self, name: str, attributes: dict[str, str]) -> None:
        assert self._entry is not None
        field = _FIELDS.get(name)
        if field is None:
            if _changes_context(attributes) or not (name in _PASSED or self._means_nothing(name)):
                raise Doubtful
        elif field == "link":
            self._start_link(attributes, self._entry)
        elif field in self._entry or f"{field}_detail" in self._entry:
            raise Doubtful  # a second one
        elif field in _TEXTS and name.startswith(_ATOM):
            self._type = attributes.pop("type", "text")
            if attributes or self._type not in {"text", "html"}:
                raise Doubtful
            self._gather(field)
        elif name == "guid":
            self._is_link = attributes.pop("isPermaLink", "true") == "true"
            if attributes:
                raise Doubtful
            self._gather(field)
        elif attributes:
            raise Doubtful
        else:
            self._type, self._is_link = "html", True
            self._gather(field)

    def _means_nothing(self, name: str) -> bool:
        """Whether feedparser would do no more than keep the element under its own name."""
        namespace, space, local = name.rpartition(" ")
        if space:
            return namespace in self._foreign
        local = local.lower()
        return (
            local not in _HEEDED
            and local.partition("_")[0] not in _MEANT
            and not local.endswith(("_detail", "_parsed"))
        )

    def _start_link(self, attributes: dict[str, str], about: dict[str, Any]) -> None:
        if not attributes:
            self._gather("link")
        elif not attributes.keys() <= _LINK_ATTRIBUTES or not attributes.get("href"):
            raise Doubtful
        else:
            relation, kind = (
                attributes.get("rel", "alternate").lower(),
                attributes.get("type", "html").lower(),
            )
            if relation == "alternate" and kind in _HTML:
                about["link"] = _address(attributes["href"])

    def _gather(self, field: str) -> None:
        self._field = field
        self.parser.CharacterDataHandler = self._pieces.append

    def _on_end(self, name: str) -> None:
        self._path.pop()
        if self._field:
            field, self._field = self._field, None
            text = "".join(self._pieces).strip()
            self._pieces.clear()
            self.parser.CharacterDataHandler = None
            self._keep(field, text)
        elif self._entry is not None and len(self._path) == self._entry_depth:
            self._entries.append(self._entry)
            self._entry = None

    def _keep(self, field: str, text: str) -> None:
        if not text.isascii() and _wrongly_decoded(text):
            raise Doubtful
        about = self._feed if self._entry is None else self._entry
        if field in _TEXTS:
            kind = "text/plain" if self._type == "text" else "text/html"
            detail = {"value": text, "type": kind, "language": self._language}
            about["content" if field == "content" else f"{field}_detail"] = (
                [detail] if field == "content" else detail
            )
        elif field == "link":
            text = _address(text) if self._entry is None else _address(text).replace("&amp;", "&")
            about["link"] = _REFERENCE.sub(r"&\1", text)
        elif field == "id":
            about["id"] = _address(text) if self._is_link else text
            if self._is_link:
                about.setdefault("link", text)
        else:
            about[field] = text


def _changes_context(attributes: dict[str, str]) -> bool:
    """Whether they change the base or the language of what is inside."""
    return any(name.lower().rpartition(" ")[2] in {"base", "lang"} for name in attributes)


def _address(text: str) -> str:
    """The same; feedparser would mend some."""
    if _ODD_ADDRESS.match(text):
        raise Doubtful
    return text


def _wrongly_decoded(text: str) -> bool:
    """Whether feedparser would take its characters for bytes that were decoded wrongly."""
    if _CONTROL.search(text):
        return True
    try:
        text.encode("iso-8859-1").decode("utf-8")
    except ValueError:
        return False
    return True
