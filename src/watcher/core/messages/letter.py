"""A message as HTML for a mail: what every mail program shows alike, on a phone and in the dark.

Styles stand on each element, for many programs drop a style sheet. There are no images. The few colours can be read on
white and on black; what is quiet is so by its opacity, and all else has the colour of the reader's choice. The frame
with <html> and <body> is put around it when a mail is made (`framed`), so that a line can still go on top.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from html import escape

from watcher.core.formats.html import one_line
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
from watcher.core.messages.plain import LONGEST_LINE, address
from watcher.core.model import Position, Severity, Tally
from watcher.core.text import shorten, visible

# Each has a contrast of about 4 to white and to black alike.
SEVERITY_COLOURS = {Severity.HIGH: "#d13438", Severity.MEDIUM: "#b86e00", Severity.LOW: "#2b7de1"}
_COLOURS = {
    Position.IN_FAVOUR: "#1f8a4c",
    Position.AGAINST: "#d13438",
    Position.ABSTAINED: "#808080",
    Position.ABSENT: "#808080",
}
_RULE = "#808080"

_FONT = "font-family:-apple-system,'Segoe UI',Roboto,Helvetica,Arial,sans-serif"
_SMALL = "font-size:14px;line-height:1.45;opacity:.7"
_MONO = "font-family:Menlo,Consolas,'Liberation Mono',monospace;font-size:14px"


def as_html(severity: Severity, blocks: Iterable[Block]) -> str:
    """The content of the mail's body."""
    return "\n".join(_block(block, SEVERITY_COLOURS[severity]) for block in blocks)


def framed(html: str) -> str:
    """The whole document. `color-scheme` has a program show it in the dark without guessing at colours."""
    return (
        '<!doctype html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        '<meta name="color-scheme" content="light dark">\n'
        '<meta name="supported-color-schemes" content="light dark">\n</head>\n'
        '<body style="margin:0;padding:0;color-scheme:light dark">\n'
        f'<div style="{_FONT};font-size:16px;line-height:1.5;max-width:600px;margin:0 auto;padding:16px">\n'
        f"{html}\n</div>\n</body>\n</html>\n"
    )


def on_top(text: str) -> str:
    """A line that goes before all else."""
    return f'<p style="margin:0 0 16px"><b>{_safe(text)}</b></p>'


def of_text(text: str) -> str:
    """A text as HTML, paragraph by paragraph, its links as links."""
    paragraphs = ("<br>".join(map(_linked, each.split("\n"))) for each in text.split("\n\n"))
    return "\n".join(f'<p style="margin:0 0 16px">{each}</p>' for each in paragraphs)


def _linked(text: str) -> str:
    safe = _kept(text)
    whole = text.strip().startswith(("http://", "https://")) and " " not in text.strip()
    return f'<a href="{escape(text.strip())}">{safe}</a>' if whole else safe


def _block(block: Block, colour: str) -> str:
    match block:
        case Label(words):
            return (
                f'<p style="margin:0 0 8px;padding:0 0 0 10px;border-left:4px solid {colour};font-size:14px;'
                f'line-height:1.4;color:{colour}"><b>{_safe(" · ".join(words))}</b></p>'
            )
        case Lead(text):
            return f'<p style="margin:0 0 16px;font-size:18px;line-height:1.4">{_safe(text)}</p>'
        case News(lines):
            return (
                f'<p style="margin:0 0 16px;padding:8px 12px;border:1px solid {colour};border-radius:6px">'
                f"<b>{'<br>'.join(map(_safe, lines))}</b></p>"
            )
        case Count(tally):
            return _bar(tally)
        case Sides(heading, countries):
            sides = (
                f'<b style="color:{_COLOURS[position]}">{position.words}:</b> {escape(visible(", ".join(names)))}'
                for position, names in countries.items()
            )
            return _under(heading, sides)
        case Listed(heading, lines, small):
            return _under(heading, map(_safe, lines), small=small)
        case Items(heading, items):
            return _under(heading, map(_item, items), after=14)
        case Verbatim(heading, lines):
            shown = f'<span style="{_MONO}">{"<br>".join(map(_kept, lines))}</span>'
            return _under(heading, [shown])
        case Foot(text):
            return (
                f'<p style="margin:24px 0 0;padding:8px 0 0;border-top:1px solid {_RULE};{_SMALL}">'
                f"{_safe(text)}</p>"
            )


def _under(heading: str, lines: Iterable[str], *, small: bool = False, after: int = 6) -> str:
    """A heading, and below it what is already HTML, a paragraph each. `after`: pixels."""
    style = f"margin:0 0 4px;{_SMALL}" if small else f"margin:0 0 {after}px"
    told = "\n".join(f'<p style="{style}">{each}</p>' for each in lines)
    return f'<p style="margin:20px 0 4px;{_SMALL}"><b>{_safe(heading)}</b></p>\n{told}'


def _item(item: Item) -> str:
    note = f'<br><span style="{_SMALL}">{_safe(item.note)}</span>' if item.note else ""
    if not item.url:
        return f"{_safe(item.title)}{note}"
    url = escape(address(item.url))
    return (
        f'<a href="{url}">{_safe(item.title)}</a>{note}<br>'
        f'<a href="{url}" style="{_SMALL};word-break:break-all">{url}</a>'
    )


def _bar(tally: Tally) -> str:
    """One bar of table cells, as wide as the shares of the count; the numbers below it for who does not see it."""
    if not tally.full:
        return ""
    told = [
        (position, number or 0)
        for position, number in zip(
            (Position.IN_FAVOUR, Position.AGAINST, Position.ABSTAINED), tally.triple, strict=True
        )
    ]
    cells = "".join(_cells(told))
    numbers = " &nbsp; ".join(
        f'<b style="color:{_COLOURS[position]}">{number}</b>&nbsp;{position.words.replace(" ", "&nbsp;")}'
        for position, number in told
    )
    return (
        '<table role="presentation" width="100%" cellpadding="0" cellspacing="0" border="0" '
        f'style="border-collapse:collapse;margin:0 0 6px"><tr>{cells}</tr></table>\n'
        f'<p style="margin:0 0 16px">{numbers}</p>'
    )


def _cells(told: Iterable[tuple[Position, int]]) -> Iterator[str]:
    counted = [(position, number) for position, number in told if number]
    cast = sum(number for _, number in counted)
    for position, number in counted:
        colour = _COLOURS[position]
        yield (
            f'<td width="{100 * number / cast:.1f}%" bgcolor="{colour}" '
            f'style="background:{colour};height:14px;font-size:0;line-height:14px">&nbsp;</td>'
        )


def _safe(text: str) -> str:
    return escape(shorten(one_line(text), LONGEST_LINE))


def _kept(text: str) -> str:
    """With the spaces it begins with."""
    indent = len(text) - len(text.lstrip())
    return "&nbsp;" * indent + escape(visible(text.strip()))
