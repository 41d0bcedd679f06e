"""The one transaction in which everything that a poll learned becomes true, or nothing does."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import Any

from sqlmodel import Session, col, delete, select

from watcher.core.assessment import Assessment, Earlier
from watcher.core.forms import evidence_documents, vote_document, vote_of
from watcher.core.keys import digest
from watcher.core.model import Article
from watcher.core.polling import SourceState
from watcher.core.stories import WINDOW, Story
from watcher.core.wording import Message
from watcher.edges.store.rows import (
    AlertRow,
    ArticleRow,
    DeliveryRow,
    FileRow,
    MatchRow,
    SourceRow,
    StoryRow,
)


class Ingest:
    """Reads and writes inside one transaction; made by Store.ingest() and of no use after it."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def earlier(self, article: Article) -> Earlier | None:
        """The article as we had it before its source rewrote it, if we had it."""
        row = self._article_row(article)
        if row is None:
            return None
        story = self._session.get(StoryRow, row.story_id) if row.story_id else None
        votes = tuple(vote_of(document) for document in row.votes if isinstance(document, dict))
        return Earlier(stored_article(row, ()), votes, _story(story) if story is not None else None)

    def stories_around(self, at: datetime) -> Iterator[Story]:
        """The stories near enough in time, the latest first; asked for only when the first one is taken."""
        rows = self._session.exec(
            select(StoryRow)
            .where(col(StoryRow.last_at) >= at - WINDOW, col(StoryRow.first_at) <= at + WINDOW)
            .order_by(col(StoryRow.last_at).desc())
        )
        yield from map(_story, rows.all())

    def save(
        self, assessment: Assessment, said: Message | None, now: datetime, *, final: bool = True
    ) -> None:
        """All of it: the article, new or rewritten, its matches, its story, and its alert with the outbox rows.

        `said`: the words of the alert, where there is one. Not `final`: at the next poll the article is read again.
        """
        story_id = self._save_story(assessment.story) if assessment.story else None
        article_id = self._save_article(assessment, story_id, digest(assessment.article) if final else "")
        self._save_matches(article_id, assessment)
        if (alert := assessment.alert) and said:
            row = add_alert(self._session, said, alert.receivers, now, kind=alert.kind.value)
            row.story_id, row.article_id, row.reason = story_id, article_id, alert.reason
            row.rules = [match.rule_id for match in alert.matches]

    def _save_story(self, story: Story) -> int:
        row = self._session.exec(select(StoryRow).where(StoryRow.key == story.key)).one_or_none()
        content: dict[str, Any] = {
            "title": story.title,
            "first_at": story.first_at,
            "last_at": story.last_at,
            "rules": sorted(story.rules),
            "words": sorted(story.words),
            "votes": [vote_document(vote) for vote in story.votes],
            "told": sorted(story.told),
        }
        if row is None:
            return self._saved(StoryRow(key=story.key, **content))
        row.sqlmodel_update(content)
        return self._saved(row)

    def _save_article(self, told: Assessment, story_id: int | None, content_digest: str) -> int:
        article, kind = told.article, told.decision.kind
        content: dict[str, Any] = {
            "digest": content_digest,
            "title": article.title,
            "text": article.text,
            "url": article.url,
            "language": article.language,
            "published_at": article.published_at,
            "story_id": story_id,
            "decision": kind.value if kind else None,
            "reason": told.decision.reason,
            "votes": [vote_document(vote, article) for vote in told.judgement.votes],
        }
        row = self._article_row(article)
        if row is None:
            row = ArticleRow(source=article.source, key=article.key, seen_at=article.seen_at, **content)
        else:
            row.sqlmodel_update(content)
        return self._saved(row)

    def _article_row(self, article: Article) -> ArticleRow | None:
        wanted = select(ArticleRow).where(ArticleRow.source == article.source, ArticleRow.key == article.key)
        return self._session.exec(wanted).one_or_none()

    def _save_matches(self, article_id: int, told: Assessment) -> None:
        self._session.exec(delete(MatchRow).where(col(MatchRow.article_id) == article_id))
        for match in told.judgement.matches:
            self._session.add(
                MatchRow(
                    article_id=article_id,
                    rule_id=match.rule_id,
                    rule_name=match.rule_name,
                    severity=match.severity.value,
                    evidence=evidence_documents(match.evidence, told.article),
                )
            )

    def settle_source(
        self, state: SourceState, now: datetime, next_poll_at: datetime, error: str | None
    ) -> None:
        """Record how a poll ended, with what it taught: `state` is what holds from now on. The lease ends."""
        row = self._session.get(SourceRow, state.name)
        if row is None:  # taken out of the config while it was polled
            return
        row.etag, row.last_modified = state.etag, state.last_modified
        row.body_hash, row.warning = state.body_hash, state.warning
        row.failures, row.error = state.failures, error
        row.polled_at, row.next_poll_at, row.leased_until = now, next_poll_at, None
        if state.failures == 0:
            row.succeeded_at = now
        if not state.first and row.baseline_at is None:
            row.baseline_at = now

    def settle_file(self, source: str, name: str, signature: str, error: str | None, lost: int = 0) -> None:
        """Record that a file was read, or why it was set aside; until its signature changes it is left alone.

        `lost`: how often its parser was lost, in a row; an empty signature has it tried again.
        """
        self._session.merge(FileRow(source=source, name=name, signature=signature, error=error, lost=lost))

    def times_lost(self, source: str, name: str) -> int:
        row = self._session.get(FileRow, (source, name))
        return row.lost if row is not None else 0

    def _saved(self, row: StoryRow | ArticleRow) -> int:
        """Flushed, so that it has an id: which is returned."""
        self._session.add(row)
        self._session.flush()
        assert row.id is not None
        return row.id


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


def _story(row: StoryRow) -> Story:
    return Story(
        key=row.key,
        title=row.title,
        first_at=row.first_at,
        last_at=row.last_at,
        rules=frozenset(row.rules),
        words=frozenset(row.words),
        votes=tuple(vote_of(document) for document in row.votes if isinstance(document, dict)),
        told=frozenset(row.told),
    )


def stored_article(row: ArticleRow, source_tags: tuple[str, ...]) -> Article:
    return Article(
        source=row.source,
        key=row.key,
        title=row.title,
        text=row.text,
        seen_at=row.seen_at,
        url=row.url,
        published_at=row.published_at,
        language=row.language,
        source_tags=source_tags,
    )
