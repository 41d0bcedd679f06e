"""How answers look: a table for people, a JSON document a line for programs."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

import click

Row = Mapping[str, Any]


def say(document: object) -> None:
    """A JSON document on a line of its own."""
    import json

    click.echo(json.dumps(document, ensure_ascii=False))


def show(rows: Sequence[Row], columns: Mapping[str, str], as_json: bool, nothing: str) -> None:
    """`columns`: heading -> key of the row. `nothing`: the sentence that stands for no rows."""
    if as_json:
        for row in rows:
            say(row)
    elif not rows:
        click.echo(nothing)
    else:
        _table(rows, columns)


def _table(rows: Sequence[Row], columns: Mapping[str, str]) -> None:
    from rich import box
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    table = Table(box=box.SIMPLE_HEAD, pad_edge=False, show_edge=False)
    for heading in columns:
        table.add_column(heading, overflow="fold", no_wrap=heading in {"When", "Polled", "Next"})
    for row in rows:
        table.add_row(*(Text(cell(row.get(key))) for key in columns.values()))
    console = Console(highlight=False)
    # A pipe has no width: let no line be broken there.
    Console(highlight=False, width=console.width if console.is_terminal else 200).print(table)


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
