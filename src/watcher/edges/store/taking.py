"""The next message for a receiver, taken from the outbox to be sent: one that waits, or a digest of several."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

import sqlalchemy
from sqlalchemy import ColumnElement
from sqlalchemy.orm import aliased
from sqlmodel import Session, col, func, select

from watcher.core.alerts.pacing import AT_ONCE, BEYOND, Pace, Waiting, next_message
from watcher.core.messages import Message
from watcher.core.model import Severity
from watcher.edges.store.alerting import message_of, severest
from watcher.edges.store.gathering import GATHERED, gather
from watcher.edges.store.leases import FARTHEST, LEASE, come, free
from watcher.edges.store.rows import WAITING, AlertRow, DeliveryRow, ReceiverRow

_A_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Delivery:
    """One try to bring an alert to a receiver. `attempt` is 1 at the first.

    `thread`: the key of the first alert of the same story that went to this receiver, where that is another one.
    `decided_at`: when the alert was decided; `created_at`: when its tries began.
    """

    id: int
    receiver: str
    attempt: int
    created_at: datetime
    decided_at: datetime
    maybe_sent: bool
    message: Message
    thread: str | None = None


def take(session: Session, receiver: str, now: datetime, pace: Pace = AT_ONCE) -> Delivery | None:
    """Lease the next message that is due to a receiver, the most severe and then the oldest first.

    `pace`: when the receiver wants its messages; several rows may go as one digest.
    """
    if _wants_quiet(session, receiver, now):
        return None
    row = _next(session, receiver, now) if pace == AT_ONCE else _next_at(session, receiver, now, pace)
    return _leased(session, row, now, pace) if row else None


def _wants_quiet(session: Session, receiver: str, now: datetime) -> bool:
    fared = session.get(ReceiverRow, receiver)
    return bool(fared and fared.quiet_until and now < fared.quiet_until <= now + FARTHEST)


def _next(session: Session, receiver: str, now: datetime) -> DeliveryRow | None:
    return session.exec(
        select(DeliveryRow)
        .join(AlertRow, col(AlertRow.id) == col(DeliveryRow.alert_id))
        .where(col(DeliveryRow.receiver) == receiver, *_due(now))
        .order_by(severest().desc(), col(DeliveryRow.id))
        .limit(1)
    ).first()


def _next_at(session: Session, receiver: str, now: datetime, pace: Pace) -> DeliveryRow | None:
    """The row that this pace lets out now: one that waits, or that of a new digest of several."""
    waiting = _waiting(session, receiver, now)
    chosen = next_message(pace, waiting, _sent(session, receiver, now, pace) if waiting else (), now)
    if len(chosen) > 1:
        return gather(session, receiver, chosen, now, pace.zone)
    return session.get_one(DeliveryRow, chosen[0]) if chosen else None


def _waiting(session: Session, receiver: str, now: datetime) -> list[Waiting]:
    """All that could go now. Looked at every second, also while thousands are held: so in plain columns."""
    kept, alert = DeliveryRow.__table__.c, AlertRow.__table__.c  # type: ignore[attr-defined]
    columns = (
        kept.id,
        kept.created_at,
        kept.maybe_sent,
        kept.state,
        kept.by_hand,
        alert.severity,
        alert.kind,
    )
    rows = session.connection().execute(
        sqlalchemy.select(*columns)
        .join(AlertRow, alert.id == kept.alert_id)
        .where(kept.receiver == receiver, *_due(now))
    )
    return [
        Waiting(
            id=row.id,
            severity=Severity(row.severity),
            since=row.created_at if row.created_at <= now else now - _A_DAY,  # by a clock that was ahead
            alone=row.kind in GATHERED or row.maybe_sent or row.state == "sending",
            by_hand=row.by_hand,
        )
        for row in rows
    ]


def _sent(session: Session, receiver: str, now: datetime, pace: Pace) -> list[datetime]:
    """When messages were sent to a receiver, as far back as its limit looks; those that a digest brought are not."""
    if pace.limit is None:
        return []
    found = session.exec(
        select(DeliveryRow.sent_at).where(
            col(DeliveryRow.receiver) == receiver,
            col(DeliveryRow.sent_at) > now - max(pace.limit.per, BEYOND),
            col(DeliveryRow.digest_id).is_(None),
        )
    ).all()
    return [moment for moment in found if moment is not None]


def _leased(session: Session, row: DeliveryRow, now: datetime, pace: Pace) -> Delivery:
    alert = session.get_one(AlertRow, row.alert_id)
    row.maybe_sent = row.maybe_sent or row.state == "sending"
    row.state, row.leased_until = "sending", now + LEASE
    row.attempts += 1
    assert row.id is not None
    held = AT_ONCE if alert.kind in GATHERED else pace
    return Delivery(
        id=row.id,
        receiver=row.receiver,
        attempt=row.attempts,
        created_at=held.due(Severity(alert.severity), row.created_at),  # while it was held it was not tried
        decided_at=alert.decided_at,
        maybe_sent=row.maybe_sent,
        message=message_of(alert),
        thread=_thread(session, alert, row.receiver),
    )


def _due(now: datetime) -> tuple[ColumnElement[bool], ...]:
    """A waiting delivery whose time has come, or one whose sender died."""
    waiting = col(DeliveryRow.state).in_(WAITING)
    itself = col(DeliveryRow.digest_id).is_(None)  # no digest brings it
    return waiting, itself, come(col(DeliveryRow.due_at), now), free(col(DeliveryRow.leased_until), now)


def _thread(session: Session, alert: AlertRow, receiver: str) -> str | None:
    """The key of the message that first told the receiver of the same story: an alert, or the digest that brought it;
    None where there is none before this one.
    """
    if alert.story_id is None:
        return None
    digest = aliased(AlertRow)
    first = session.exec(
        select(func.coalesce(digest.key, AlertRow.key))
        .select_from(AlertRow)
        .join(DeliveryRow, col(DeliveryRow.alert_id) == col(AlertRow.id))
        .join(digest, col(digest.id) == col(DeliveryRow.digest_id), isouter=True)
        .where(
            AlertRow.story_id == alert.story_id,
            DeliveryRow.receiver == receiver,
            DeliveryRow.state != "suppressed",
        )
        .order_by(col(AlertRow.id))
        .limit(1)
    ).first()
    return None if first == alert.key else first
