"""Several rows of the outbox made one digest, which they then share their fate with."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime, tzinfo

from sqlmodel import Session, col, select

from watcher.core.alerts import digests
from watcher.core.alerts.digests import Digest, Told
from watcher.core.model import Severity
from watcher.edges.store.alerting import add_alert
from watcher.edges.store.line import Line
from watcher.edges.store.rows import AlertRow, ArticleRow, DeliveryRow, StoryRow

GATHERED = ("digest", "silence")  # kinds of alerts that tell of several others

_AT_ONCE = 500  # rows in a statement; SQLite takes only so many values


def gather(session: Session, receiver: str, ids: Sequence[int], now: datetime, zone: tzinfo) -> DeliveryRow:
    """Have one digest bring what these rows of a receiver would have brought; the row of the digest, to be sent."""
    rows = _rows(session, ids)
    said = digests.message(Digest(receiver, _told(rows), zone))
    alert = add_alert(Line.of(session), said, [receiver], now, kind="digest")
    for row, *_ in rows:
        row.digest_id = alert
    session.flush()
    return session.exec(select(DeliveryRow).where(DeliveryRow.alert_id == alert)).one()


def told(session: Session, ids: Sequence[int]) -> tuple[Told, ...]:
    """What these rows bring, as a digest tells it."""
    return _told(_rows(session, ids))


def gathered(session: Session, row: DeliveryRow) -> Sequence[DeliveryRow]:
    """The rows that this one brings, where it is that of a digest."""
    return session.exec(
        select(DeliveryRow).where(DeliveryRow.digest_id == row.alert_id, DeliveryRow.receiver == row.receiver)
    ).all()


_Row = tuple[DeliveryRow, AlertRow, ArticleRow | None, StoryRow | None]


def _rows(session: Session, ids: Sequence[int]) -> list[_Row]:
    parts = (ids[start : start + _AT_ONCE] for start in range(0, len(ids), _AT_ONCE))
    statement = (
        select(DeliveryRow, AlertRow, ArticleRow, StoryRow)
        .join(AlertRow, col(AlertRow.id) == col(DeliveryRow.alert_id))
        .join(ArticleRow, col(ArticleRow.id) == col(AlertRow.article_id), isouter=True)
        .join(StoryRow, col(StoryRow.id) == col(AlertRow.story_id), isouter=True)
    )
    return [row for part in parts for row in session.exec(statement.where(col(DeliveryRow.id).in_(part)))]


def _told(rows: Iterable[_Row]) -> tuple[Told, ...]:
    return tuple(
        Told(
            key=alert.key,
            severity=Severity(alert.severity),
            subject=alert.subject,
            decided_at=alert.decided_at,
            story=story.key if story else None,
            url=article.url if article else None,
        )
        for _, alert, article, story in rows
    )
