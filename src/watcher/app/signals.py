"""What signals ask of the daemon: an end, a reload, a poll of all feeds.

A thread waits for them; nothing interrupts what runs. A handler would run between any two steps of the main thread,
also inside the lock that it wants itself, and one in the other where many come at once.
"""

from __future__ import annotations

import logging
import os
import signal
import threading
import time

log = logging.getLogger(__name__)

# Seconds from the first signal to the end, come what may. systemd and Docker are told to kill after thirty and more.
ENDS_WITHIN = 25

_TWICE = 1.0  # seconds; `timeout` and other wrappers send the same signal to a process and to its group

_ENDS = frozenset({signal.SIGINT, signal.SIGTERM})
_HEARD = _ENDS | {signal.SIGHUP, signal.SIGUSR1}


class Asked:
    """What was asked for. `stop` is looked at wherever work could go on for long. Safe to use from many threads."""

    def __init__(self) -> None:
        self.stop = threading.Event()
        self._wake = threading.Event()
        self._reload = threading.Event()
        self._poll = threading.Event()

    def wait(self, seconds: float) -> None:
        """Until something is asked, at most so long."""
        self._wake.wait(seconds)
        self._wake.clear()

    def take_reload(self) -> bool:
        """Whether a reload was asked since the last time."""
        return _taken(self._reload)

    def take_poll(self) -> bool:
        """Whether a poll was asked for since the last time."""
        return _taken(self._poll)

    def listen(self) -> None:
        """Hear signals for as long as the process lives. Who asks for an end and, later, once more has it at once."""
        asked_at = 0.0
        while True:
            number = signal.sigwait(_HEARD)
            if number not in _ENDS:
                (self._reload if number == signal.SIGHUP else self._poll).set()
            elif self.stop.is_set() and time.monotonic() - asked_at > _TWICE:
                signal.pthread_sigmask(signal.SIG_UNBLOCK, _ENDS)
                os.kill(os.getpid(), number)
            elif not self.stop.is_set():
                asked_at = time.monotonic()
                self.stop.set()
                end = threading.Timer(ENDS_WITHIN, _leave)
                end.daemon = True
                end.start()
            self._wake.set()


def asked_by_signals() -> Asked:
    """SIGINT and SIGTERM ask for a clean end, SIGHUP for a reload, SIGUSR1 for a poll of all feeds.

    To be called once in a process, by its main thread, before it has others: all of them are to leave signals to one.
    """
    asked = Asked()
    signal.signal(signal.SIGINT, signal.SIG_DFL)  # Python's own would wake nobody
    signal.pthread_sigmask(signal.SIG_BLOCK, _HEARD)
    threading.Thread(target=asked.listen, name="signals", daemon=True).start()
    return asked


def _taken(asked: threading.Event) -> bool:
    if not asked.is_set():
        return False
    asked.clear()
    return True


def _leave() -> None:
    """Nothing is lost by it, any more than by a power cut: whatever waits is in the database."""
    log.warning("not everything ended within %d s; the next start goes on with it", ENDS_WITHIN)
    os._exit(0)
