"""Message -> person, through apprise: the only room that knows it, and all its traps.

A receiver is one apprise service. Here are its name, its one message at a time and the deadline for each; the ways:

    ways.py        which of the ways below an url means, and what keeps it from being one
    apprised.py    any service, through apprise itself
    mail.py        e-mail, sent by ourselves with the settings that apprise reads out of the url
    slack.py       Slack, by apprise in a form of ours
    exchanges.py   what apprise hides of HTTP: status, Retry-After, the cause; and how much of an answer is read
    causes.py      a failure -> DeliveryError: its cause in words, and whether another try may help
    services.py    which services apprise knows: loading all of them would take 20 MiB
    own/           services of ours: `terminal://`, which prints alerts and needs nothing set up, and `null://`

Retries, order and the record of what was sent are the outbox's.
"""

from __future__ import annotations

import queue
import threading
import time
from collections.abc import Callable
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from watcher.core.messages import Message
from watcher.edges.receivers.causes import no_answer
from watcher.errors import DeliveryError

if TYPE_CHECKING:
    from watcher.edges.receivers.ways import Way

# apprise sleeps between messages to spare a service, and waits for slow ones: longer than this is a failure.
DEADLINE_SECONDS = 60


def _utc_now() -> datetime:
    return datetime.now(UTC)


class Receiver:
    """A named destination. Its url holds secrets: it never leaves this object.

    `clock`: tells the moment that a Retry-After in seconds counts from.
    """

    def __init__(self, name: str, url: str, clock: Callable[[], datetime] = _utc_now) -> None:
        self.name = name
        self._url = url
        self._clock = clock
        self._way: Way | None = None
        self._stuck: threading.Thread | None = None  # a send that has outlived its deadline
        self._stuck_since = 0.0  # monotonic

    def __repr__(self) -> str:
        return f"Receiver({self.name!r})"

    @property
    def stuck_for(self) -> float:
        """Seconds since the deadline of a send that has still not ended; 0 where there is none."""
        stuck = self._stuck is not None and self._stuck.is_alive()
        return time.monotonic() - self._stuck_since if stuck else 0.0

    def send(self, message: Message, thread: str | None = None) -> None:
        """Returns when the service has taken the message. Raises DeliveryError.

        `thread`: the key of the alert that this one goes on from, where there is one.
        """
        if self.stuck_for:
            raise DeliveryError(
                f"the message before is still under way after {DEADLINE_SECONDS} s", retry=True
            )
        outcome: queue.SimpleQueue[BaseException | None] = queue.SimpleQueue()
        # A thread of our own, that neither another receiver nor the end of the program has to wait for.
        sender = threading.Thread(
            target=self._send, args=(message, thread, outcome), name=f"send {self.name}", daemon=True
        )
        sender.start()
        try:
            error = outcome.get(timeout=DEADLINE_SECONDS)
        except queue.Empty:
            self._stuck, self._stuck_since = sender, time.monotonic()
            raise no_answer(DEADLINE_SECONDS) from None
        if error is not None:
            raise error

    def _send(
        self, message: Message, thread: str | None, outcome: queue.SimpleQueue[BaseException | None]
    ) -> None:
        try:
            if self._way is None:
                from watcher.edges.receivers.ways import way

                self._way = way(self.name, self._url, self._clock)
            self._way.send(message, thread)
        except BaseException as error:  # carried over to who waits for it
            outcome.put(error)
        else:
            outcome.put(None)


def complaint(url: str) -> tuple[str, str] | None:
    """What keeps this url from being a receiver, and what to do about it; None where nothing does. Sends nothing."""
    from watcher.edges.receivers import ways

    return ways.complaint(url)
