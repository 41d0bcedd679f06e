"""An alert put into the outbox, and read out of it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime

from sqlalchemy import ColumnElement, case
from sqlmodel import col

from watcher.core.messages import Message
from watcher.core.model import Severity
from watcher.edges.store.line import Line
from watcher.edges.store.rows import AlertRow, DeliveryRow


def add_alert(
    line: Line,
    said: Message,
    receivers: Iterable[str],
    decided_at: datetime,
    *,
    kind: str,
    story: int | None = None,
    article: int | None = None,
    rules: Sequence[str] = (),
    reason: str = "",
) -> int:
    """An alert in the words in which it is told, whenever that will be; an outbox row for each receiver, due now.

    `story`, `article`: the ids of what it tells. Returns the id of the alert.
    """
    number = line.add(
        AlertRow,
        {
            "key": said.key,
            "story_id": story,
            "article_id": article,
            "kind": kind,
            "severity": said.severity.value,
            "decided_at": decided_at,
            "subject": said.subject,
            "text": said.text,
            "html": said.html,
            "slack": list(said.slack),
            "rules": list(rules),
            "reason": reason,
        },
    )
    waiting = {
        "alert_id": number,
        "state": "pending",
        "by_hand": False,
        "attempts": 0,
        "created_at": decided_at,
        "due_at": decided_at,
        "maybe_sent": False,
    }
    line.add_all(DeliveryRow, [{**waiting, "receiver": name} for name in receivers])
    return number


def message_of(alert: AlertRow) -> Message:
    return Message(
        key=alert.key,
        severity=Severity(alert.severity),
        subject=alert.subject,
        text=alert.text,
        html=alert.html,
        slack=tuple(alert.slack if isinstance(alert.slack, list) else ()),
    )


def severest() -> ColumnElement[int]:
    """By which alerts are ordered."""
    return case({each.value: each.rank for each in Severity}, value=col(AlertRow.severity))
