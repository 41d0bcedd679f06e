"""Schemes of our own. terminal://: alerts on standard output, with colour where a person looks on; null://: nowhere."""

from __future__ import annotations

import sys
from functools import cache
from typing import Any

_COLOURS = {"info": "bold green", "warning": "bold yellow", "failure": "bold red"}


@cache
def define_own() -> None:
    """Have apprise know the schemes."""
    from apprise.decorators import notify

    @notify(on="terminal", name="Terminal")  # type: ignore[untyped-decorator, no-untyped-call]
    def _print(body: str, title: str, notify_type: str, **_: Any) -> bool:
        from rich.console import Console
        from rich.text import Text

        console = Console(file=sys.stdout, highlight=False)
        whole_lines = not console.is_terminal  # whoever reads a pipe breaks lines as they like
        console.print(
            Text(title, style=_COLOURS.get(str(notify_type), "bold")), "", soft_wrap=whole_lines, sep="\n"
        )
        console.print(Text(body), "", "", soft_wrap=whole_lines, sep="\n")
        console.file.flush()
        return True

    @notify(on="null", name="Nowhere")  # type: ignore[untyped-decorator, no-untyped-call]
    def _take(*_: Any, **__: Any) -> bool:
        return True
