"""What the log says of polls and deliveries: a line for what is news.

While our own network is down there is one for all feeds, and while a receiver is, one for all that waits for it.
"""

from __future__ import annotations

import logging
from threading import Lock

from watcher.app.words import counted
from watcher.core.sources.outages import Outage
from watcher.pipeline import DeliveryReport, Report

log = logging.getLogger(__name__)


class Reports:
    """Of polls. Remembers what was said, so that it is said once. Safe to use from many threads."""

    def __init__(self) -> None:
        self._said: dict[str, str] = {}  # source -> its error
        self._in_doubt: dict[str, str] = {}  # source -> the error for which our own network may be to blame
        self._cut_off = False
        self._lock = Lock()

    @property
    def in_doubt(self) -> bool:
        """Whether there is anything for `judge` to decide."""
        return self._cut_off or bool(self._in_doubt)

    def hear(self, report: Report) -> None:
        """Say that articles came, and that an error begins, changes or ends; unless that is in doubt."""
        if report.new:
            log.info("%s: %s", report.source, _counted(report))
        with self._lock:
            self._in_doubt.pop(report.source, None)
            if report.error == self._said.get(report.source):
                return
            if report.error is None:
                del self._said[report.source]
                log.info("%s: well again", report.source)
            elif report.in_doubt:
                self._in_doubt[report.source] = report.error
            else:
                self._say(report.source, report.error)

    def judge(self, outage: Outage | None) -> None:
        """Say what was in doubt, now that it is known whether our own network is down."""
        with self._lock:
            if outage and not self._cut_off:
                number = counted(outage.sources, "source")
                log.warning("the network of this machine is down: no word of %s, nor of any other", number)
            elif self._cut_off and not outage:
                log.info("the network of this machine is back")
            elif not outage:
                for source, error in self._in_doubt.items():
                    self._say(source, error)
            self._cut_off = outage is not None
            self._in_doubt.clear()

    def _say(self, source: str, error: str) -> None:
        self._said[source] = error
        log.warning("%s: %s", source, error)


class Deliveries:
    """Remembers why a receiver took nothing when it was last tried. Safe to use from one thread for each receiver."""

    def __init__(self) -> None:
        self._said: dict[str, str | None] = {}  # receiver -> its error

    def hear(self, report: DeliveryReport) -> None:
        """Say that a message was sent or given up; and that one has to wait, where none has for this reason."""
        receiver, error = report.receiver, report.error
        if report.state == "sent":
            self._said.pop(receiver, None)
            log.info("sent to %s: %s", receiver, report.subject)
        elif report.due_at is None:
            log.error("%s refused an alert for good (%s): %s", receiver, report.subject, error)
        elif receiver not in self._said or self._said[receiver] != error:
            self._said[receiver] = error
            due = f"{report.due_at:%H:%M:%S} UTC"
            log.warning("%s did not take an alert, next try at %s: %s", receiver, due, error)


def _counted(report: Report) -> str:
    """`3 new articles, 1 matched, 1 alert`"""
    counts = {"new article": report.new, "matching": report.matched, "alert": report.alerts}
    return ", ".join(counted(number, noun) for noun, number in counts.items() if number)
