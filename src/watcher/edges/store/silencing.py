"""Silences: kept, held against new alerts, and ended with a word on what they hid."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from datetime import datetime
from typing import Any

from sqlmodel import Session, col, func, select

from watcher.core.alerts import silences
from watcher.core.alerts.routing import Conditions, Occasion
from watcher.core.alerts.silences import Silence
from watcher.core.forms import Document
from watcher.core.model import Position, Severity
from watcher.core.rules.spec import Held
from watcher.edges.store.alerting import add_alert
from watcher.edges.store.gathering import told
from watcher.edges.store.line import Line
from watcher.edges.store.rows import DeliveryRow, SilenceRow
from watcher.errors import StoreError


def add(
    session: Session,
    conditions: Conditions,
    receivers: Sequence[str],
    now: datetime,
    until: datetime,
    reason: str,
) -> Silence:
    row = SilenceRow(
        conditions=asdict(conditions), receivers=list(receivers), since=now, until=until, reason=reason
    )
    session.add(row)
    session.flush()
    return _silence(row)


def holding(session: Session, now: datetime) -> list[Silence]:
    """Those that hold now."""
    wanted = select(SilenceRow).where(col(SilenceRow.ended_at).is_(None), col(SilenceRow.until) > now)
    return [_silence(row) for row in session.exec(wanted)]


def suppress(session: Session, alert: int, spared: Mapping[str, Silence]) -> None:
    """Have an alert that was just put into the outbox kept from these receivers."""
    if not spared:
        return
    for row in session.exec(select(DeliveryRow).where(DeliveryRow.alert_id == alert)):
        if silence := spared.get(row.receiver):
            row.state, row.error, row.silence_id = "suppressed", silence.says, silence.id


def cut_short(session: Session, number: int, now: datetime) -> int:
    """End a silence now; returns how many receivers are told what it hid. Raises StoreError where it does not hold."""
    row = session.get(SilenceRow, number)
    if row is None:
        raise StoreError(f"there is no silence {number}; `watcher silence list` shows them")
    if row.ended_at is not None or row.until <= now:
        raise StoreError(f"silence {number} has ended already, on {row.until:%Y-%m-%d %H:%M} UTC")
    row.until = now
    return _end(session, row, now)


def end_due(session: Session, now: datetime) -> int:
    """End all whose time has come; returns how many."""
    rows = session.exec(
        select(SilenceRow).where(col(SilenceRow.ended_at).is_(None), col(SilenceRow.until) <= now)
    ).all()
    for row in rows:
        _end(session, row, now)
    return len(rows)


def any_due(session: Session, now: datetime) -> bool:
    wanted = select(SilenceRow.id).where(col(SilenceRow.ended_at).is_(None), col(SilenceRow.until) <= now)
    return session.exec(wanted.limit(1)).first() is not None


def listed(session: Session, now: datetime) -> list[Document]:
    """The latest first, each with how many alerts it hides or hid."""
    number: Any = func.count()
    counted = select(DeliveryRow.silence_id, number).group_by(col(DeliveryRow.silence_id))
    hidden = dict(session.exec(counted.where(DeliveryRow.state == "suppressed")).all())
    rows = session.exec(select(SilenceRow).order_by(col(SilenceRow.id).desc())).all()
    return [
        {
            "id": row.id,
            "hides": _silence(row).conditions.in_words,
            "receivers": row.receivers,
            "since": row.since.isoformat(),
            "until": row.until.isoformat(),
            "holds": row.ended_at is None and row.until > now,
            "reason": row.reason,
            "hidden": hidden.get(row.id, 0),
        }
        for row in rows
    ]


def _end(session: Session, row: SilenceRow, now: datetime) -> int:
    """Each receiver hears what it was spared, and no more; nobody where it was nothing."""
    row.ended_at = now
    rows = session.exec(
        select(DeliveryRow).where(DeliveryRow.silence_id == row.id, DeliveryRow.state == "suppressed")
    ).all()
    spared: dict[str, list[int]] = {}
    for each in rows:
        spared.setdefault(each.receiver, []).append(each.id or 0)
    for receiver, ids in spared.items():
        said = silences.ended(_silence(row), receiver, told(session, ids))
        add_alert(Line.of(session), said, [receiver], now, kind="silence")
    return len(spared)


def _silence(row: SilenceRow) -> Silence:
    assert row.id is not None
    return Silence(
        row.id, _conditions(row.conditions), row.since, row.until, row.reason, tuple(row.receivers)
    )


def _conditions(stored: Any) -> Conditions:
    lists = {name: tuple(words) for name, words in stored.items()}
    return Conditions(
        **{
            **lists,
            "severity": tuple(map(Severity, lists["severity"])),
            "kinds": tuple(map(Occasion, lists["kinds"])),
            "positions": tuple(
                Held(each["country"], tuple(map(Position, each["positions"]))) for each in lists["positions"]
            ),
        }
    )
