"""The one transaction in which everything that a poll learned becomes true, or nothing does."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from datetime import datetime
from typing import Any

from sqlmodel import Session

from watcher.core.alerts.silences import Silence
from watcher.core.assessment import Assessment
from watcher.core.forms import evidence_documents, vote_document
from watcher.core.keys import digest
from watcher.core.messages import Message
from watcher.core.messages.troubles import Operators
from watcher.core.sources.polling import Rhythm
from watcher.core.sources.schedule import Plan
from watcher.edges.store import former, known, outbox, silencing, sources
from watcher.edges.store.alerting import add_alert
from watcher.edges.store.former import Carried
from watcher.edges.store.line import Line
from watcher.edges.store.memory import Memory, article_number
from watcher.edges.store.pages import Pages
from watcher.edges.store.rhythm import rhythms
from watcher.edges.store.rows import (
    ArticleRow,
    FileRow,
    MatchRow,
)
from watcher.edges.store.sources import Ended, Unchanged
from watcher.edges.store.telling import save_story
from watcher.edges.store.testimonies import moved


class Ingest:
    """Reads and writes inside one transaction; made by Store.ingest() and of no use after it."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self.memory = Memory(session)
        self.pages = Pages(session)
        self._silences: list[Silence] | None = None

    def save(
        self, assessment: Assessment, said: Message | None, now: datetime, *, final: bool = True
    ) -> None:
        """All of it: the article, new or rewritten, its matches, its story, and its alert with the outbox rows.

        `said`: the words of the alert, where there is one. Not `final`: at the next poll the article is read again.
        """
        line = Line.of(self._session)
        story_id = save_story(line, assessment.story, assessment.testimony) if assessment.story else None
        article_id = _save_article(line, assessment, story_id, final=final)
        if (alert := assessment.alert) and said:
            number = add_alert(
                line,
                said,
                alert.receivers,
                now,
                kind=alert.kind.value,
                story=story_id,
                article=article_id,
                rules=[match.rule_id for match in alert.matches],
                reason=alert.reason,
            )
            silencing.suppress(self._session, number, assessment.spared)

    def silences(self, now: datetime) -> list[Silence]:
        """Those that hold now; asked once for all that this transaction learns."""
        if self._silences is None:
            self._silences = silencing.holding(self._session, now)
        return self._silences

    def tell_operator(self, trouble: Message, operators: Operators, now: datetime) -> None:
        """Put a trouble of our own into the outbox for who is to hear of it, unless its key was told already."""
        outbox.tell_operator(self._session, trouble, operators, now)

    def save_unmatched(self, articles: Iterable[tuple[Assessment, bool]]) -> None:
        """New articles that satisfy no rule, which are most, by one statement; each with whether it is final."""
        rows = [_new(told, None, final=final) for told, final in articles]
        Line.of(self._session).add_all(ArticleRow, rows)

    def known(self, articles: Iterable[tuple[str, str]]) -> dict[tuple[str, str], str]:
        """The digests of those of these articles (source, key) that there are."""
        return known.these(Line.of(self._session), articles)

    def settle_sources(self, polls: Sequence[Ended | Unchanged]) -> None:
        """Record how polls ended, with what they taught; what is news of a feed becomes a part of its history."""
        sources.settle(self._session, polls)

    def reached_at(self, until: datetime, *, outside: bool) -> datetime | None:
        """When a server was last heard of before that moment, whatever it said; as far as that is recorded.

        `outside`: one that is not in our own network.
        """
        return sources.reached_at(self._session, until, outside=outside)

    def leave_alone(self, url: str, until: Plan) -> None:
        """All sources of the server of `url`: who asks for peace asks for all that comes from us."""
        sources.leave_alone(self._session, url, until)

    def rhythms(self, sources: Collection[str], now: datetime) -> dict[str, Rhythm]:
        """By source: entries a day lately, and when the last one was published, of those that have come by now."""
        return rhythms(Line.of(self._session), sources, now)

    def carries(self, feeds: Iterable[Carried], now: datetime) -> None:
        """What feeds carry now."""
        former.carried(self._session, feeds, now)

    def settle_file(self, source: str, name: str, signature: str, error: str | None, lost: int = 0) -> None:
        """Record that a file was read, or why it was set aside; until its signature changes it is left alone.

        `lost`: how often its parser was lost, in a row; an empty signature has it tried again.
        """
        self._session.merge(FileRow(source=source, name=name, signature=signature, error=error, lost=lost))

    def times_lost(self, source: str, name: str) -> int:
        row = self._session.get(FileRow, (source, name))
        return row.lost if row is not None else 0


def _save_article(line: Line, told: Assessment, story_id: int | None, *, final: bool) -> int:
    """With its matches. Returns the id of its row."""
    article = told.article
    number = article_number(line, article)
    if number is None:
        number = line.add(ArticleRow, _new(told, story_id, final=final))
    else:
        moved(line, number, story_id)
        line.change(ArticleRow, number, _content(told, story_id, final=final))
        line.remove(MatchRow, "article_id", number)
    matches = [
        {
            "article_id": number,
            "rule_id": match.rule_id,
            "rule_name": match.rule_name,
            "severity": match.severity.value,
            "evidence": evidence_documents(match.evidence, article),
        }
        for match in told.judgement.matches
    ]
    line.add_all(MatchRow, matches)
    return number


def _new(told: Assessment, story_id: int | None, *, final: bool) -> dict[str, Any]:
    """The row of an article that has none yet."""
    article = told.article
    first = {"source": article.source, "key": article.key, "seen_at": article.seen_at, "by_hand": False}
    return {**first, **_content(told, story_id, final=final)}


def _content(told: Assessment, story_id: int | None, *, final: bool) -> dict[str, Any]:
    """What a row says of an article that its source may rewrite."""
    article, kind = told.article, told.decision.kind
    return {
        "digest": digest(article) if final else "",
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


def _votes(told: Assessment) -> Iterable[dict[str, Any]]:
    """The votes an article tells. `elsewhere`: another story tells this one; it is no witness for its own."""
    own = told.report.votes if told.report else ()
    for vote in told.judgement.votes:
        yield {**vote_document(vote, told.article), "elsewhere": vote not in own}
