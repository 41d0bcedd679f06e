"""A source and all that came of it, gone without a trace."""

from __future__ import annotations

from sqlmodel import Session, col, delete, select

from watcher.edges.store.rows import (
    AlertRow,
    ArticleRow,
    DeliveryRow,
    MatchRow,
    PositionRow,
    StoryRow,
    TraceRow,
    VoteRow,
)


def forget(session: Session, source: str) -> None:
    """A story that other sources tell as well stays, with what they say of it."""
    articles = list(session.exec(select(ArticleRow.id).where(ArticleRow.source == source)))
    if not articles:
        return
    stories = set(session.exec(select(ArticleRow.story_id).where(ArticleRow.source == source)))
    alerts = list(session.exec(select(AlertRow.id).where(col(AlertRow.article_id).in_(articles))))
    session.exec(delete(DeliveryRow).where(col(DeliveryRow.alert_id).in_(alerts)))
    session.exec(delete(AlertRow).where(col(AlertRow.id).in_(alerts)))
    session.exec(delete(MatchRow).where(col(MatchRow.article_id).in_(articles)))
    session.exec(delete(ArticleRow).where(col(ArticleRow.id).in_(articles)))
    stories -= set(session.exec(select(ArticleRow.story_id).where(col(ArticleRow.story_id).in_(stories))))
    votes = list(session.exec(select(VoteRow.id).where(col(VoteRow.story_id).in_(stories))))
    session.exec(delete(PositionRow).where(col(PositionRow.vote_id).in_(votes)))
    session.exec(delete(VoteRow).where(col(VoteRow.id).in_(votes)))
    session.exec(delete(TraceRow).where(col(TraceRow.story_id).in_(stories)))
    session.exec(delete(StoryRow).where(col(StoryRow.id).in_(stories)))
