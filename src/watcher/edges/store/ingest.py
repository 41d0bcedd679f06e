"""The one transaction in which everything that a poll learned becomes true, or nothing does."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlmodel import Session, col, delete, select

from watcher.core.forms import evidence_documents, vote_document, vote_of
from watcher.core.model import Article, Match, Vote
from watcher.core.polling import SourceState
from watcher.core.stories import WINDOW, Story
from watcher.core.wording import Alert, Message
from watcher.edges.store.rows import (
    AlertRow,
    ArticleRow,
    DeliveryRow,
    FileRow,
    MatchRow,
    SourceRow,
    StoryRow,
)


@dataclass(frozen=True, slots=True)
class Known:
    """An article we have: its row's id, the digest of its content, and its story, where it has one."""

    id: int
    digest: str
    story: Story | None


class Ingest:
    """Reads and writes inside one transaction; made by Store.ingest() and of no use after it."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def known(self, source: str, key: str) -> Known | None:
        row = self._session.exec(
            select(ArticleRow).where(ArticleRow.source == source, ArticleRow.key == key)
        ).one_or_none()
        if row is None or row.id is None:
            return None
        story = self._session.get(StoryRow, row.story_id) if row.story_id else None
        return Known(row.id, row.digest, _story(story) if story else None)

    def digests(self, source: str, keys: Sequence[str]) -> dict[str, str]:
        """The digests of those of the keys that are known: one statement for a whole feed."""
        rows = self._session.exec(
            select(ArticleRow.key, ArticleRow.digest).where(
                ArticleRow.source == source, col(ArticleRow.key).in_(keys)
            )
        )
        return dict(rows.all())

    def stories_around(self, at: datetime) -> list[Story]:
        """The stories near enough in time to be the article's, the latest first."""
        rows = self._session.exec(
            select(StoryRow)
            .where(col(StoryRow.last_at) >= at - WINDOW, col(StoryRow.first_at) <= at + WINDOW)
            .order_by(col(StoryRow.last_at).desc())
        )
        return [_story(row) for row in rows]

    def save_story(self, story: Story) -> int:
        """Insert or update, by its key. Returns the row's id."""
        row = self._session.exec(select(StoryRow).where(StoryRow.key == story.key)).one_or_none()
        row = row or StoryRow(
            key=story.key, title="", first_at=story.first_at, last_at=story.last_at,
            rules=[], words=[], votes=[], alerted=False,
        )  # fmt: skip
        row.title, row.first_at, row.last_at = story.title, story.first_at, story.last_at
        row.rules, row.words = sorted(story.rules), sorted(story.words)
        row.votes = [vote_document(vote) for vote in story.votes]
        row.alerted = story.alerted
        return self._saved(row)

    def save_article(
        self,
        article: Article,
        digest: str,
        votes: Sequence[Vote],
        story_id: int | None,
        decision: str | None,
        reason: str,
    ) -> int:
        """Insert, or replace what the source has rewritten. Returns the row's id."""
        row = self._session.exec(
            select(ArticleRow).where(ArticleRow.source == article.source, ArticleRow.key == article.key)
        ).one_or_none()
        content: dict[str, Any] = {
            "digest": digest,
            "title": article.title,
            "text": article.text,
            "url": article.url,
            "language": article.language,
            "published_at": article.published_at,
            "story_id": story_id,
            "decision": decision,
            "reason": reason,
            "votes": [vote_document(vote, article) for vote in votes],
        }
        if row is None:
            row = ArticleRow(source=article.source, key=article.key, seen_at=article.seen_at, **content)
        else:
            row.sqlmodel_update(content)
        return self._saved(row)

    def save_matches(self, article_id: int, article: Article, matches: Sequence[Match]) -> None:
        self._session.exec(delete(MatchRow).where(col(MatchRow.article_id) == article_id))
        for match in matches:
            self._session.add(
                MatchRow(
                    article_id=article_id,
                    rule_id=match.rule_id,
                    rule_name=match.rule_name,
                    severity=match.severity.value,
                    evidence=evidence_documents(match.evidence, article),
                )
            )

    def save_alert(
        self, alert: Alert, message: Message, story_id: int, article_id: int, decided_at: datetime
    ) -> None:
        """The alert and its outbox rows, one for each receiver, due now."""
        row = AlertRow(
            key=alert.key,
            story_id=story_id,
            article_id=article_id,
            kind=alert.kind.value,
            severity=alert.severity.value,
            decided_at=decided_at,
            subject=message.subject,
            text=message.text,
            html=message.html,
            rules=[match.rule_id for match in alert.matches],
            reason=alert.reason,
        )
        alert_id = self._saved(row)
        for receiver in alert.receivers:
            self._session.add(
                DeliveryRow(
                    alert_id=alert_id,
                    receiver=receiver,
                    state="pending",
                    created_at=decided_at,
                    due_at=decided_at,
                )
            )

    def settle_source(
        self, state: SourceState, now: datetime, next_poll_at: datetime, error: str | None
    ) -> None:
        """Record how a poll ended, with what it taught: `state` is what holds from now on. The lease ends."""
        row = self._session.get(SourceRow, state.name)
        if row is None:  # taken out of the config while it was polled
            return
        row.etag, row.last_modified, row.body_hash = state.etag, state.last_modified, state.body_hash
        row.failures, row.error = state.failures, error
        row.polled_at, row.next_poll_at, row.leased_until = now, next_poll_at, None
        if state.failures == 0:
            row.succeeded_at = now
        if not state.first and row.baseline_at is None:
            row.baseline_at = now

    def settle_file(self, source: str, name: str, signature: str, error: str | None) -> None:
        """Record that a file was read, or why it was set aside; until its signature changes it is left alone."""
        self._session.merge(FileRow(source=source, name=name, signature=signature, error=error))

    def _saved(self, row: StoryRow | ArticleRow | AlertRow) -> int:
        """Flushed, so that it has an id: which is returned."""
        self._session.add(row)
        self._session.flush()
        assert row.id is not None
        return row.id


def _story(row: StoryRow) -> Story:
    return Story(
        key=row.key,
        title=row.title,
        first_at=row.first_at,
        last_at=row.last_at,
        rules=frozenset(row.rules),
        words=frozenset(row.words),
        votes=tuple(vote_of(document) for document in row.votes if isinstance(document, dict)),
        alerted=row.alerted,
    )
