"""The page of an article, as bytes, to the text of the article on it.

trafilatura finds it among menus, captions and links to other articles. It knows no limits of time and memory:
`edges.sandbox` does.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from watcher.core.formats.xml import decode
from watcher.core.model import LONGEST_TEXT
from watcher.core.text import clean
from watcher.errors import ParseError

if TYPE_CHECKING:
    from collections.abc import Mapping

MOST_TRIES = 3

_HTML = frozenset({"text/html", "application/xhtml+xml", ""})
_CHARSET = re.compile(rb"""<meta\b[^>]{0,200}?\bcharset\s*=\s*["']?([\w.:-]{1,40})""", re.IGNORECASE)
_HEAD = 4_096  # bytes in which a page names its encoding
# A paragraph that is little but a link leads to another article, and may quote the count of another vote.
_LINKS = "//p[a][10 * string-length(normalize-space(a)) >= 7 * string-length(normalize-space(.))]"
_PRUNED = [_LINKS, "//noscript"]
_LIST_MARK = re.compile(r"^[-•*] ")


@dataclass(frozen=True, slots=True)
class Page:
    """What became of the page of an article: its `text`, or the `error` that says why there is none.

    `attempts`: how often it was asked for in vain. With MOST_TRIES it is not asked for again.
    """

    url: str
    text: str | None = None
    error: str | None = None
    attempts: int = 0

    @property
    def settled(self) -> bool:
        """Whether nothing more is to be expected."""
        return self.text is not None or self.attempts >= MOST_TRIES


def article_on(body: bytes, headers: Mapping[str, str]) -> str:
    """The text of the article on a page, clean and in paragraphs. `headers`: names in lower case; may be empty.

    Errors: ParseError for what is not HTML, and where no article is found.
    """
    import trafilatura  # here, for the parent process needs none of it, and this import is slow

    kind = headers.get("content-type", "").partition(";")[0].strip().lower()
    if kind not in _HTML:
        raise ParseError(f"it is no web page, but {clean(kind)[:80]}")
    markup, _ = decode(body, _content_type(body, headers))
    found = trafilatura.extract(
        markup, favor_precision=True, include_comments=False, prune_xpath=_PRUNED, output_format="txt"
    )
    text = clean("\n\n".join(map(_paragraph, (found or "").splitlines())))[:LONGEST_TEXT]
    if not text:
        raise ParseError("there is no article on the page")
    return text


def _content_type(body: bytes, headers: Mapping[str, str]) -> str:
    """What the header says, or else the page itself, of the encoding."""
    stated = headers.get("content-type", "")
    if "charset" not in stated.lower() and (named := _CHARSET.search(body[:_HEAD])):
        return f"{stated}; charset={named[1].decode()}"
    return stated


def _paragraph(line: str) -> str:
    """A line as trafilatura writes it, without the marks of lists and tables."""
    if line.startswith("|"):
        cells = [cell.strip() for cell in line.strip("| ").split("|")]
        return ", ".join(cell for cell in cells if cell.strip("-"))
    return _LIST_MARK.sub("", line)
