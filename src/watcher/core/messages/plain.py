"""A message as plain text: for terminals, web hooks, chats, and the text part of a mail. Links stand bare."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from urllib.parse import quote

from watcher.core.formats.html import one_line
from watcher.core.messages.blocks import (
    Block,
    Count,
    Foot,
    Items,
    Label,
    Lead,
    Listed,
    News,
    Sides,
    Verbatim,
)
from watcher.core.model import Tally
from watcher.core.text import shorten, visible

BAR_WIDTH = 30
LONGEST_LINE = 1000  # characters; a title of 200 kB is no title

# Slack, Discord and others would ping a whole room on these.
_MENTION = re.compile(r"@(?=everyone|here|channel|all\b)|<(?=[!@#])", re.IGNORECASE)

_CUT = "\n\n… the rest is too long for this receiver; `watcher alerts` shows it all.\n\n"


def as_text(blocks: Iterable[Block]) -> str:
    return "\n\n".join("\n".join(_lines(block)) for block in blocks)


def inert(text: str) -> str:
    """Text of which nothing acts: mentions are parted by a zero-width space, control and bidi characters are gone."""
    return _MENTION.sub(lambda mark: f"{mark.group()}\u200b", visible(text))


def line(text: str) -> str:
    """One line of text that a source may have written."""
    return inert(shorten(one_line(text), LONGEST_LINE))


def address(url: str) -> str:
    """A link that still leads there, and of which nothing acts where it stands bare."""
    return _MENTION.sub(lambda mark: quote(mark.group()), one_line(url))


def fitted(text: str, most: int) -> str:
    """A message of at most so many characters: of a longer one the end, which names the alert, and what goes before
    as far as there is room.
    """
    if len(text) <= most:
        return text
    foot = text.rpartition("\n\n")[2]
    room = most - len(_CUT) - len(foot)
    return text[:most] if room <= 0 else f"{shorten(text, room)}{_CUT}{foot}"


def bars(tally: Tally) -> Iterator[str]:
    """The tally as three bars of one scale, for a full count only."""
    if not tally.full:
        return
    most = max(number or 0 for number in tally.triple) or 1
    for label, number in zip(("in favour", "against", "abstained"), tally.triple, strict=True):
        length = round(BAR_WIDTH * (number or 0) / most)
        yield f"{label:<9} {number:>4} {'█' * max(length, 1 if number else 0)}"


def _lines(block: Block) -> Iterator[str]:
    match block:
        case Label(words):
            yield line(" · ".join(words))
        case Lead(text) | Foot(text):
            yield line(text)
        case News(lines):
            yield from map(line, lines)
        case Count(tally):
            yield from bars(tally)
        case Sides(heading, countries):
            yield f"{line(heading)}:"
            for position, names in countries.items():
                yield f"  {position.words}: {inert(', '.join(names))}"
        case Listed(heading, lines):
            yield f"{line(heading)}:"
            yield from (f"  {line(each)}" for each in lines)
        case Items(heading, items):
            yield f"{line(heading)}:"
            for number, item in enumerate(items):
                if number:
                    yield ""
                yield from (f"  {line(each)}" for each in (item.title, item.note) if each)
                if item.url:
                    yield f"  {address(item.url)}"
        case Verbatim(heading, lines):
            yield f"{line(heading)}:"
            yield from (f"  {inert(each)}" for each in lines)
