"""How answers look: a table for people, a JSON document a line for programs, CSV for spreadsheets."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from datetime import datetime
from typing import TYPE_CHECKING, Any, Literal, TextIO

import click

from watcher.errors import WatcherError

if TYPE_CHECKING:
    from pathlib import Path

    from rich.console import Console

Row = Mapping[str, Any]

# A pipe has no width: no line is broken there.
_ENDLESS = 100_000

# With less room a column is broken into so many lines that it is better read below its row; a further one wants more.
_ROOM, _MORE_ROOM = 44, 16
_GAP = 2  # between two columns

# Headings of columns that are read as one word.
_UNBROKEN = {
    "When", "Polled", "Next", "Day", "First", "Last", "Tally", "Key", "Rule", "Severity", "State", "Event",
}  # fmt: skip

_TONES = "█▓░"


@contextmanager
def written(target: Path, newline: str | None = None) -> Iterator[TextIO]:
    """A file that takes its place once it is whole. Raises WatcherError; then what was there stays."""
    partial = target.with_name(f"{target.name}.partial")
    try:
        with partial.open("w", encoding="utf-8", newline=newline) as file:
            yield file
        partial.replace(target)
    except OSError as error:
        with suppress(OSError):
            partial.unlink(missing_ok=True)
        raise WatcherError(f"{target} cannot be written: {error.strerror}") from error


def say(document: object, file: TextIO | None = None) -> None:
    """A JSON document on a line of its own. `file`: else it is printed."""
    import json

    click.echo(json.dumps(document, ensure_ascii=False), file)


def say_each(rows: Iterable[Row], file: TextIO | None = None) -> None:
    for row in rows:
        say(row, file)


def show(
    rows: Sequence[Row],
    columns: Mapping[str, str],
    as_json: bool,
    nothing: str,
    below: str | None = None,
) -> None:
    """`columns`: heading -> key of the row. `nothing`: the sentence that stands for no rows.

    `below`: the heading from which on columns stand below their row, where the terminal is too narrow.
    """
    if as_json:
        say_each(rows)
    elif not rows:
        click.echo(nothing)
    else:
        _print(rows, columns, below)


def show_csv(rows: Iterable[Row], columns: Sequence[str], file: TextIO | None = None) -> None:
    """RFC 4180, the names of the columns first: lists joined by "; ", nothing where nothing is known.

    Text that a spreadsheet would take for a formula begins with an apostrophe. `file`: else what is printed.
    """
    import csv

    out = csv.writer(file or sys.stdout)
    out.writerow(columns)
    out.writerows([_csv_cell(row.get(column)) for column in columns] for row in rows)


def _csv_cell(value: Any) -> Any:
    if isinstance(value, bool):
        return "yes" if value else "no"
    text = "; ".join(map(str, value)) if isinstance(value, list) else value
    return f"'{text}" if isinstance(text, str) and text.startswith(("=", "+", "-", "@", "\t", "\r")) else text


def tell(text: str, indent: int = 0, head: str = "") -> None:
    """A paragraph, broken where the terminal ends, with `head` and the rest below it, or all of it indented."""
    from rich.text import Text

    console = _console()
    first, others = (f"{head}  ", " " * (len(head) + 2)) if head else (" " * indent, " " * indent)
    room = max(console.width - len(others), 20)
    for number, line in enumerate(Text(text).wrap(console, room)):
        click.echo(drawn(f"{others if number else first}{line.plain}".rstrip()))


def bar(shares: Sequence[int], width: int) -> str:
    """A line parted in proportion to the shares, in three tones; a share that is not 0 has at least one mark."""
    total = sum(shares)
    lengths = [max(round(width * share / total), 1) if share else 0 for share in shares]
    if total:
        lengths[lengths.index(max(lengths))] += width - sum(lengths)
    return "".join(tone * length for tone, length in zip(_TONES, lengths, strict=True))


def drawn(text: str) -> str:
    """The text as this terminal can draw it: one that has no blocks gets letters in place of them."""
    try:
        _TONES.encode(sys.stdout.encoding)
    except UnicodeEncodeError:
        return text.translate(str.maketrans(_TONES, "#x."))
    return text


def _console() -> Console:
    from rich.console import Console

    console = Console(highlight=False)
    return console if console.is_terminal else Console(highlight=False, width=_ENDLESS)


def _print(rows: Sequence[Row], columns: Mapping[str, str], below: str | None) -> None:
    from rich.cells import cell_len

    width, headings = _console().width, list(columns)
    cells = [[drawn(cell(row.get(key))) for key in columns.values()] for row in rows]
    numbers = [all(isinstance(row.get(key), int) for row in rows) for key in columns.values()]
    widths = [max(map(cell_len, column)) + _GAP for column in zip(headings, *cells, strict=True)]
    at = headings.index(below) if below else len(headings)
    room = _ROOM + _MORE_ROOM * (len(headings) - at - 1)
    if not below or sum(widths) - _GAP <= width or width - sum(widths[:at]) >= room:
        click.echo("\n".join(_lines(headings, numbers, cells, width)))
        return
    named = at  # columns before this one go below by their names, where not even they have room
    while at > 1 and sum(widths[:at]) - _GAP > width:
        at -= 1
    heading, rule, *lines = _lines(headings[:at], numbers, [row[:at] for row in cells], sum(widths[:at]))
    click.echo(f"{heading}\n{rule}")
    for line, row in zip(lines, cells, strict=True):
        click.echo(line)
        names = [f"{each}: " if each else "" for each in headings[at:named]] + [""] * (len(headings) - named)
        if said := " · ".join(f"{name}{what}" for name, what in zip(names, row[at:], strict=True) if what):
            tell(said, indent=2)


def _lines(
    headings: Sequence[str], numbers: Sequence[bool], cells: Sequence[Sequence[str]], width: int
) -> list[str]:
    """A table, with a heading and a rule, that is broken where it is wider. `numbers`: which columns are of numbers."""
    from rich import box
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    table = Table(box=box.SIMPLE_HEAD, padding=(0, 1, 0, 0), pad_edge=False, show_edge=False)
    for heading, number in zip(headings, numbers, strict=False):
        justify: Literal["left", "right"] = "right" if number else "left"
        table.add_column(heading, overflow="fold", no_wrap=heading in _UNBROKEN, justify=justify)
    for row in cells:
        table.add_row(*map(Text, row))
    console = Console(highlight=False, width=width, height=1)
    with console.capture() as printed:
        console.print(table)
    return [line.rstrip() for line in printed.get().splitlines()]


def cell(value: Any) -> str:
    """A value as a person reads it: moments in the time of the place, lists with commas."""
    if value is None:
        return ""
    if isinstance(value, list):
        return ", ".join(map(str, value))
    if isinstance(value, str) and (when := _moment(value)):
        return when
    return str(value)


def _moment(text: str) -> str | None:
    """`2026-02-24 18:32`, in the time of this place, of an ISO moment; None of anything else."""
    if not text[:4].isdigit():
        return None
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        return None
    return f"{moment.astimezone():%Y-%m-%d %H:%M}" if moment.tzinfo else None
