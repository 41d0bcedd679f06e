"""Several rows of the outbox made one digest, which they then share their fate with."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime, tzinfo

from sqlmodel import Session, col, select

from watcher.core import digests
from watcher.core.digests import Digest, Told
from watcher.core.model import Severity
from watcher.edges.store.ingest import add_alert
from watcher.edges.store.rows import AlertRow, ArticleRow, DeliveryRow, StoryRow

_AT_ONCE = 500  # rows in a statement; SQLite takes only so many values


def gather(session: Session, receiver: str, ids: Sequence[int], now: datetime, zone: tzinfo) -> DeliveryRow:
    """Have one digest bring what these rows of a receiver would have brought; the row of the digest, to be sent."""
    rows = [row for part in _parts(ids) for row in _rows(session, part)]
    told = tuple(_told(alert, article, story) for _, alert, article, story in rows)
    said = digests.message(Digest(receiver, told, zone))
    alert = add_alert(session, said, [receiver], now, kind="digest")
    for row, *_ in rows:
        row.digest_id = alert.id
    session.flush()
    return session.exec(select(DeliveryRow).where(DeliveryRow.alert_id == alert.id)).one()


def gathered(session: Session, row: DeliveryRow) -> Sequence[DeliveryRow]:
    """The rows that this one brings, where it is that of a digest."""
    return session.exec(
        select(DeliveryRow).where(DeliveryRow.digest_id == row.alert_id, DeliveryRow.receiver == row.receiver)
    ).all()


def _parts(ids: Sequence[int]) -> Iterator[Sequence[int]]:
    return (ids[start : start + _AT_ONCE] for start in range(0, len(ids), _AT_ONCE))


def _rows(
    session: Session, ids: Sequence[int]
) -> Sequence[tuple[DeliveryRow, AlertRow, ArticleRow | None, StoryRow | None]]:
    return session.exec(
        select(DeliveryRow, AlertRow, ArticleRow, StoryRow)
        .join(AlertRow, col(AlertRow.id) == col(DeliveryRow.alert_id))
        .join(ArticleRow, col(ArticleRow.id) == col(AlertRow.article_id), isouter=True)
        .join(StoryRow, col(StoryRow.id) == col(AlertRow.story_id), isouter=True)
        .where(col(DeliveryRow.id).in_(ids))
    ).all()


def _told(alert: AlertRow, article: ArticleRow | None, story: StoryRow | None) -> Told:
    return Told(
        key=alert.key,
        severity=Severity(alert.severity),
        subject=alert.subject,
        decided_at=alert.decided_at,
        story=story.key if story else None,
        url=article.url if article else None,
    )
