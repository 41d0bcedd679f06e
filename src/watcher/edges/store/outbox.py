"""The outbox: what waits for each receiver, what came of each try, and how the receivers fare. What goes out next is
taken in edges.store.taking.

    pending -> sending(leased_until) -> sent | retry(due_at) | dead(error)
    pending, retry, dead -> suppressed(error)     dropped by a person; hidden by a silence from the start
    all of them -> pending                        sent again by a person

Functions over the session of a transaction, which Store opens.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from sqlalchemy import or_
from sqlalchemy.orm import aliased
from sqlmodel import Session, col, func, select

from watcher.core.alerts.deciding import Kind
from watcher.core.alerts.retries import GIVE_UP
from watcher.core.forms import Document
from watcher.core.messages import Message
from watcher.core.messages.troubles import Operators, Standing, after_failure, after_success, undelivered
from watcher.core.model import Severity
from watcher.edges.store.alerting import add_alert, message_of, severest
from watcher.edges.store.gathering import gathered, told
from watcher.edges.store.line import Line
from watcher.edges.store.rows import WAITING, AlertRow, DeliveryRow, ReceiverRow
from watcher.edges.store.taking import Delivery
from watcher.errors import StoreError


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of a try: `state` sent; retry, with `due_at` and `error`; or dead, with `error`.

    `quiet_until`: the receiver asked to be left alone until then, whatever waits for it. `maybe_sent`: the message
    may have been taken all the same.
    """

    state: str
    error: str | None = None
    due_at: datetime | None = None
    quiet_until: datetime | None = None
    maybe_sent: bool = False


def settle(
    session: Session, delivery: Delivery, outcome: Outcome, now: datetime, operators: Operators
) -> None:
    """Record what came of a try, and with it, whole or not at all, what the operator has to hear of the receiver."""
    row = session.get_one(DeliveryRow, delivery.id)
    row.state, row.error, row.leased_until = outcome.state, outcome.error, None
    row.due_at = outcome.due_at or row.due_at
    row.maybe_sent = row.maybe_sent or outcome.maybe_sent
    row.sent_at = now if outcome.state == "sent" else None
    if outcome.state != "retry":
        for brought in gathered(session, row):
            brought.state, brought.error, brought.sent_at = row.state, row.error, row.sent_at
    before, taken = _standing(session, delivery.receiver), outcome.state == "sent"
    if taken:
        standing, news = after_success(delivery.receiver, before, now)
    else:
        dead, error = outcome.state == "dead", outcome.error or ""
        quiet_until = _heeded(outcome.quiet_until, now) or before.quiet_until
        asked = replace(before, quiet_until=quiet_until)
        standing, news = after_failure(delivery.receiver, asked, error, dead=dead, now=now)
    if standing != before:
        _save(session, delivery.receiver, standing)
    if news:
        tell_operator(session, news, operators, now, but=() if taken else (delivery.receiver,))
    if outcome.state == "dead":
        _escalate(session, row, operators, now)


def _escalate(session: Session, row: DeliveryRow, operators: Operators, now: datetime) -> None:
    """What is severe and lost with this row, as nobody else has it or waits for it, goes to somebody else, once."""
    session.flush()
    others = aliased(DeliveryRow)
    alive = select(others.id).where(
        col(others.alert_id) == col(DeliveryRow.alert_id), col(others.state).in_((*WAITING, "sent"))
    )
    lost = session.exec(
        select(DeliveryRow.id, AlertRow)
        .join(AlertRow, col(AlertRow.id) == col(DeliveryRow.alert_id))
        .where(
            or_(col(DeliveryRow.id) == row.id, col(DeliveryRow.digest_id) == row.alert_id),
            col(DeliveryRow.receiver) == row.receiver,
            AlertRow.severity == Severity.HIGH.value,
            col(AlertRow.kind).in_([kind.value for kind in Kind]),
            ~alive.exists(),
        )
    ).all()
    if not lost:
        return
    numbers = [alert.id for _, alert in lost]
    dead = set(session.exec(select(DeliveryRow.receiver).where(col(DeliveryRow.alert_id).in_(numbers))))
    messages = {alert.key: message_of(alert) for _, alert in lost}
    alerts = [(each, messages[each.key]) for each in told(session, [number or 0 for number, _ in lost])]
    tell_operator(session, undelivered(alerts, dead), operators, now, but=dead)


def tell(session: Session, trouble: Message, receivers: Sequence[str], now: datetime) -> None:
    """Put a message of our own into the outbox, unless its key was told already."""
    if session.exec(select(AlertRow.id).where(AlertRow.key == trouble.key)).first() is None:
        add_alert(Line.of(session), trouble, receivers, now, kind="trouble")


def tell_operator(
    session: Session, trouble: Message, operators: Operators, now: datetime, *, but: Collection[str] = ()
) -> None:
    """Put a trouble of ours into the outbox for who is to hear of it, as far as anybody but `but` is there to."""
    if names := operators.told(trouble, _failing(session), but=but):
        tell(session, trouble, names, now)


def resend(session: Session, key: str, receiver: str | None, now: datetime) -> list[str]:
    """Have an alert tried again, at once and for as long as a new one; returns for which receivers.

    Those that do not have it; or the one named, even if it has. Raises StoreError where there is none.
    """
    rows = [row for row in _of(session, key, receiver) if receiver or row.state != "sent"]
    if not rows:
        raise StoreError(f"everybody has alert {key}; name a receiver to send it there once more")
    for row in rows:
        row.maybe_sent = row.maybe_sent or row.state == "sent"
        row.state, row.attempts, row.error, row.sent_at = "pending", 0, None, None
        row.created_at = row.due_at = now
        row.digest_id, row.by_hand = None, True
        for brought in gathered(session, row):
            brought.state, brought.error, brought.sent_at = "pending", None, None
    return [row.receiver for row in rows]


def drop(session: Session, key: str, receiver: str | None, reason: str) -> list[str]:
    """Have an alert tried no more, for this reason; returns for which receivers. Raises StoreError where for none."""
    rows = [row for row in _of(session, key, receiver) if row.state in ("pending", "retry", "dead")]
    if not rows:
        raise StoreError(f"alert {key} does not wait for anybody")
    for row in rows:
        for each in (row, *gathered(session, row)):
            each.state, each.error = "suppressed", reason
    return [row.receiver for row in rows]


def listed(
    session: Session, states: Sequence[str], receiver: str | None, limit: int
) -> tuple[list[Document], int]:
    """What is in one of these states, for one receiver or all, in the order in which it goes out, at most `limit`; and
    how many there are.
    """
    wanted: list[Any] = [col(DeliveryRow.state).in_(states)]
    if receiver is not None:
        wanted.append(col(DeliveryRow.receiver) == receiver)
    digest = aliased(AlertRow)
    rows = session.exec(
        select(DeliveryRow, AlertRow, digest.key)
        .join(AlertRow, col(AlertRow.id) == col(DeliveryRow.alert_id))
        .join(digest, col(digest.id) == col(DeliveryRow.digest_id), isouter=True)
        .where(*wanted)
        .order_by(severest().desc(), col(DeliveryRow.id))
        .limit(limit)
    ).all()
    number: Any = func.count()
    total = session.exec(select(number).select_from(DeliveryRow).where(*wanted)).one()
    return [_document(delivery, alert, brought_by) for delivery, alert, brought_by in rows], total


def receivers(session: Session) -> dict[str, Document]:
    """Receiver -> how many alerts it has in each state, and how it fares."""
    found: dict[str, Document] = {}
    number: Any = func.count()
    counted = select(DeliveryRow.receiver, DeliveryRow.state, number).group_by(
        col(DeliveryRow.receiver), col(DeliveryRow.state)
    )
    for name, state, count in session.exec(counted):
        found.setdefault(name, {})[state] = count
    for row in session.exec(select(ReceiverRow)):
        found.setdefault(row.name, {}).update(
            failing_since=_iso(row.failing_since), quiet_until=_iso(row.quiet_until)
        )
    return found


def _document(delivery: DeliveryRow, alert: AlertRow, digest: str | None) -> Document:
    """`since`: when it began to wait. `digest`: the key of the one that brings it."""
    return {
        "key": alert.key,
        "kind": alert.kind,
        "receiver": delivery.receiver,
        "state": delivery.state,
        "severity": alert.severity,
        "subject": alert.subject,
        "decided_at": alert.decided_at.isoformat(),
        "since": delivery.created_at.isoformat(),
        "attempts": delivery.attempts,
        "due_at": delivery.due_at.isoformat() if delivery.state in WAITING else None,
        "by_hand": delivery.by_hand,
        "digest": digest,
        "maybe_sent": delivery.maybe_sent,
        "error": delivery.error,
    }


def _iso(moment: datetime | None) -> str | None:
    return moment.isoformat() if moment else None


def _of(session: Session, key: str, receiver: str | None) -> Sequence[DeliveryRow]:
    """The deliveries of an alert, or of it to one receiver. Raises StoreError where there is none, or it is sending."""
    named: tuple[Any, ...] = () if receiver is None else (col(DeliveryRow.receiver) == receiver,)
    rows = session.exec(
        select(DeliveryRow)
        .join(AlertRow, col(AlertRow.id) == col(DeliveryRow.alert_id))
        .where(AlertRow.key == key, *named)
    ).all()
    if not rows:
        whom = f" for {receiver}" if receiver else ""
        raise StoreError(f"there is no alert {key}{whom} in the outbox; `watcher alerts` lists them")
    if any(row.state == "sending" for row in rows):
        raise StoreError(f"alert {key} is on its way at this moment; try again in a minute")
    return rows


def _standing(session: Session, receiver: str) -> Standing:
    row = session.get(ReceiverRow, receiver)
    return Standing(row.failing_since, row.told_at, row.quiet_until) if row else Standing()


def _save(session: Session, receiver: str, standing: Standing) -> None:
    session.merge(
        ReceiverRow(
            name=receiver,
            failing_since=standing.failing_since,
            told_at=standing.told_at,
            quiet_until=standing.quiet_until,
        )
    )


def _failing(session: Session) -> frozenset[str]:
    return frozenset(session.exec(select(ReceiverRow.name).where(col(ReceiverRow.told_at).is_not(None))))


def _heeded(quiet_until: datetime | None, now: datetime) -> datetime | None:
    """As long as alerts are tried, and no longer: a wrong clock cannot silence a receiver for good."""
    return min(quiet_until, now + GIVE_UP) if quiet_until else None
