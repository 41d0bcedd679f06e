"""What is kept no longer, removed in portions so small that nobody waits for them; and the file kept small.

Each kind of thing is chosen by one statement, by which it is also counted, and removed with all that refers to it
(edges.store.removing).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Select, delete, exists, or_, select, tuple_, update
from sqlalchemy.orm import aliased
from sqlmodel import Session, col, func

from watcher.core.upkeep.retention import Limits
from watcher.edges.store.former import remember
from watcher.edges.store.removing import articles_of, remove_alerts, remove_articles, remove_stories
from watcher.edges.store.rows import (
    WAITING,
    AlertRow,
    ArticleRow,
    DeliveryRow,
    FormerRow,
    HistoryRow,
    PageRow,
    StoryRow,
)

PORTION = 200  # rows

_KEY: tuple[Any, ...] = (col(FormerRow.source), col(FormerRow.key))


@dataclass(frozen=True, slots=True)
class _Kind:
    """`chosen`: the keys of those that may go, the oldest first. `remove`: removes those with these keys.

    `portion`: how many at once; each may bring others with it.
    """

    chosen: Callable[[Limits], Select[Any]]
    remove: Callable[[Session, Sequence[Any]], None]
    portion: int = PORTION


def counts(session: Session, limits: Limits) -> dict[str, int]:
    """Kind of thing -> how many may go now."""
    return {name: _count(session, kind.chosen(limits)) for name, kind in KINDS.items()}


def chosen(session: Session, name: str, limits: Limits) -> Sequence[Any]:
    """The keys of a portion of a kind that may go."""
    kind = KINDS[name]
    rows = session.connection().execute(kind.chosen(limits).limit(kind.portion)).all()
    return [row[0] if len(row) == 1 else tuple(row) for row in rows]


def seen_at(session: Session, number: int) -> datetime | None:
    """When the first, second … newest article of no story was seen; None where there are fewer."""
    newest = select(col(ArticleRow.seen_at)).where(col(ArticleRow.story_id).is_(None))
    ordered = newest.order_by(col(ArticleRow.seen_at).desc())
    return session.execute(ordered.offset(number - 1).limit(1)).scalar()


# -- how each kind is chosen and removed ---------------------------------------------------------------------------


def _unwanted_articles(limits: Limits) -> Select[Any]:
    unwanted = col(ArticleRow.story_id).is_(None), col(ArticleRow.seen_at) < limits.articles
    return select(col(ArticleRow.id)).where(*unwanted).order_by(col(ArticleRow.seen_at))


def _forget(session: Session, articles: Sequence[int]) -> None:
    """Their keys stay."""
    remember(session, articles)
    remove_articles(session, articles)


def _unneeded_pages(limits: Limits) -> Select[Any]:
    """Those that belong to no article of a story."""
    needed = select(col(ArticleRow.url)).where(
        col(ArticleRow.story_id).is_not(None), col(ArticleRow.url).is_not(None)
    )
    old = col(PageRow.fetched_at) < limits.articles
    return (
        select(col(PageRow.url)).where(old, col(PageRow.url).not_in(needed)).order_by(col(PageRow.fetched_at))
    )


def _remove_pages(session: Session, urls: Sequence[str]) -> None:
    session.execute(delete(PageRow).where(col(PageRow.url).in_(urls)))


def _keys_not_carried(limits: Limits) -> Select[Any]:
    gone = col(FormerRow.gone_at) < limits.keys
    return select(*_KEY).where(gone)


def _remove_keys(session: Session, keys: Sequence[tuple[str, str]]) -> None:
    session.execute(delete(FormerRow).where(tuple_(*_KEY).in_(keys)))


def _ended_deliveries(limits: Limits) -> Select[Any]:
    """Of alerts that wait for nobody any more."""
    other = aliased(DeliveryRow)
    waiting = select(col(other.alert_id)).where(col(other.state).in_(WAITING))
    old = col(AlertRow.decided_at) < limits.deliveries
    ended = select(col(DeliveryRow.id)).join(AlertRow, col(AlertRow.id) == col(DeliveryRow.alert_id))
    return ended.where(old, col(DeliveryRow.alert_id).not_in(waiting)).order_by(col(DeliveryRow.id))


def _remove_deliveries(session: Session, deliveries: Sequence[int]) -> None:
    """What was sent is not sent again: with them go the forms in which it was."""
    mine = col(DeliveryRow.id).in_(deliveries)
    alerts = session.execute(select(col(DeliveryRow.alert_id)).where(mine)).scalars().all()
    session.execute(delete(DeliveryRow).where(mine))
    session.execute(update(AlertRow).where(col(AlertRow.id).in_(alerts)).values(html="", slack=[]))


def _old_troubles(limits: Limits) -> Select[Any]:
    """Messages about watcher itself, and digests, that no delivery is of any more."""
    ours = col(AlertRow.story_id).is_(None), col(AlertRow.decided_at) < limits.deliveries
    by = col(DeliveryRow.alert_id) == col(AlertRow.id), col(DeliveryRow.digest_id) == col(AlertRow.id)
    sent = exists().where(or_(*by))
    return select(col(AlertRow.id)).where(*ours, ~sent).order_by(col(AlertRow.id))


def _old_happenings(limits: Limits) -> Select[Any]:
    return (
        select(col(HistoryRow.id)).where(col(HistoryRow.at) < limits.happenings).order_by(col(HistoryRow.at))
    )


def _remove_happenings(session: Session, happenings: Sequence[int]) -> None:
    session.execute(delete(HistoryRow).where(col(HistoryRow.id).in_(happenings)))


def _old_stories(limits: Limits) -> Select[Any]:
    told = col(StoryRow.last_at) < limits.stories
    return (
        select(col(StoryRow.id))
        .where(told, col(StoryRow.merged_into).is_(None))
        .order_by(col(StoryRow.last_at))
    )


def _forget_stories(session: Session, stories: Sequence[int]) -> None:
    """With those that were merged into them. The keys of their articles stay."""
    merged = select(col(StoryRow.id)).where(col(StoryRow.merged_into).in_(stories))
    both = [*session.execute(merged).scalars(), *stories]
    remember(session, articles_of(session, both))
    remove_stories(session, both)


def _count(session: Session, statement: Select[Any]) -> int:
    counted = select(func.count()).select_from(statement.order_by(None).subquery())
    return int(session.execute(counted).scalar_one())


KINDS: Mapping[str, _Kind] = {
    "stories": _Kind(_old_stories, _forget_stories, portion=20),
    "articles": _Kind(_unwanted_articles, _forget),
    "pages": _Kind(_unneeded_pages, _remove_pages, portion=100),
    "keys": _Kind(_keys_not_carried, _remove_keys),
    "deliveries": _Kind(_ended_deliveries, _remove_deliveries, portion=100),
    "digests and messages about watcher": _Kind(_old_troubles, remove_alerts),
    "happenings": _Kind(_old_happenings, _remove_happenings),
}
