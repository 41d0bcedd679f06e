"""Kinds of argument that commands share."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

import click

if TYPE_CHECKING:
    from pathlib import Path


class FilePath(click.ParamType["Path"]):
    """A path. click's own imports pathlib, which would cost every call of every command."""

    name = "file"

    def __init__(self, *, exists: bool = False) -> None:
        self._exists = exists

    def convert(self, value: Any, _param: click.Parameter | None, _context: click.Context | None) -> Path:
        from pathlib import Path

        path = Path(value)
        if self._exists and not path.is_file():
            self.fail(f"there is no file {path}")
        return path


_GREATEST = 2**63 - 1  # that a database can hold; nothing is called so, and there is not so much of anything


def whole(text: str) -> int | None:
    """The number that is written there in digits; None where it is none. One beyond all counting is the greatest."""
    if not (text.isascii() and text.isdecimal()):
        return None
    return min(int(text), _GREATEST) if len(text) < 20 else _GREATEST


class Number(click.ParamType[int]):
    """A whole number."""

    name = "number"

    def __init__(self, least: int = 1) -> None:
        self._least = least

    def convert(self, value: Any, _param: click.Parameter | None, _context: click.Context | None) -> int:
        number = whole(str(value))
        if number is None or number < self._least:
            self.fail(f'"{value}" is no number from {self._least} on')
        return number


_DAYS = {"w": 7, "y": 365}


class _Span(click.ParamType[timedelta]):
    """A time span such as 7d or 12h; as people look back farther than they poll, also 2w or 1y."""

    name = "span"

    def convert(
        self, value: Any, _param: click.Parameter | None, _context: click.Context | None
    ) -> timedelta:
        from watcher.config import durations

        if isinstance(value, timedelta):
            return value
        number, unit = whole(str(value)[:-1]), str(value)[-1:]
        days = f"{number * _DAYS[unit]}d" if unit in _DAYS and number is not None else str(value)
        try:
            return durations.parse(days)
        except ValueError:
            self.fail(f'"{value}" is no time span; write 12h, 7d or 1y')


SPAN = _Span()
