"""What people ask the memory: documents for `--json` and for tables. Nothing here writes."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from sqlmodel import Session, col, func, or_, select, tuple_

from watcher.core.alerts.silences import Silence
from watcher.core.forms import Document
from watcher.core.model import Article
from watcher.core.sources.outages import Outage, outage
from watcher.edges.store import silencing
from watcher.edges.store.events import Events
from watcher.edges.store.memory import stored_article
from watcher.edges.store.pages import Pages
from watcher.edges.store.rows import (
    AlertRow,
    ArticleRow,
    DeliveryRow,
    FileRow,
    HistoryRow,
    MatchRow,
    PageRow,
    SilenceRow,
    SourceRow,
    StoryRow,
    TurnRow,
)
from watcher.edges.store.sources import reached_at, unreached

# Of an article in the order in which articles were seen: when it was, and its id.
Place = tuple[datetime, int]


class Reading:
    """Questions inside one consistent view of the database; made by Store.reading()."""

    def __init__(self, session: Session) -> None:
        self._session = session

    @property
    def events(self) -> Events:
        """Questions about votes and stories."""
        return Events(self._session)

    @property
    def pages(self) -> Pages:
        """Questions about pages."""
        return Pages(self._session)

    def articles(self, since: datetime | None, limit: int) -> list[Document]:
        """The latest first, matched or not, each with what came of it and why."""
        rows = self._session.exec(
            select(ArticleRow)
            .where(*_after(ArticleRow.seen_at, since))
            .order_by(col(ArticleRow.seen_at).desc(), col(ArticleRow.id).desc())
            .limit(limit)
        ).all()
        rules = self._rules_of([row.id for row in rows if row.id is not None])
        return [{**_article(row), "rules": rules.get(row.id or 0, [])} for row in rows]

    def article(self, number: int) -> tuple[Article, Document] | None:
        """One article by its id, with its page, and what came of it: its reason, the alerts that told it, and in
        `no_page` why the page that was wanted is not there.
        """
        row = self._session.get(ArticleRow, number)
        if row is None:
            return None
        alerts = self._session.exec(select(AlertRow).where(AlertRow.article_id == number)).all()
        deliveries = self._deliveries_of([alert.id for alert in alerts if alert.id is not None])
        told = [
            {"key": a.key, "kind": a.kind, "subject": a.subject, "deliveries": deliveries.get(a.id or 0, [])}
            for a in alerts
        ]
        page = self.pages.known([row.url or ""]).get(row.url or "")
        article = replace(stored_article(row, ()), page=(page and page.text) or "")
        return article, {**_article(row), "alerts": told, "no_page": page and page.error}

    def silences(self, now: datetime) -> list[Silence]:
        """Those that hold now."""
        return silencing.holding(self._session, now)

    def archive(self, since: datetime, tags: Mapping[str, tuple[str, ...]]) -> Iterator[Article]:
        """The articles seen since then, matched or not, with their pages, in the order of time. `tags`: those of each
        source.
        """
        asked = _with_pages(since).order_by(col(ArticleRow.seen_at), col(ArticleRow.id))
        for row, page in self._session.exec(asked.execution_options(yield_per=500)):
            yield _whole(row, page, tags)

    def latest(
        self, since: datetime, tags: Mapping[str, tuple[str, ...]], limit: int, before: Place | None = None
    ) -> tuple[list[Article], Place | None]:
        """The last articles of the archive, at most `limit`, the latest first; and the place before which to go on."""
        asked = _with_pages(since).order_by(col(ArticleRow.seen_at).desc(), col(ArticleRow.id).desc())
        if before:
            asked = asked.where(tuple_(col(ArticleRow.seen_at), col(ArticleRow.id)) < before)
        rows = self._session.exec(asked.limit(limit)).all()
        place = (rows[-1][0].seen_at, rows[-1][0].id or 0) if rows else None
        return [_whole(row, page, tags) for row, page in rows], place

    def matches(self, since: datetime | None, limit: int) -> list[Document]:
        """One for each article and rule, the latest first, with the words that made it match."""
        rows = self._session.exec(
            select(MatchRow, ArticleRow)
            .join(ArticleRow, col(ArticleRow.id) == col(MatchRow.article_id))
            .where(*_after(ArticleRow.seen_at, since))
            .order_by(col(ArticleRow.seen_at).desc(), col(ArticleRow.id).desc())
            .limit(limit)
        )
        return [
            {
                "rule": match.rule_id,
                "severity": match.severity,
                **_article(article),
                "evidence": match.evidence,
                "votes": article.votes,
            }
            for match, article in rows
        ]

    def alerts(self, since: datetime | None, limit: int, key: str | None = None) -> list[Document]:
        """The latest first, each with how it fared at every receiver; or the one with this key."""
        rows: Sequence[tuple[AlertRow, StoryRow | None]] = self._session.exec(
            select(AlertRow, StoryRow)
            .join(StoryRow, col(StoryRow.id) == col(AlertRow.story_id), isouter=True)
            .where(*_after(AlertRow.decided_at, since), *(() if key is None else (col(AlertRow.key) == key,)))
            .order_by(col(AlertRow.id).desc())
            .limit(limit)
        ).all()
        deliveries = self._deliveries_of([alert.id for alert, _ in rows if alert.id is not None])
        return [
            {
                "key": alert.key,
                "kind": alert.kind,
                "severity": alert.severity,
                "decided_at": alert.decided_at.isoformat(),
                "subject": alert.subject,
                "text": alert.text,
                "rules": alert.rules,
                "story": story and story.key,
                "article": alert.article_id,
                "reason": alert.reason,
                "deliveries": deliveries.get(alert.id or 0, []),
            }
            for alert, story in rows
        ]

    def sources(self) -> list[Document]:
        """What polling has taught of each feed."""
        return [
            {
                "name": row.name,
                "url": row.url,
                "polled_at": _iso(turn.polled_at),
                "succeeded_at": _iso(turn.succeeded_at),
                "next_poll_at": turn.next_poll_at.isoformat(),
                "failures": row.failures,
                "error": row.error,
                "failing_since": _iso(row.failing_since),
                "unreached_since": _iso(turn.unreached_since),
                "interval": turn.interval,
                "why": turn.why,
                "gap_at": _iso(row.gap_at),
                "pace": row.pace,
                "last_entry_at": _iso(row.last_entry_at),
                "clock_off": row.clock_off,
                "moved_to": row.moved_to,
            }
            for row, turn in self._session.exec(
                select(SourceRow, TurnRow).join(TurnRow).order_by(SourceRow.name)
            )
        ]

    def history(self, source: str, limit: int) -> list[Document]:
        """What happened to a source, and to the network of this machine, the latest first."""
        rows = self._session.exec(
            select(HistoryRow)
            .where(or_(col(HistoryRow.source) == source, col(HistoryRow.source).is_(None)))
            .order_by(col(HistoryRow.at).desc(), col(HistoryRow.id).desc())
            .limit(limit)
        )
        return [{"at": row.at.isoformat(), "what": row.what, "says": row.says} for row in rows]

    def outage(self, now: datetime) -> Outage | None:
        """That of the network of this machine, if there is one."""
        return outage(reached_at(self._session, now, outside=True), unreached(self._session))

    def entries(self, since: datetime) -> dict[str, Document]:
        """Source -> how many of its entries were published since then, and when the first and the last of all were."""
        moment = func.coalesce(ArticleRow.published_at, ArticleRow.seen_at)
        recent = func.count().filter(moment >= since)
        statement = select(ArticleRow.source, recent, func.min(moment), func.max(moment))
        return {
            source: {"recent": number, "first_at": _iso(first), "last_at": _iso(last)}
            for source, number, first, last in self._session.exec(statement.group_by(ArticleRow.source))
        }

    def article_counts(self, since: datetime | None) -> dict[str, int]:
        """Source -> how many of its articles are kept, of those seen since then."""
        statement = select(ArticleRow.source, _number()).where(*_after(ArticleRow.seen_at, since))
        statement = statement.group_by(ArticleRow.source)
        return dict(self._session.exec(statement).all())

    def refused_files(self) -> list[Document]:
        """Files of drop folders that were set aside, or read in part only."""
        rows = self._session.exec(select(FileRow).where(col(FileRow.error).is_not(None)))
        return [{"source": row.source, "name": row.name, "error": row.error} for row in rows]

    def totals(self) -> Document:
        """How many articles, matches, stories and alerts there are, and silences that hold; the outbox by receiver and
        state.
        """
        tables = {"articles": ArticleRow, "matches": MatchRow, "stories": StoryRow, "alerts": AlertRow}
        totals: Document = {
            name: self._session.exec(select(_number()).select_from(table)).one()
            for name, table in tables.items()
        }
        outbox: dict[str, dict[str, int]] = {}
        for receiver, state, count in self._session.exec(
            select(DeliveryRow.receiver, DeliveryRow.state, _number()).group_by(
                col(DeliveryRow.receiver), col(DeliveryRow.state)
            )
        ):
            outbox.setdefault(receiver, {})[state] = count
        last: dict[str, Any] = {
            "last_poll_at": func.max(TurnRow.polled_at),
            "last_article_at": func.max(ArticleRow.seen_at),
            "last_match_at": select(func.max(ArticleRow.seen_at))
            .join(MatchRow, col(MatchRow.article_id) == ArticleRow.id)
            .scalar_subquery(),
            "last_alert_at": func.max(AlertRow.decided_at),
        }
        moments = {name: _iso(self._session.exec(select(moment)).one()) for name, moment in last.items()}
        hold = select(_number()).select_from(SilenceRow).where(col(SilenceRow.ended_at).is_(None))
        return {**totals, **moments, "silences": self._session.exec(hold).one(), "outbox": outbox}

    def _rules_of(self, articles: Sequence[int]) -> dict[int, list[str]]:
        found: dict[int, list[str]] = {}
        statement = select(MatchRow.article_id, MatchRow.rule_id).where(
            col(MatchRow.article_id).in_(articles)
        )
        for article, rule in self._session.exec(statement):
            found.setdefault(article, []).append(rule)
        return found

    def _deliveries_of(self, alerts: Sequence[int]) -> dict[int, list[Document]]:
        found: dict[int, list[Document]] = {}
        for row in self._session.exec(select(DeliveryRow).where(col(DeliveryRow.alert_id).in_(alerts))):
            found.setdefault(row.alert_id, []).append(
                {
                    "receiver": row.receiver,
                    "state": row.state,
                    "attempts": row.attempts,
                    "sent_at": _iso(row.sent_at),
                    "due_at": row.due_at.isoformat() if row.state == "retry" else None,
                    "maybe_sent": row.maybe_sent,
                    "error": row.error,
                }
            )
        return found


def _with_pages(since: datetime) -> Any:
    """The articles seen since then."""
    pages = PageRow, col(PageRow.url) == col(ArticleRow.url)
    return select(ArticleRow, PageRow.text).join(*pages, isouter=True).where(col(ArticleRow.seen_at) >= since)


def _whole(row: ArticleRow, page: str | None, tags: Mapping[str, tuple[str, ...]]) -> Article:
    return replace(stored_article(row, tags.get(row.source, ())), page=page or "")


def _article(row: ArticleRow) -> Document:
    return {
        "id": row.id,
        "source": row.source,
        "title": row.title,
        "url": row.url,
        "published_at": _iso(row.published_at),
        "seen_at": row.seen_at.isoformat(),
        "decision": row.decision,
        "reason": row.reason,
    }


def _number() -> Any:
    """COUNT(*); sqlmodel's select() has no overload for it."""
    return func.count()


def _after(column: Any, since: datetime | None) -> tuple[Any, ...]:
    return () if since is None else (col(column) >= since,)


def _iso(moment: datetime | None) -> str | None:
    return moment.isoformat() if moment else None
