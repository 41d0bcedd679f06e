"""Files of the drop folder, as bytes, to entries: .txt, .md, .html, .htm, .json and .jsonl.

Does not touch the disk (`edges.folder` does), and does not decide whether an article is worth anything.
"""

from __future__ import annotations

import codecs
import json
import re
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from watcher.core.formats import dates
from watcher.core.formats.feeds import Parsed, apart, title_of, web_address
from watcher.core.formats.html import one_line, read_page
from watcher.core.model import Entry
from watcher.core.text import clean, shorten
from watcher.errors import ParseError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

_LONGEST_HEADLINE = 160  # characters; a longer first line is a paragraph
_LONGEST_TITLE = 200

_DATELINE = re.compile(r"\s*date (\d{4}-\d{2}-\d{2})\b:?")
_FRONT_MATTER = re.compile(
    r"\A\s*(?:---[ \t]*\n)?((?:(?:title|date|url)[ \t]*:.*\n)+)(?:---[ \t]*(?:\n|\Z))?", re.I
)

_HEADING = re.compile(r"\s*#[ \t]+(.+?)[ \t]*#*(?:\n|\Z)")

# Markdown's marks: what to find, what to keep of it.
_BLOCKS = (
    (re.compile(r"^ {0,3}(?:```|~~~).*$", re.MULTILINE), ""),
    (re.compile(r"^ {0,3}(?:[-*_] ?){3,}$", re.MULTILINE), ""),
    (re.compile(r"^ {0,3}#{1,6}[ \t]+(.+?)[ \t]*#*$", re.MULTILINE), r"\n\1\n"),
    (re.compile(r"^ {0,3}(?:>[ \t]?)+", re.MULTILINE), ""),
    (re.compile(r"^[ \t]*(?:[-*+]|\d{1,3}[.)])[ \t]+", re.MULTILINE), "\n"),
)
_INLINE = (
    (re.compile(r"!?\[([^\[\]\n]*)\]\([^()\s]*(?:[ \t]+[\"'][^\n]*?[\"'])?\)"), r"\1"),
    (re.compile(r"<(https?://[^<>\s]+)>"), r"\1"),
    (re.compile(r"(\*\*|__|\*|(?<!\w)_|`+)(?=\S)([^\n]{1,500}?)(?<=\S)\1"), r"\2"),
)


def read(name: str, body: bytes) -> Parsed:
    """The articles of a file. `name`: the file's name; its ending says what it holds, and it becomes the key.

    A file with several articles gives each the key name#id, or name#line where it states no id.
    Errors: ParseError for an ending, an encoding or a content that cannot be read, and for an empty file.
    """
    reader = READERS.get("." + name.rpartition(".")[2].lower())
    if reader is None:
        raise ParseError(f"only files ending in {', '.join(READERS)} are read")
    text = _decode(body)
    if not text.strip():
        raise ParseError("the file is empty")
    return reader(name, text)


def _decode(body: bytes) -> str:
    """UTF-8, or UTF-16 with its mark, or else cp1252, in which old editors write."""
    if body.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return _lines(body.decode("utf-16", "replace"))
    if b"\0" in body:
        raise ParseError("the file is not text: it has zero bytes in it")
    try:
        return _lines(body.decode("utf-8-sig"))
    except UnicodeDecodeError:
        return _lines(body.decode("cp1252", "replace"))


def _lines(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _read_text(name: str, text: str) -> Parsed:
    published_at = None
    opening = _DATELINE.match(text)
    if opening and (published_at := dates.read(opening[1])):
        text = text[opening.end() :]
    title, text = _headline(text)
    return _one(Entry(key=name, title=title, text=text, published_at=published_at))


def _read_markdown(name: str, text: str) -> Parsed:
    said, text = _front_matter(text)
    if heading := _HEADING.match(text):
        text = text[heading.end() :]
    title = one_line(_without(_INLINE, said.get("title") or (heading[1] if heading else "")))
    text = _without(_BLOCKS + _INLINE, text)
    if title:
        entry = Entry(key=name, title=shorten(title, _LONGEST_TITLE), text=clean(text))
    else:
        entry = _read_text(name, text).entries[0]
    published_at = dates.read(said.get("date", "")) or entry.published_at
    return _one(replace(entry, url=web_address(said.get("url", "")), published_at=published_at))


def _front_matter(text: str) -> tuple[dict[str, str], str]:
    """What the lines at the top state, and the text below them."""
    front = _FRONT_MATTER.match(text)
    if not front:
        return {}, text
    pairs = (line.partition(":") for line in front[1].splitlines())
    said = {key.strip().lower(): value.strip().strip("\"'") for key, _, value in pairs}
    return said, text[front.end() :]


def _without(marks: tuple[tuple[re.Pattern[str], str], ...], text: str) -> str:
    for mark, kept in marks:
        text = mark.sub(kept, text)
    return text


def _read_page(name: str, text: str) -> Parsed:
    title, text, published_at, url = read_page(text)
    title = shorten(title, _LONGEST_TITLE) or title_of(text)
    return _one(
        Entry(key=name, title=title, text=text, url=web_address(url or ""), published_at=published_at)
    )


def _one(entry: Entry) -> Parsed:
    if not (entry.title or entry.text):
        raise ParseError("there is no text in the file")
    return Parsed((entry,))


def _headline(text: str) -> tuple[str, str]:
    """(title, text): a short first line above the text is the title; else the first sentence, which stays in it."""
    first, _, rest = text.strip().partition("\n")
    following = rest.partition("\n")[0].strip()
    wrapped = 0 < len(following) <= _LONGEST_HEADLINE  # then the first line is the first part of a paragraph
    if rest and not wrapped and len(first) <= _LONGEST_HEADLINE:
        return one_line(first), clean(rest)
    text = clean(text)
    return title_of(text), text


def _read_lines(name: str, text: str) -> Parsed:
    def objects() -> Iterator[tuple[str, str, Any]]:
        for number, line in enumerate(text.split("\n"), start=1):
            if line.strip():
                yield f"line {number}", str(number), line

    return _several(name, objects(), _json)


def _read_json(name: str, text: str) -> Parsed:
    value = _json(text)
    if isinstance(value, dict):
        return Parsed((_entry(name, value),))
    if not isinstance(value, list):
        raise ParseError("it holds neither an article {…} nor a list of articles […]")
    return _several(
        name, ((f"article {n}", str(n), item) for n, item in enumerate(value, start=1)), lambda item: item
    )


def _several(name: str, items: Iterator[tuple[str, str, Any]], load: Callable[[Any], Any]) -> Parsed:
    """Every article that can be read; the others are named in the warning. ParseError when there is none."""
    entries: list[Entry] = []
    wrong: list[str] = []
    for where, number, item in items:
        try:
            value = load(item)
            entries.append(_entry(f"{name}#{_id(value) or number}", value))
        except ParseError as error:
            wrong.append(f"{where}: {error}")
    more = f"; and {len(wrong) - 5} more" if len(wrong) > 5 else ""
    warning = "; ".join(wrong[:5]) + more
    if not entries:
        raise ParseError(warning or "there is no article in it")
    return Parsed(apart(entries), warning or None)


def _json(text: str) -> Any:
    try:
        return json.loads(text)
    except json.JSONDecodeError as error:
        where = f"line {error.lineno}, " if "\n" in text.strip() else ""
        raise ParseError(f"no valid JSON ({where}column {error.colno}: {error.msg})") from error
    except (RecursionError, ValueError) as error:  # ValueError: a number of many thousand digits
        raise ParseError("JSON that is nested or written too wildly to be read") from error


def _id(value: Any) -> str:
    said = value.get("id") if isinstance(value, dict) else None
    return clean(str(said))[:200] if isinstance(said, str | int) else ""


def _entry(key: str, value: Any) -> Entry:
    """An article from {"title", "text", "date"?, "url"?, "id"?, "language"?}; other keys are left alone.

    A date may also be called "published_at" or "published", as other programs do, and our own `--json`.
    """
    if not isinstance(value, dict):
        raise ParseError('no article: {"title": …, "text": …} is expected')
    dated = next((value[name] for name in ("date", "published_at", "published") if value.get(name)), None)
    value = {**value, "date": dated}
    fields = {}
    for field in ("title", "text", "date", "url", "language"):
        said = value.get(field)
        if said is not None and not isinstance(said, str):
            raise ParseError(f"“{field}” must be text in quotes")
        fields[field] = clean(said or "")
    published_at = dates.read(fields["date"])
    if fields["date"] and not published_at:
        raise ParseError(f"“{shorten(fields['date'], 40)}” is no date; write it as 2026-02-24")
    if not (fields["title"] or fields["text"]):
        raise ParseError("it has neither title nor text")
    title = shorten(one_line(fields["title"]), 2 * _LONGEST_TITLE) or title_of(fields["text"])
    return Entry(
        key=key,
        title=title,
        text=fields["text"],
        url=web_address(fields["url"]),
        published_at=published_at,
        language=fields["language"] or None,
    )


READERS: dict[str, Callable[[str, str], Parsed]] = {
    ".txt": _read_text,
    ".md": _read_markdown,
    ".html": _read_page,
    ".htm": _read_page,
    ".json": _read_json,
    ".jsonl": _read_lines,
}
