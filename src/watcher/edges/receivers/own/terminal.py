"""terminal://: alerts on standard output, with colour where a person looks on. Needs nothing set up."""

from __future__ import annotations

import sys
from typing import Any

from apprise import NotifyType

from watcher.edges.receivers.own import Ours

_COLOURS = {NotifyType.INFO: "bold green", NotifyType.WARNING: "bold yellow", NotifyType.FAILURE: "bold red"}


class NotifyTerminal(Ours):
    service_name = "Terminal"
    protocol = "terminal"

    def send(self, body: str, title: str = "", notify_type: NotifyType = NotifyType.INFO, **_: Any) -> bool:
        from rich.console import Console
        from rich.text import Text

        console = Console(file=sys.stdout, highlight=False)
        whole_lines = not console.is_terminal  # whoever reads a pipe breaks lines as they like
        console.print(
            Text(title, style=_COLOURS.get(notify_type, "bold")), "", soft_wrap=whole_lines, sep="\n"
        )
        console.print(Text(body), "", "", soft_wrap=whole_lines, sep="\n")
        console.file.flush()
        return True
