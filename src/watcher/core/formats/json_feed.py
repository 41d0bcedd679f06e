"""JSON Feed 1.0 and 1.1 (jsonfeed.org), told in the words of feedparser: core.formats.feeds reads both alike.

A feed that breaks off keeps its whole items, and an item that makes no sense costs no other.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any

_NAME = "jsonfeed.org/version/1"


@dataclass(frozen=True)
class JsonFeed:
    """`feed` and `entries` have feedparser's keys. `trouble`: why they may not be everything, or None."""

    feed: dict[str, str]
    entries: tuple[dict[str, Any], ...]
    trouble: str | None


def read(text: str) -> JsonFeed | None:
    """None for what is no JSON Feed."""
    if not text.lstrip("\ufeff \t\r\n").startswith("{") or _NAME not in text.replace("\\/", "/"):
        return None
    try:
        top, trouble = json.loads(text.lstrip("\ufeff")), None
    except (ValueError, RecursionError):  # ValueError: also a number of many thousand digits
        top, trouble = {"items": _whole_items(text)}, "the JSON is broken"
    if not isinstance(top, dict):
        return None
    items = top.get("items")
    items = items if isinstance(items, list) else []
    entries = tuple(_entry(item) for item in items if isinstance(item, dict))
    if odd := len(items) - len(entries):
        trouble = f"items that are none: {odd} of {len(items)}"
    names = {"title": "title", "link": "home_page_url", "language": "language"}
    return JsonFeed({name: _text(top, theirs) for name, theirs in names.items()}, entries, trouble)


def _whole_items(text: str) -> list[Any]:
    """The items before the place where the text stops to make sense."""
    items: list[Any] = []
    decoder = json.JSONDecoder()
    at = text.find("[", text.find('"items"')) + 1
    while at > 0:
        try:
            item, end = decoder.raw_decode(text, _after_space(text, at))
        except (ValueError, RecursionError):
            break
        items.append(item)
        end = _after_space(text, end)
        at = end + 1 if text[end : end + 1] == "," else 0
    return items


def _after_space(text: str, at: int) -> int:
    while text[at : at + 1] in {" ", "\t", "\r", "\n"}:
        at += 1
    return at


def _entry(item: dict[str, Any]) -> dict[str, Any]:
    language = _text(item, "language")
    plain = {"type": "text/plain", "language": language}
    return {
        "id": _text(item, "id"),
        "link": _text(item, "url") or _text(item, "external_url"),
        "title_detail": plain | {"value": _text(item, "title")},
        "summary_detail": plain | {"value": _text(item, "summary")},
        "content": [
            plain | {"value": _text(item, "content_text")},
            {"type": "text/html", "value": _text(item, "content_html")},
        ],
        "published": _text(item, "date_published"),
        "updated": _text(item, "date_modified"),
    }


def _text(value: dict[str, Any], key: str) -> str:
    said = value.get(key)
    return str(said) if isinstance(said, str | int | float) and not isinstance(said, bool) else ""
