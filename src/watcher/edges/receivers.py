"""Message -> person, through apprise: the only place that knows it, and all its traps.

A receiver is one apprise service. What apprise hides, the cause of a failure and whether another try may help, is
read out of its result here and becomes a DeliveryError. Also here: the scheme `terminal://`, which prints alerts and
needs nothing set up. Retries, order and the record of what was sent are the outbox's.
"""

from __future__ import annotations

import logging
import queue
import re
import sys
import threading
from functools import cache
from typing import TYPE_CHECKING, Any

from watcher.core.model import Severity
from watcher.core.wording import Message
from watcher.errors import DeliveryError

if TYPE_CHECKING:
    from apprise import Apprise

# apprise sleeps between messages to spare a service, and waits for slow ones: longer than this is a failure.
DEADLINE_SECONDS = 60

# What apprise writes into its log when a service answers with an HTTP status.
_STATUS = re.compile(r"\berror=(\d{3})\b")
_NEVER = frozenset({400, 401, 403, 404, 410, 413})

_loading = threading.Lock()  # apprise loads its plugins at the first use, and not safely from two threads


class Receiver:
    """A named destination. Its url holds secrets: it never leaves this object."""

    def __init__(self, name: str, url: str) -> None:
        self.name = name
        self._url = url
        self._service: Apprise | None = None
        self._stuck: threading.Thread | None = None  # a send that has outlived its deadline

    def __repr__(self) -> str:
        return f"Receiver({self.name!r})"

    def send(self, message: Message) -> None:
        """Returns when the service has taken the message. Raises DeliveryError."""
        if self._stuck is not None and self._stuck.is_alive():
            raise DeliveryError(
                f"the message before is still under way after {DEADLINE_SECONDS} s", retry=True
            )
        outcome: queue.SimpleQueue[BaseException | None] = queue.SimpleQueue()
        # A thread of our own, that neither another receiver nor the end of the program has to wait for.
        sender = threading.Thread(
            target=self._send, args=(message, outcome), name=f"send {self.name}", daemon=True
        )
        sender.start()
        try:
            error = outcome.get(timeout=DEADLINE_SECONDS)
        except queue.Empty:
            self._stuck = sender
            raise DeliveryError(f"no answer within {DEADLINE_SECONDS} s", retry=True) from None
        if error is not None:
            raise error

    def _send(self, message: Message, outcome: queue.SimpleQueue[BaseException | None]) -> None:
        try:
            self._notify(message)
        except BaseException as error:  # carried over to who waits for it
            outcome.put(error)
        else:
            outcome.put(None)

    def _notify(self, message: Message) -> None:
        from apprise import NotifyFormat

        service = self._connected()
        html = service[0].resolve_format() is NotifyFormat.HTML
        result = service.notify(
            title=message.subject,
            body=message.html if html else message.text,
            body_format=NotifyFormat.HTML if html else NotifyFormat.TEXT,
            notify_type=_NOTIFY_TYPES[message.severity],
        )
        if result.status.name != "SUCCESS":
            raise _failure([str(entry.message) for entry in result.logs()])

    def _connected(self) -> Apprise:
        """One apprise object for one service: with two, one that failed would repeat the one that did not."""
        with _loading:
            if self._service is None:
                self._service = _service(self.name, self._url)
            return self._service


def understood(url: str) -> bool:
    """Whether apprise knows such a service, and finds in the url what the service needs. Nothing is sent."""
    from apprise import Apprise

    said = logging.getLogger("apprise")
    with _loading:
        _define_terminal()
        service, level = Apprise(), said.level
        said.setLevel(logging.CRITICAL)  # the answer is ours to put in words
        try:
            return bool(service.add(url)) and len(service) == 1
        finally:
            said.setLevel(level)


def _service(name: str, url: str) -> Apprise:
    from apprise import Apprise, AppriseAsset

    _define_terminal()
    # Not async_mode: it would send in a pool that all receivers share, and that a stuck one keeps from ending.
    asset = AppriseAsset(app_id="watcher", app_desc="watcher", secure_logging=True, async_mode=False)
    service = Apprise(asset=asset)
    if not service.add(url) or len(service) != 1:
        raise DeliveryError(
            f"the url of receiver {name} is not one service that apprise understands; its wiki shows the forms",
            retry=False,
        )
    return service


_NOTIFY_TYPES = {Severity.LOW: "info", Severity.MEDIUM: "warning", Severity.HIGH: "failure"}


def _failure(reasons: list[str]) -> DeliveryError:
    """What went wrong, in apprise's words, and whether another try may help."""
    codes = [int(code) for reason in reasons for code in _STATUS.findall(reason)]
    words = " ".join(reasons) or "the service did not take it, and apprise does not say why"
    return DeliveryError(words, retry=not any(code in _NEVER for code in codes))


@cache
def _define_terminal() -> None:
    """The scheme terminal://: alerts on standard output, with colour where a person looks on."""
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


_COLOURS = {"info": "bold green", "warning": "bold yellow", "failure": "bold red"}
