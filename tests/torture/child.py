"""The daemons that the harness kills: `watcher run`, or the same with an order of steps that is known to be wrong.

Run as `python -m tests.torture.child <config> <order>`, it says `ready` once it is. Each line of input has an answer of
one line: `start` forks a daemon, whose process id is the answer; `gone?` waits for its end, and tells its exit code.
The clock of the daemons runs sixty times as fast as ours, so that the pauses between tries pass in seconds.
"""

from __future__ import annotations

import logging
import os
import signal
import sys
import tempfile
import time
import traceback
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from watcher import app
from watcher.app import Settings
from watcher.app.clock import Clock
from watcher.app.daemon import run_forever
from watcher.app.signals import asked_by_signals
from watcher.core.alerts.pacing import AT_ONCE, Pace
from watcher.core.assessment import Assessment
from watcher.core.messages import Message
from watcher.edges.store import Delivery, Ingest, Outcome, Store

FASTER = 60


class Honest(Store):
    """The order of the product."""


class SeenFirst(Store):
    """Wrong: an article counts as seen before its alert is in the outbox."""

    @contextmanager
    def ingest(self) -> Iterator[Any]:
        with super().ingest() as ingest:
            later = _Later(ingest)
            yield later
        for message, receivers, now in later.alerts:
            self.tell(message, receivers, now)


class _Later:
    """An ingest that keeps alerts back for a transaction of their own."""

    def __init__(self, ingest: Ingest) -> None:
        self._ingest = ingest
        self.alerts: list[tuple[Message, Sequence[str], datetime]] = []

    def save(self, told: Assessment, said: Message | None, now: datetime, *, final: bool = True) -> None:
        self._ingest.save(told, None, now, final=final)
        if told.alert and said:
            self.alerts.append((said, told.alert.receivers, now))

    def __getattr__(self, name: str) -> Any:
        return getattr(self._ingest, name)


class SentFirst(Store):
    """Wrong: an alert counts as sent before it is sent."""

    def take_delivery(self, receiver: str, now: datetime, pace: Pace = AT_ONCE) -> Delivery | None:
        delivery = super().take_delivery(receiver, now, pace)
        if delivery:
            self.settle_delivery(delivery, Outcome("sent"), now)
        return delivery


ORDERS = {"watcher": Honest, "seen-first": SeenFirst, "sent-first": SentFirst}


def run(settings: Settings, order: str, began: datetime) -> None:
    def now() -> datetime:
        return began + FASTER * (datetime.now(UTC) - began)

    def ticks() -> float:
        return FASTER * time.monotonic()

    asked = asked_by_signals()
    with app.opened(settings, Clock(now, ticks), asked) as running:
        store = ORDERS[order](running.doors.store.engine)
        running.doors = replace(running.doors, store=store)
        run_forever(running)


def warm_up(config: Path) -> None:
    """One pass over an article that nobody is told of: what it imports, no daemon has to, and has time to send."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        (folder / "drop").mkdir()
        (folder / "config.toml").write_bytes(config.read_bytes())
        (folder / "drop" / "one.jsonl").write_text('{"title": "Quiet", "text": "Nothing."}', "utf-8")
        with app.opened(app.load(folder / "config.toml", {})) as running:
            for _ in running.run_once():
                pass


def main(config: Path, order: str) -> None:
    logging.basicConfig(level=logging.CRITICAL, format="%(message)s")
    logging.getLogger("watcher").setLevel(logging.ERROR)  # a receiver that fails is no news here; a bug is
    warm_up(config)
    settings = app.load(config, {})
    began = datetime.now(UTC) - timedelta(seconds=1)
    # What is asked of a daemon before it listens waits for it.
    signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGTERM, signal.SIGINT, signal.SIGHUP, signal.SIGUSR1})
    print("ready", flush=True)
    for question in sys.stdin:
        if question.strip() == "start":
            daemon = os.fork()
            if daemon == 0:
                os.close(0)
                code = 1
                try:
                    run(settings, order, began)
                    code = 0
                except BaseException:
                    traceback.print_exc()
                os._exit(code)
            print(daemon, flush=True)
        else:
            print(os.waitstatus_to_exitcode(os.wait()[1]), flush=True)


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2])
