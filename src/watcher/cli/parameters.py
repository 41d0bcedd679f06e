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
        number, unit = str(value)[:-1], str(value)[-1:]
        days = f"{int(number) * _DAYS[unit]}d" if unit in _DAYS and number.isdecimal() else str(value)
        try:
            return durations.parse(days)
        except ValueError:
            self.fail(f'"{value}" is no time span; write 12h, 7d or 1y')


SPAN = _Span()
