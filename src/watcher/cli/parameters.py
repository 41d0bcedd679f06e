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


class _Span(click.ParamType[timedelta]):
    """A time span such as 7d or 12h."""

    name = "span"

    def convert(
        self, value: Any, _param: click.Parameter | None, _context: click.Context | None
    ) -> timedelta:
        from watcher.config import durations

        try:
            return value if isinstance(value, timedelta) else durations.parse(str(value))
        except ValueError:
            self.fail(f'"{value}" is no time span; write 30m, 12h or 7d')


SPAN = _Span()
