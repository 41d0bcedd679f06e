"""The one transaction in which everything that a poll learned becomes true, or nothing does."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from sqlmodel import Session, col, delete

from watcher.core.assessment import Assessment
from watcher.core.forms import evidence_documents, vote_document
from watcher.core.keys import digest
from watcher.core.messages import Message
from watcher.core.polling import SourceState
from watcher.edges.store.memory import Memory, article_row
from watcher.edges.store.pages import Pages
from watcher.edges.store.rows import AlertRow, ArticleRow, DeliveryRow, FileRow, MatchRow, SourceRow
from watcher.edges.store.telling import save_story


class Ingest:
    """Reads and writes inside one transaction; made by Store.ingest() and of no use after it."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self.memory = Memory(session)
        self.pages = Pages(session)

    def save(
        self, assessment: Assessment, said: Message | None, now: datetime, *, final: bool = True
    ) -> None:
        """All of it: the article, new or rewritten, its matches, its story, and its alert with the outbox rows.

        `said`: the words of the alert, where there is one. Not `final`: at the next poll the article is read again.
        """
        story_id = save_story(self._session, assessment.story) if assessment.story else None
        article_id = self._save_article(assessment, story_id, digest(assessment.article) if final else "")
        self._save_matches(article_id, assessment)
        if (alert := assessment.alert) and said:
            row = add_alert(self._session, said, alert.receivers, now, kind=alert.kind.value)
            row.story_id, row.article_id, row.reason = story_id, article_id, alert.reason
            row.rules = [match.rule_id for match in alert.matches]

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
            "rank": told.report.rank if told.report else 0,
            "decision": kind.value if kind else None,
            "reason": told.decision.reason,
            "votes": list(_votes(told)),
        }
        row = article_row(self._session, article)
        if row is None:
            row = ArticleRow(source=article.source, key=article.key, seen_at=article.seen_at, **content)
        else:
            row.sqlmodel_update(content)
        self._session.add(row)
        self._session.flush()
        assert row.id is not None
        return row.id

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


def _votes(told: Assessment) -> Iterable[dict[str, Any]]:
    """The votes an article tells. `elsewhere`: another story tells this one; it is no witness for its own."""
    own = told.report.votes if told.report else ()
    for vote in told.judgement.votes:
        yield {**vote_document(vote, told.article), "elsewhere": vote not in own}


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
