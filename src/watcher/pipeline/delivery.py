"""Delivering: what is due to one receiver, one message at a time."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from watcher.core.alerts.pacing import AT_ONCE
from watcher.core.alerts.retries import next_try
from watcher.core.messages.lateness import as_sent
from watcher.edges.receivers import Receiver
from watcher.edges.store import Delivery, Outcome
from watcher.errors import DeliveryError, StoreError
from watcher.pipeline.doors import Doors

log = logging.getLogger(__name__)

# A message that was sent must be recorded as sent: else it comes a second time. Each try waits for half a minute.
RECORD_TRIES = 3


@dataclass(frozen=True, slots=True)
class DeliveryReport:
    """`state`: sent, retry or dead. `due_at`: when it is tried again."""

    receiver: str
    subject: str
    state: str
    error: str | None = None
    due_at: datetime | None = None


def deliver(receiver: Receiver, doors: Doors) -> Iterator[DeliveryReport]:
    """Send what is due to one receiver, the most severe first; a report for each. Nothing while it is stuck."""
    pace = doors.paces.get(receiver.name, AT_ONCE)
    while not receiver.stuck_for and (
        delivery := doors.store.take_delivery(receiver.name, doors.clock(), pace)
    ):
        outcome = _tried(receiver, delivery, doors)
        _record(delivery, outcome, doors)
        yield DeliveryReport(
            receiver.name, delivery.message.subject, outcome.state, outcome.error, outcome.due_at
        )


def _tried(receiver: Receiver, delivery: Delivery, doors: Doors) -> Outcome:
    try:
        receiver.send(as_sent(delivery.message, delivery.decided_at, doors.clock()), delivery.thread)
    except DeliveryError as error:
        return _untaken(delivery, error, doors)
    except Exception as bug:
        log.exception("receiver %s: a bug in watcher or apprise stopped this delivery", receiver.name)
        words = f"a bug in watcher or apprise: {type(bug).__name__}, see the log"
        return _untaken(delivery, DeliveryError(words, retry=True), doors)
    return Outcome("sent")


def _untaken(delivery: Delivery, error: DeliveryError, doors: Doors) -> Outcome:
    now, due_at = doors.clock(), None
    if error.retry:
        due_at = next_try(delivery.attempt, delivery.created_at, now, doors.chance(), error.retry_at)
    return Outcome(
        state="retry" if due_at else "dead",
        error=str(error),
        due_at=due_at,
        quiet_until=error.retry_at,
        maybe_sent=error.maybe_sent,
    )


def _record(delivery: Delivery, outcome: Outcome, doors: Doors) -> None:
    """Raises StoreError when the database stays out of reach: the lease then ends, and the delivery is tried again."""
    for left in reversed(range(RECORD_TRIES)):
        try:
            doors.store.settle_delivery(delivery, outcome, doors.clock(), doors.operators)
        except StoreError:
            if not left:
                raise
        else:
            return
