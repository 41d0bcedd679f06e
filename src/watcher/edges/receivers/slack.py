"""Slack, by apprise in a form of ours: the severity as a colour, and beside it the message's own blocks.

apprise's own forms put all of a text into one field, with its links bare (docs/decisions/0011-messages.md). Where to
send, as whom, into which channel, and what Slack answers stays apprise's: where a url names a template, its plugin asks
its own `gen_payload` for what to post, and that is answered here.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import TYPE_CHECKING, Any, Final

from watcher.core.messages import Message
from watcher.core.messages.letter import SEVERITY_COLOURS
from watcher.core.messages.slack import on_top, safe, sections
from watcher.edges.receivers.apprised import Service

if TYPE_CHECKING:
    from apprise import Apprise

_WORKFLOWS: Final = ("workflow", "workflow_trigger")  # their text goes into steps of the user's own making


class Slack(Service):
    """A service whose url asks for a form of the user's own keeps it."""

    def __init__(self, service: Apprise, url: str, clock: Callable[[], datetime]) -> None:
        super().__init__(service, url, clock)
        self._message: Message | None = None  # the one that is being sent
        plugin = self._plugin
        if not plugin.template and plugin.mode not in _WORKFLOWS:
            plugin.template = plugin.use_blocks = True
            plugin.gen_payload = self._payload

    def send(self, message: Message, thread: str | None) -> None:
        self._message = message
        super().send(message, thread)

    def _payload(self, *_: object, **__: object) -> dict[str, Any]:
        assert self._message is not None
        return attachment(self._message)


def attachment(message: Message) -> dict[str, Any]:
    """`fallback` is what a notification shows."""
    return {
        "color": SEVERITY_COLOURS[message.severity],
        "fallback": safe(message.subject),
        "blocks": [on_top(message.subject), *(message.slack or sections(message.text))],
    }
