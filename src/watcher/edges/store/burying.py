"""What waits for a receiver that the config does not name any more is given up, and the operator is told what that was.

Functions over the session of a transaction, which Store opens.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import not_
from sqlalchemy.orm import aliased
from sqlmodel import Session, col, delete, func, select, update

from watcher.core.messages import Message
from watcher.core.messages.troubles import Operators, buried
from watcher.edges.store.alerting import severest
from watcher.edges.store.gathering import told
from watcher.edges.store.leases import free
from watcher.edges.store.outbox import tell_operator
from watcher.edges.store.rows import WAITING, AlertRow, DeliveryRow, ReceiverRow

_MOST_NAMED = 100  # alerts in one message


def bury(session: Session, operators: Operators, spared: Collection[str], now: datetime) -> Message | None:
    """Give up what waits for receivers other than these, for nobody would ever send it; what the operator is told."""
    known = (*operators.names, *spared)
    session.exec(delete(ReceiverRow).where(col(ReceiverRow.name).not_in(known)))
    gone = _gone(session, known, now)
    if not gone:
        return None
    waits = col(DeliveryRow.state).in_(WAITING), col(DeliveryRow.receiver).in_(gone)
    others = aliased(DeliveryRow)
    elsewhere = select(others.id).where(
        col(others.alert_id) == col(DeliveryRow.alert_id),
        col(others.state).in_((*WAITING, "sent")),
        col(others.receiver).not_in(gone),
    )
    alerts = _asked(func.count()).where(*waits)
    lost = ~elsewhere.exists()
    worst = _asked(DeliveryRow.id).where(*waits, lost).order_by(severest().desc(), col(DeliveryRow.id))
    message = buried(
        session.exec(alerts).one(),
        session.exec(alerts.where(lost)).one(),
        told(session, session.exec(worst.limit(_MOST_NAMED)).all()),
        gone,
        now,
    )
    left = {"state": "dead", "leased_until": None, "error": "the config names no such receiver any more"}
    session.exec(update(DeliveryRow).where(*waits).values(left))
    tell_operator(session, message, operators, now)
    return message


def _gone(session: Session, known: Sequence[str], now: datetime) -> Sequence[str]:
    """The others for whom something waits, but for one to whom something is on its way: it is left alone until then."""
    on_its_way = col(DeliveryRow.state) == "sending", not_(free(col(DeliveryRow.leased_until), now))
    busy = session.exec(select(DeliveryRow.receiver).where(*on_its_way)).all()
    waiting = col(DeliveryRow.state).in_(WAITING), col(DeliveryRow.receiver).not_in((*known, *busy))
    return session.exec(select(DeliveryRow.receiver).where(*waiting).distinct()).all()


def _asked(what: Any) -> Any:
    """Of deliveries. A digest is none of its own: what it brings is."""
    alert = AlertRow, col(AlertRow.id) == col(DeliveryRow.alert_id)
    return select(what).select_from(DeliveryRow).join(*alert).where(AlertRow.kind != "digest")
