"""Any service, through apprise: one object for one service, with the options that keep apprise from surprises."""

from __future__ import annotations

import logging
import re
import threading
from collections.abc import Callable
from datetime import datetime
from typing import TYPE_CHECKING, Any, Protocol

from watcher.core.messages import Message
from watcher.core.messages.letter import framed
from watcher.core.messages.plain import fitted
from watcher.core.model import Severity
from watcher.edges.receivers.causes import unanswered, unexplained
from watcher.edges.receivers.exchanges import observed
from watcher.errors import DeliveryError

if TYPE_CHECKING:
    from apprise import Apprise

_loading = threading.Lock()  # apprise loads its services not safely from two threads

_MAIL = frozenset({"mailto", "mailtos"})
# Services of which a program is the reader: they get the key as a header, for programs that take each message once.
_HOOKS = frozenset({"json", "jsons", "xml", "xmls", "form", "forms"})
_KEY_HEADER = "Idempotency-Key"

# What takes HTML is mail, but for these, which know a few of its tags; apprise makes what they need of plain text.
_CHATS = frozenset({"tgram"})

# Of what is longer than 4,096 bytes ntfy makes an attachment, which nobody reads on a phone.
_SHORT = {"ntfy": 3500, "ntfys": 3500}

_NOTIFY_TYPES = {Severity.LOW: "info", Severity.MEDIUM: "warning", Severity.HIGH: "failure"}

_SHORTEST_SECRET = 8  # characters; shorter pieces of an url are words such as "slack" or "alerts"


class Way(Protocol):
    def send(self, message: Message, thread: str | None) -> None:
        """Returns when the message was taken. Raises DeliveryError."""


def way(name: str, url: str, clock: Callable[[], datetime]) -> Way:
    """How messages get to this url. Raises DeliveryError where none could."""
    if complaint(url):
        raise DeliveryError(
            f"the url of receiver {name} is not one service that apprise understands; its wiki shows the forms",
            retry=False,
        )
    service = _service(url)
    if service is not None and service[0].schema in _MAIL:
        from watcher.edges.receivers.mail import Mail

        return Mail(service[0])
    assert service is not None
    if service[0].schema == "slack":
        from watcher.edges.receivers.slack import Slack

        return Slack(service, url, clock)
    return Service(service, url, clock)


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


def complaint(url: str) -> tuple[str, str] | None:
    """What keeps this url from being a receiver, and what to do about it; None where nothing does."""
    service = _service(url)
    if service is None:
        return (
            "apprise does not understand it",
            "compare it with the service's page in apprise's wiki; its parts stand there in their order",
        )
    plugin: Any = service[0]
    targets = len(plugin) // (plugin.retry + 1)  # apprise counts each once for each try of its own
    if targets > 1:
        return (
            f"names {targets} targets, and where one fails the others would be told again",
            "make a receiver for each, and name them all in notify",
        )
    if plugin.schema in _MAIL and plugin.pgp_mode != "no":
        return ("asks for PGP, which watcher's mail cannot do", "remove pgp=… and wkd=… from the url")
    return None


def _service(url: str) -> Apprise | None:
    """One apprise object for one service: with two, one that failed would repeat the one that did not.

    None where apprise does not know such a service, or does not find in the url what the service needs.
    """
    from apprise import Apprise, AppriseAsset

    from watcher.edges.receivers.services import make_known

    log = logging.getLogger("apprise")
    with _loading:
        # Neither async_mode nor service_timeout: each would send in a pool that all receivers share, and that a stuck
        # one keeps from ending. No redirects: a POST that is sent on by a 301 or 302 arrives as an empty GET, and the
        # page that answers it looks like success.
        asset = AppriseAsset(
            app_id="watcher",
            app_desc="watcher",
            secure_logging=True,
            async_mode=False,
            service_timeout=0,
            http_redirects=False,
        )
        service, level = Apprise(asset=asset), log.level
        log.propagate = False  # what it says of a send is ours to tell, without the tokens
        log.setLevel(logging.CRITICAL)  # what is wrong with an url is ours to put in words
        try:
            make_known(url)
            return service if service.add(url) and len(service) == 1 else None
        finally:
            log.setLevel(level)
