"""How answers look: a table for people, a JSON document a line for programs, CSV for spreadsheets."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from datetime import datetime
from typing import TYPE_CHECKING, Any, TextIO

import click

from watcher.errors import WatcherError

if TYPE_CHECKING:
    from pathlib import Path

    from rich.console import Console
    from rich.table import Table

Row = Mapping[str, Any]

# A pipe has no width: no line is broken there.
_ENDLESS = 100_000

# With less room a column is broken into so many lines that it is better read below its row; a further one wants more.
_ROOM, _MORE_ROOM = 44, 16

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
    console, headings = _console(), list(columns)
    at = headings.index(below) if below else len(headings)
    beside = console.width - _width(console, rows, _part(columns, headings[:at]))
    room = _ROOM + _MORE_ROOM * (len(headings) - at - 1)
    if not below or _width(console, rows, columns) <= console.width or beside >= room:
        click.echo("\n".join(_lines(_table(rows, columns), console.width)))
        return
    named = at  # columns before this one go below by their names, where not even they have room
    while at > 1 and _width(console, rows, _part(columns, headings[:at])) > console.width:
        at -= 1
    above = _part(columns, headings[:at])
    heading, rule, *lines = _lines(_table(rows, above, whole=True), _width(console, rows, above))
    click.echo(f"{heading}\n{rule}")
    for line, row in zip(lines, rows, strict=True):
        click.echo(line)
        said = [(each, cell(row.get(columns[each]))) for each in headings[at:]]
        names = {each for each in headings[at:named] if each}
        if told := " · ".join(f"{each}: {what}" if each in names else what for each, what in said if what):
            tell(told, indent=2)


def _part(columns: Mapping[str, str], headings: Sequence[str]) -> Mapping[str, str]:
    return {heading: columns[heading] for heading in headings}


def _width(console: Console, rows: Sequence[Row], columns: Mapping[str, str]) -> int:
    """What a table needs so that nothing in it is broken."""
    table = _table(rows, columns, whole=True)
    return console.measure(table, options=console.options.update(width=_ENDLESS)).maximum


def _lines(table: Table, width: int) -> list[str]:
    from rich.console import Console

    console = Console(highlight=False, width=width, height=1)
    with console.capture() as printed:
        console.print(table)
    return [line.rstrip() for line in printed.get().splitlines()]


def _table(rows: Sequence[Row], columns: Mapping[str, str], *, whole: bool = False) -> Table:
    """`whole`: each row on one line, nothing broken."""
    from rich import box
    from rich.table import Table
    from rich.text import Text

    table = Table(box=box.SIMPLE_HEAD, padding=(0, 1, 0, 0), pad_edge=False, show_edge=False)
    for heading, key in columns.items():
        counts = all(isinstance(row.get(key), int) for row in rows)
        table.add_column(
            heading,
            overflow="fold",
            no_wrap=whole or heading in _UNBROKEN,
            justify="right" if counts else "left",
        )
    for row in rows:
        table.add_row(*(Text(drawn(cell(row.get(key)))) for key in columns.values()))
    return table


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
