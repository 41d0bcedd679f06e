"""The language of parent and child: bytes, JSON, and nothing that could run.

A message, in both directions: the length of its head and of its body (two unsigned 32-bit numbers, big-endian), the
head in JSON, the body. Halves of surrogate pairs survive the way to the child and end on the way back.
"""

from __future__ import annotations

import json
import struct
from datetime import datetime
from typing import TYPE_CHECKING, Any

from watcher.core.formats.feeds import Parsed
from watcher.core.model import Entry
from watcher.core.sources.robots import Permission

if TYPE_CHECKING:
    from collections.abc import Callable

LENGTHS = struct.Struct("!II")

_encoded = json.JSONEncoder(ensure_ascii=False, check_circular=False).encode


def message(head: dict[str, Any], behind: int = 0) -> bytes:
    """A message but for its body of `behind` bytes, which may be large and is sent as it is."""
    encoded = _encoded(head).encode("utf-8", "surrogatepass")
    return LENGTHS.pack(len(encoded), behind) + encoded


def receive(read: Callable[[int], bytes], longest: int) -> tuple[dict[str, Any], bytes]:
    """One message. `read(n)` gives n bytes, or raises. ValueError for what is no message of at most `longest` bytes."""
    head_size, body_size = LENGTHS.unpack(read(LENGTHS.size))
    if head_size + body_size > longest:
        raise ValueError("the message is too long")
    try:
        head = json.loads(read(head_size).decode("utf-8", "surrogatepass"))
    except RecursionError as error:
        raise ValueError("the head is nested too deeply") from error
    if not isinstance(head, dict):
        raise ValueError("the head is no object")
    return head, read(body_size)


def tell(parsed: Parsed) -> dict[str, Any]:
    """What was parsed, as a message's head. The inverse of `hear`."""
    entries = [_told(entry) for entry in parsed.entries]
    marks = " ".join(parsed.marks)
    return {"entries": entries, "warning": parsed.warning, "marks": marks, "known": parsed.known}


def _told(entry: Entry) -> tuple[str | None, ...]:
    moment = entry.published_at.isoformat() if entry.published_at else None
    return (entry.key, entry.title, entry.text, entry.url, moment, entry.language)


def hear(head: dict[str, Any]) -> Parsed:
    """What a child says it parsed, taken as a stranger's words: ValueError unless all is there, of the right type."""
    try:
        entries = tuple(_heard(*fields) for fields in head["entries"])
        marks, known = tuple(text(head["marks"]).split()), head["known"]
        if type(known) is not int or not 0 <= known <= len(marks):
            raise ValueError("more is known than there is")
        return Parsed(entries, optional(head["warning"]), marks, known)
    except (KeyError, TypeError, OverflowError) as error:
        raise ValueError("the message makes no sense") from error


def _heard(key: Any, title: Any, words: Any, url: Any, moment: Any, language: Any) -> Entry:
    published_at = None if moment is None else datetime.fromisoformat(text(moment))
    if published_at and not published_at.tzinfo:
        raise ValueError("a moment without a zone")
    return Entry(text(key), text(title), text(words), optional(url), published_at, optional(language))


def hear_page(head: dict[str, Any]) -> str:
    """The text of a page, heard in the same way."""
    try:
        return text(head["text"])
    except (KeyError, TypeError) as error:
        raise ValueError("the message makes no sense") from error


def hear_permission(head: dict[str, Any]) -> Permission:
    """What a robots.txt says, heard in the same way."""
    allowed, pause = head.get("allowed"), head.get("pause")
    if not isinstance(allowed, bool) or not isinstance(pause, float):
        raise ValueError("the message makes no sense")
    return Permission(allowed, pause)


def optional(value: Any) -> str | None:
    return None if value is None else text(value)


def text(value: Any) -> str:
    if not isinstance(value, str):
        raise TypeError("text expected")
    if value.isascii():
        return value
    return value.encode("utf-8", "ignore").decode()
