"""Any service, through apprise."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import datetime
from typing import TYPE_CHECKING, Any

from watcher.core.messages import Message
from watcher.core.messages.letter import framed
from watcher.core.messages.plain import fitted
from watcher.core.model import Severity
from watcher.edges.receivers.causes import unanswered, unexplained
from watcher.edges.receivers.exchanges import observed

if TYPE_CHECKING:
    from apprise import Apprise

# Services of which a program is the reader: they get the key as a header, for programs that take each message once.
_HOOKS = frozenset({"json", "jsons", "xml", "xmls", "form", "forms"})
_KEY_HEADER = "Idempotency-Key"

# What takes HTML is mail, but for these, which know a few of its tags; apprise makes what they need of plain text.
_CHATS = frozenset({"tgram"})

# Of what is longer than 4,096 bytes ntfy makes an attachment, which nobody reads on a phone.
_SHORT = {"ntfy": 3500, "ntfys": 3500}

_NOTIFY_TYPES = {Severity.LOW: "info", Severity.MEDIUM: "warning", Severity.HIGH: "failure"}

_SHORTEST_SECRET = 8  # characters; shorter pieces of an url are words such as "slack" or "alerts"


class Service:
    """A service that apprise sends to."""

    def __init__(self, service: Apprise, url: str, clock: Callable[[], datetime]) -> None:
        self._service = service
        self._plugin: Any = service[0]
        self._secrets = [piece for piece in re.split(r"[/:@?&=#]+", url) if len(piece) >= _SHORTEST_SECRET]
        self._clock = clock

    def send(self, message: Message, _thread: str | None) -> None:
        from apprise import NotifyFormat

        html = self._plugin.resolve_format() is NotifyFormat.HTML and self._plugin.schema not in _CHATS
        if self._plugin.schema in _HOOKS:
            self._plugin.headers[_KEY_HEADER] = message.key
        with observed() as exchanges:
            result = self._service.notify(
                title=message.subject,
                body=framed(message.html) if html else self._fitted(message),
                body_format=NotifyFormat.HTML if html else NotifyFormat.TEXT,
                notify_type=_NOTIFY_TYPES[message.severity],
            )
        if result.status.name == "SUCCESS":
            return
        failed = [exchange for exchange in exchanges if exchange.failed]
        if failed:
            raise unanswered(failed[-1], self._clock())
        raise unexplained(self._said(result))

    def _fitted(self, message: Message) -> str:
        """As long as the service takes: a longer one it would refuse, or apprise part into several."""
        room = _SHORT.get(self._plugin.schema, self._plugin.body_maxlen)
        if not self._plugin.title_maxlen or self._plugin.schema == "discord":
            room -= len(message.subject) + 2  # the title goes into the body
        return fitted(message.text, room)

    def _said(self, result: Any) -> str:
        """What apprise logged of this send, without a piece of the url: tokens are in its path."""
        words = " ".join(str(entry.message) for entry in result.logs())
        for secret in self._secrets:
            words = words.replace(secret, "…")
        return words
