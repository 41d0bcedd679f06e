"""Delivering: what is due to one receiver, one message at a time."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from watcher.core.polling import next_try
from watcher.edges.receivers import Receiver
from watcher.edges.store import Delivery
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
    """Send what is due to one receiver, the most severe first; a report for each."""
    while delivery := doors.store.take_delivery(receiver.name, doors.clock()):
        yield _delivered(receiver, delivery, doors)


def _delivered(receiver: Receiver, delivery: Delivery, doors: Doors) -> DeliveryReport:
    try:
        receiver.send(delivery.message)
    except DeliveryError as error:
        return _undelivered(delivery, str(error), error.retry, doors)
    except Exception as bug:
        log.exception("receiver %s: a bug in watcher or apprise stopped this delivery", receiver.name)
        return _undelivered(delivery, f"a bug in watcher or apprise: {bug!r}", True, doors)
    _record(delivery, "sent", doors)
    return DeliveryReport(receiver.name, delivery.message.subject, "sent")


def _undelivered(delivery: Delivery, error: str, retry: bool, doors: Doors) -> DeliveryReport:
    now = doors.clock()
    due_at = next_try(delivery.attempt, delivery.created_at, now, doors.chance()) if retry else None
    state = "retry" if due_at else "dead"
    _record(delivery, state, doors, due_at, error)
    return DeliveryReport(delivery.receiver, delivery.message.subject, state, error, due_at)


def _record(
    delivery: Delivery, state: str, doors: Doors, due_at: datetime | None = None, error: str | None = None
) -> None:
    """Raises StoreError when the database stays out of reach: the lease then ends, and the delivery is tried again."""
    for left in reversed(range(RECORD_TRIES)):
        try:
            doors.store.settle_delivery(delivery, state, doors.clock(), due_at, error)
        except StoreError:
            if not left:
                raise
        else:
            return
