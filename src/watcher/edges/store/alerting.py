"""An alert put into the outbox."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from sqlmodel import Session

from watcher.core.messages import Message
from watcher.edges.store.rows import AlertRow, DeliveryRow


def add_alert(
    session: Session, said: Message, receivers: Iterable[str], decided_at: datetime, *, kind: str
) -> AlertRow:
    """An alert in the words in which it is told, whenever that will be; an outbox row for each receiver, due now."""
    row = AlertRow(
        key=said.key,
        kind=kind,
        severity=said.severity.value,
        decided_at=decided_at,
        subject=said.subject,
        text=said.text,
        html=said.html,
        slack=list(said.slack),
        rules=[],
        reason="",
    )
    session.add(row)
    session.flush()
    assert row.id is not None
    for name in receivers:
        session.add(
            DeliveryRow(
                alert_id=row.id, receiver=name, state="pending", created_at=decided_at, due_at=decided_at
            )
        )
    return row
