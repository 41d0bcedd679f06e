"""What signals ask of the daemon: an end, a reload, a poll of all feeds. Handlers set flags; the main thread works."""

from __future__ import annotations

import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager


class Asked:
    """The flags. `stop` is looked at wherever work could go on for long."""

    def __init__(self) -> None:
        self.stop = threading.Event()
        self._wake = threading.Event()
        self._reload = False
        self._poll = False

    def wait(self, seconds: float) -> None:
        """Until something is asked, at most so long."""
        self._wake.wait(seconds)
        self._wake.clear()

    def take_reload(self) -> bool:
        """Whether a reload was asked since the last time."""
        asked, self._reload = self._reload, False
        return asked

    def take_poll(self) -> bool:
        """Whether a poll was asked for since the last time."""
        asked, self._poll = self._poll, False
        return asked

    def ask_to_stop(self, number: int, _frame: object) -> None:
        """A second one ends at once, as it would without us."""
        signal.signal(number, signal.SIG_DFL)
        self.stop.set()
        self._wake.set()

    def ask_to_reload(self, _number: int, _frame: object) -> None:
        self._reload = True
        self._wake.set()

    def ask_to_poll(self, _number: int, _frame: object) -> None:
        self._poll = True
        self._wake.set()


@contextmanager
def asked_by_signals() -> Iterator[Asked]:
    """SIGINT and SIGTERM ask for a clean end, SIGHUP for a reload, SIGUSR1 for a poll of all feeds."""
    asked = Asked()
    handlers = {
        signal.SIGINT: asked.ask_to_stop,
        signal.SIGTERM: asked.ask_to_stop,
        signal.SIGHUP: asked.ask_to_reload,
        signal.SIGUSR1: asked.ask_to_poll,
    }
    before = {number: signal.signal(number, handler) for number, handler in handlers.items()}
    try:
        yield asked
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
