"""Rows removed with all that refers to them; whether they may go is asked elsewhere (edges.store.pruning)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import delete, select, update
from sqlmodel import Session, col

from watcher.edges.store.rows import (
    AlertRow,
    ArticleRow,
    DeliveryRow,
    MatchRow,
    StoryRow,
    TraceRow,
    VoteRow,
)


def remove_articles(session: Session, articles: Sequence[int]) -> None:
    """An alert that told one before its source rewrote it into another, or into none, stays with its story; what all of
    the story together say is made anew.
    """
    told = update(AlertRow).where(col(AlertRow.article_id).in_(articles)).values(article_id=None)
    session.execute(told.execution_options(synchronize_session=False))
    theirs = select(col(ArticleRow.story_id)).where(col(ArticleRow.id).in_(articles))
    heard = update(StoryRow).where(col(StoryRow.id).in_(theirs)).values(heard=None)
    session.execute(heard.execution_options(synchronize_session=False))
    session.execute(delete(MatchRow).where(col(MatchRow.article_id).in_(articles)))
    session.execute(delete(ArticleRow).where(col(ArticleRow.id).in_(articles)))


def remove_alerts(session: Session, alerts: Sequence[int]) -> None:
    session.execute(delete(DeliveryRow).where(col(DeliveryRow.alert_id).in_(alerts)))
    session.execute(delete(AlertRow).where(col(AlertRow.id).in_(alerts)))


def remove_stories(session: Session, stories: Sequence[int]) -> None:
    """With all that is known of them."""
    remove_alerts(session, _ids(session, AlertRow, col(AlertRow.story_id).in_(stories)))
    remove_articles(session, articles_of(session, stories))
    session.execute(delete(VoteRow).where(col(VoteRow.story_id).in_(stories)))
    session.execute(delete(TraceRow).where(col(TraceRow.story_id).in_(stories)))
    merged = _ids(session, StoryRow, col(StoryRow.id).in_(stories), col(StoryRow.merged_into).is_not(None))
    for part in (merged, stories):  # a story goes after those that were merged into it
        session.execute(delete(StoryRow).where(col(StoryRow.id).in_(part)))


def remove_brought_by(session: Session, source: str) -> None:
    """All that this source has brought. A story that others tell as well stays, with what they say of it."""
    articles = _ids(session, ArticleRow, col(ArticleRow.source) == source)
    if not articles:
        return
    theirs = select(col(ArticleRow.story_id)).where(col(ArticleRow.id).in_(articles)).distinct()
    stories = session.execute(theirs).scalars().all()
    remove_alerts(session, _ids(session, AlertRow, col(AlertRow.article_id).in_(articles)))
    remove_articles(session, articles)
    told_by_others = select(col(ArticleRow.story_id)).where(col(ArticleRow.story_id).in_(stories))
    still_told = set(session.execute(told_by_others).scalars())
    remove_stories(session, [story for story in stories if story is not None and story not in still_told])


def articles_of(session: Session, stories: Sequence[int]) -> Sequence[int]:
    return _ids(session, ArticleRow, col(ArticleRow.story_id).in_(stories))


def _ids(session: Session, row: Any, *wanted: Any) -> Sequence[int]:
    return session.execute(select(row.id).where(*wanted)).scalars().all()
