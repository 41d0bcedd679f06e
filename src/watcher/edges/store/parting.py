"""Stories parted and joined by a person, so that it stays so.

An article that a person has put into a story stays in it, also when its source rewrites it. A story that was merged
into another is kept as another name for it: what is like it joins the other. All that is known of the stories
concerned is worked out anew from their reports.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Any

from sqlmodel import Session, col, delete, select, update

from watcher.core.alerts.deciding import Kind
from watcher.core.forms import evidence_of
from watcher.core.keys import key_of
from watcher.core.messages.templates import NO_TEMPLATES, Templates
from watcher.core.messages.wording import Alert
from watcher.core.model import Match, Severity
from watcher.core.stories.placing import significant_words
from watcher.core.stories.reports import settle
from watcher.edges.store.alerting import add_alert
from watcher.edges.store.line import Line
from watcher.edges.store.memory import reports_of, stored_article
from watcher.edges.store.rows import AlertRow, ArticleRow, DeliveryRow, MatchRow, StoryRow, TraceRow
from watcher.edges.store.telling import add_traces, save_votes
from watcher.errors import StoreError


def split(
    session: Session, key: str, articles: Sequence[int], now: datetime, templates: Templates = NO_TEMPLATES
) -> str:
    """Make these articles a story of their own, and return its key. A part of which nobody was told is told now."""
    story = _wanted(session, key)
    rows = [_own(session, story, number) for number in sorted(set(articles))]
    if len(rows) == len(_articles(session, story)):
        raise StoreError(f"story {key} has no other articles: there is nothing to split")
    first = min(rows, key=lambda row: stored_article(row, ()).at)
    parted = StoryRow(
        key=key_of("split", key, *(str(row.id) for row in rows), now.isoformat()),
        title=first.title,
        first_at=story.first_at,
        last_at=story.last_at,
        rules=[],
        words=[],
        told=[],
    )
    session.add(parted)
    session.flush()
    _move(session, rows, parted)
    listeners = list(story.told)
    for part in (parted, story):
        _learn_anew(session, part)
        part.told = _told(session, part, listeners)
        if listeners and not part.told:
            reason = f"until now joined by mistake with story {key}"
            _tell(session, part, listeners, now, reason, templates)
    _share_names(session, story, parted)
    return parted.key


def merge(session: Session, keys: Sequence[str]) -> None:
    """Make all these stories the first of them. Nothing is told: whoever was told of one was told."""
    target, *others = (_wanted(session, key) for key in dict.fromkeys(keys))
    if not others:
        raise StoreError(f"story {target.key} cannot be merged with itself; give a second one")
    target.told = sorted({*target.told, *(name for other in others for name in other.told)})
    for other in others:
        _move(session, _articles(session, other), target)
        # Also those whose article its source has rewritten since into one that is of no story.
        session.exec(update(AlertRow).where(col(AlertRow.story_id) == other.id).values(story_id=target.id))
        other.merged_into, other.heard = target.id, None
        assert other.id is not None
        save_votes(Line.of(session), other.id, other.first_at, ())
        for name in session.exec(select(StoryRow).where(StoryRow.merged_into == other.id)).all():
            name.merged_into = target.id
    _learn_anew(session, target)


def _wanted(session: Session, key: str) -> StoryRow:
    story = session.exec(select(StoryRow).where(StoryRow.key == key)).one_or_none()
    if story is None:
        raise StoreError(f"there is no story {key}; `watcher stories` lists them")
    if story.merged_into:
        into = session.get_one(StoryRow, story.merged_into)
        raise StoreError(f"story {key} was merged into {into.key}; name that one")
    return story


def _own(session: Session, story: StoryRow, number: int) -> ArticleRow:
    article = session.get(ArticleRow, number)
    if article is None or article.story_id != story.id:
        raise StoreError(
            f"article {number} is not of story {story.key}; `watcher stories show {story.key}` lists them"
        )
    return article


def _articles(session: Session, story: StoryRow) -> list[ArticleRow]:
    return list(session.exec(select(ArticleRow).where(ArticleRow.story_id == story.id)).all())


def _move(session: Session, articles: Sequence[ArticleRow], story: StoryRow) -> None:
    """With the alerts that told them."""
    for article in articles:
        article.story_id, article.by_hand = story.id, True
    numbers = [article.id for article in articles]
    session.exec(update(AlertRow).where(col(AlertRow.article_id).in_(numbers)).values(story_id=story.id))
    session.flush()


def _learn_anew(session: Session, story: StoryRow) -> None:
    """What a story is known by, and what is known of it, from the articles it now has; where its sources have taken
    all of them back, it stays known as it was.
    """
    assert story.id is not None
    story.heard = None
    rows = _articles(session, story)
    if not rows:
        return
    articles = sorted((stored_article(row, ()) for row in rows), key=lambda article: article.at)
    words = significant_words(articles[0])
    story.title, story.words = articles[0].title, sorted(words)
    story.first_at, story.last_at = articles[0].at, articles[-1].at
    story.rules = sorted(
        set(
            session.exec(
                select(MatchRow.rule_id).where(col(MatchRow.article_id).in_([row.id for row in rows]))
            )
        )
    )
    session.exec(delete(TraceRow).where(col(TraceRow.story_id) == story.id))
    votes = settle(reports_of(session, story.id))
    line = Line.of(session)
    save_votes(line, story.id, story.first_at, votes)
    add_traces(line, story.id, story.first_at, words, votes)


def _told(session: Session, story: StoryRow, listeners: Collection[str]) -> list[str]:
    """Who was told of it. Of an alert so long ago that it is not kept to whom it went: all `listeners`."""
    delivered = DeliveryRow, col(DeliveryRow.alert_id) == col(AlertRow.id)
    alerts = select(DeliveryRow.receiver).select_from(AlertRow).join(*delivered, isouter=True)
    told = set(session.exec(alerts.where(AlertRow.story_id == story.id)))
    return sorted({*told, *listeners} - {None} if None in told else told)


def _share_names(session: Session, story: StoryRow, parted: StoryRow) -> None:
    """Stories that were once merged into this one go on to stand for the part they are more like."""
    for name in session.exec(select(StoryRow).where(StoryRow.merged_into == story.id)).all():
        if len({*name.words} & {*parted.words}) > len({*name.words} & {*story.words}):
            name.merged_into = parted.id


def _tell(
    session: Session,
    story: StoryRow,
    receivers: Sequence[str],
    now: datetime,
    reason: str,
    templates: Templates,
) -> None:
    """By its first article, in the words in which it would have been told then."""
    assert story.id is not None
    first = min(_articles(session, story), key=lambda row: stored_article(row, ()).at)
    rows = session.exec(select(MatchRow).where(MatchRow.article_id == first.id)).all()
    matches = tuple(
        Match(row.rule_id, row.rule_name, Severity(row.severity), (), evidence_of(_documents(row)))
        for row in rows
    )
    alert = Alert(
        key=key_of(story.key, now.isoformat()),
        kind=Kind.NEW,
        article=stored_article(first, ()),
        matches=matches,
        votes=settle(reports_of(session, story.id)),
        changes=(),
        receivers=tuple(receivers),
        reason=reason,
    )
    said, _ = templates.told(alert)
    add_alert(
        Line.of(session),
        said,
        receivers,
        now,
        kind=alert.kind.value,
        story=story.id,
        article=first.id,
        rules=[match.rule_id for match in matches],
        reason=reason,
    )
    story.told = sorted(receivers)


def _documents(row: MatchRow) -> list[Any]:
    assert isinstance(row.evidence, list)
    return row.evidence
