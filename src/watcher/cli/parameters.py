"""Kinds of argument that commands share."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import click


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
