"""A message as Slack shows it: its blocks of mrkdwn, within their limits, with sources as links.

Slack has no way to escape its marks; what a source wrote of them is put as the look-alikes of Unicode, so that it
neither stands out as our headings do, nor turns into pictures.
Source: https://docs.slack.dev/messaging/formatting-message-text, https://docs.slack.dev/reference/block-kit/blocks.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from html import escape
from typing import Any

from watcher.core.messages.blocks import (
    Block,
    Count,
    Foot,
    Item,
    Items,
    Label,
    Lead,
    Listed,
    News,
    Sides,
    Verbatim,
)
from watcher.core.messages.plain import address, bars, inert, line
from watcher.core.text import shorten

SlackBlock = dict[str, Any]

MOST_BLOCKS = 45  # Slack takes 50; some are added when a message is sent
LONGEST_SECTION = 3000  # characters
LONGEST_LINK = 1500  # a longer one would leave no room for what it leads to

_LOOK_ALIKES = str.maketrans({"*": "∗", "_": "ˍ", "~": "∼", "`": "ˋ"})
_EMOJI = re.compile(r":(?=[\w+'-]+:)")


def as_slack(blocks: Iterable[Block]) -> tuple[SlackBlock, ...]:
    shown = tuple(each for block in blocks for each in _shown(block))
    if len(shown) <= MOST_BLOCKS:
        return shown
    return (
        *shown[: MOST_BLOCKS - 2],
        _small("… more than Slack shows; `watcher alerts` has it all"),
        shown[-1],
    )


def safe(text: str) -> str:
    """What a source wrote, inert: no mention, no link, no mark, no picture."""
    return escape(_EMOJI.sub("∶", line(text).translate(_LOOK_ALIKES)), quote=False)


def sections(text: str) -> tuple[SlackBlock, ...]:
    """A text of any length, inert, a block for each paragraph as far as they go."""
    paragraphs = ("\n".join(map(safe, each.split("\n"))) for each in text.split("\n\n"))
    return tuple(_section(each) for each in list(paragraphs)[:MOST_BLOCKS])


def on_top(text: str) -> SlackBlock:
    """A line that goes before all else."""
    return _section(f"*{safe(text)}*")


def _shown(block: Block) -> Iterator[SlackBlock]:
    match block:
        case Label(words):
            yield _small(safe(" · ".join(words)))
        case Lead(text):
            yield _section(safe(text))
        case News(lines):
            yield _section("\n".join(f":arrow_right: *{safe(each)}*" for each in lines))
        case Count(tally):
            yield _section(f"```{chr(10).join(bars(tally))}```")
        case Sides(heading, countries):
            sides = (f"*{position.words}:* {safe(', '.join(names))}" for position, names in countries.items())
            yield _section(_under(heading, sides))
        case Listed(heading, lines, small):
            told = _under(heading, map(safe, lines))
            yield _small(told) if small else _section(told)
        case Items(heading, items):
            mark = "• " if len(items) > 1 else ""
            yield from _together([f"*{safe(heading)}*", *(f"{mark}{_item(item)}" for item in items)])
        case Verbatim(heading, lines):
            told = "\n".join(inert(each).replace("`", "ˋ") for each in lines)
            yield _section(
                _under(heading, [f"```{escape(shorten(told, LONGEST_SECTION // 2), quote=False)}```"])
            )
        case Foot(text):
            yield _small(safe(text))


def _under(heading: str, lines: Iterable[str]) -> str:
    return "\n".join([f"*{safe(heading)}*", *lines])


def _item(item: Item) -> str:
    note = f"\n{safe(item.note)}" if item.note else ""
    url = address(item.url or "")
    if not url or len(url) > LONGEST_LINK:
        return f"{safe(item.title)}{note}"
    target = escape(url, quote=False).replace("|", "%7C")
    return f"<{target}|{safe(item.title)}>{note}"


def _together(parts: Iterable[str]) -> Iterator[SlackBlock]:
    """As many parts in one section as there is room for."""
    text = ""
    for part in parts:
        if text and len(text) + 1 + len(part) > LONGEST_SECTION:
            yield _section(text)
            text = ""
        text += f"\n{part}" if text else part
    yield _section(text)


def _section(text: str) -> SlackBlock:
    return {"type": "section", "text": _mrkdwn(text)}


def _small(text: str) -> SlackBlock:
    return {"type": "context", "elements": [_mrkdwn(text)]}


def _mrkdwn(text: str) -> SlackBlock:
    """`verbatim`: Slack is to make no links and mentions of its own out of words."""
    return {"type": "mrkdwn", "text": shorten(text, LONGEST_SECTION), "verbatim": True}
