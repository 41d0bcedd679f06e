"""What was told before, found by what a new article has in common with it: at a cost that does not grow with the years.

An index holds the traces of each story (core.stories.traces). Of the stories that share one only the latest few are
looked at, and of all found only the likeliest are loaded.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, datetime, timedelta
from functools import cache
from typing import Any

import sqlalchemy
from sqlalchemy import Row, TextClause, bindparam, text
from sqlmodel import Session, col, select

from watcher.core.assessment import Earlier
from watcher.core.forms import vote_of
from watcher.core.model import Article, Vote
from watcher.core.stories import facts
from watcher.core.stories.outlets import outlet
from watcher.core.stories.placing import FACTS_WINDOW, MOST_OF_A_TRACE, WINDOW, Story, likeliest
from watcher.core.stories.record import Past
from watcher.core.stories.reports import Report
from watcher.edges.store.rows import ArticleRow, StoryRow, TraceRow, VoteRow

_EVER = timedelta(days=366 * 100)
_MOST_REPORTS = (
    500  # the first ones know the facts; a live blog that is rewritten for weeks must not slow us down
)


class Memory:
    """The memory of core.assessment, inside one transaction."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def earlier(self, article: Article) -> Earlier | None:
        row = article_row(self._session, article)
        if row is None:
            return None
        stories = self._stories([self._rows([row.story_id])[row.story_id]]) if row.story_id else []
        return Earlier(stored_article(row, ()), stories[0] if stories else None, row.by_hand)

    def near(self, traces: Iterable[str], at: datetime) -> Sequence[Story]:
        within = {trace: FACTS_WINDOW if trace.startswith("=") else WINDOW for trace in traces}
        wanted = likeliest(self._holders(within, at))
        if not wanted:
            return []
        rows = self._rows(wanted)
        return self._stories([rows[number] for number in wanted])

    def reports(self, story: Story) -> Sequence[Report]:
        row = story_row(self._session, story.key)
        return reports_of(self._session, row) if row else ()

    def record(self, traces: Iterable[str]) -> Sequence[Past]:
        holders = self._holders(dict.fromkeys(traces, _EVER), datetime(2000, 1, 1, tzinfo=UTC))
        wanted = select(VoteRow.facts, VoteRow.at).where(col(VoteRow.story_id).in_(likeliest(holders)))
        votes = [(vote_of(_facts(told)), at) for told, at in self._session.exec(wanted)]
        return [Past(vote, vote.date or at.date()) for vote, at in votes]

    def _holders(self, within: Mapping[str, timedelta], at: datetime) -> dict[str, list[int]]:
        """Trace -> the latest stories that have it, by their row. One statement, bounded for each trace.

        `within`: trace -> how far from `at` a story may have begun.
        """
        if not within:
            return {}
        self._session.flush()  # what this transaction has added a moment ago is found as well
        values: dict[str, Any] = {"most": MOST_OF_A_TRACE}
        for number, trace in enumerate(sorted(within)):
            values[f"trace{number}"] = trace
            values[f"after{number}"], values[f"before{number}"] = at - within[trace], at + within[trace]
        holders: dict[str, list[int]] = {}
        for trace, story_id in self._session.connection().execute(_latest(len(within)), values).all():
            holders.setdefault(trace, []).append(story_id)
        return holders

    def _rows(self, stories: Iterable[int]) -> dict[int, Row[Any]]:
        """By id. Plain rows cost a third of mapped ones, and this is done for every candidate."""
        table = StoryRow.__table__  # type: ignore[attr-defined]
        found = self._session.connection().execute(table.select().where(table.c.id.in_(list(stories))))
        return {row.id: row for row in found.all()}

    def _stories(self, rows: Sequence[Row[Any]]) -> list[Story]:
        """With their votes. A story that a person has merged into another is the other, known by its own words, and
        by the vote that it was about.
        """
        into = {row.merged_into for row in rows if row.merged_into}
        merged = self._rows(into) if into else {}
        targets = [merged[row.merged_into] if row.merged_into else row for row in rows]
        votes = self._votes({row.id for row in targets})
        return [
            _story(target, row.words, self._own_first(row, votes.get(target.id, [])))
            for row, target in zip(rows, targets, strict=True)
        ]

    def _own_first(self, row: Row[Any], votes: list[Vote]) -> list[Vote]:
        if not row.merged_into or len(votes) < 2:
            return votes
        own = set(self._session.exec(select(TraceRow.trace).where(TraceRow.story_id == row.id)))
        return sorted(votes, key=lambda vote: own.isdisjoint(facts.traces(vote)))

    def _votes(self, stories: set[int]) -> dict[int, list[Vote]]:
        found: dict[int, list[Vote]] = {}
        wanted = select(VoteRow.story_id, VoteRow.facts).where(col(VoteRow.story_id).in_(stories))
        for story, facts_told in self._session.exec(wanted.order_by(col(VoteRow.number))):
            found.setdefault(story, []).append(vote_of(_facts(facts_told)))
        return found


@cache
def _latest(traces: int) -> TextClause:
    """For so many traces, each with its span of time, the latest stories that have it."""
    one = (
        "SELECT * FROM (SELECT trace, story_id FROM trace WHERE trace = :trace{0}"
        " AND at BETWEEN :after{0} AND :before{0} ORDER BY at DESC LIMIT :most) AS latest{0}"
    )
    moment = TraceRow.__table__.c.at.type  # type: ignore[attr-defined]
    moments = [
        bindparam(f"{end}{number}", type_=moment) for number in range(traces) for end in ("after", "before")
    ]
    return text(" UNION ALL ".join(map(one.format, range(traces)))).bindparams(*moments)


def reports_of(session: Session, story: StoryRow) -> list[Report]:
    """Of a story, in the order in which they came."""
    session.flush()
    kept = ArticleRow.__table__.c  # type: ignore[attr-defined]
    wanted = sqlalchemy.select(kept.source, kept.key, kept.url, kept.rank, kept.votes)
    rows = session.connection().execute(
        wanted.where(kept.story_id == story.id).order_by(kept.id).limit(_MOST_REPORTS)
    )
    return [
        Report(
            article=(row.source, row.key),
            outlet=outlet(row.source, row.url),
            rank=row.rank,
            votes=tuple(vote_of(vote) for vote in row.votes if not vote.get("elsewhere")),
        )
        for row in rows.all()
    ]


def story_row(session: Session, key: str) -> StoryRow | None:
    return session.exec(select(StoryRow).where(StoryRow.key == key)).one_or_none()


def article_row(session: Session, article: Article) -> ArticleRow | None:
    wanted = select(ArticleRow).where(ArticleRow.source == article.source, ArticleRow.key == article.key)
    return session.exec(wanted).one_or_none()


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


def _story(row: Row[Any], words: Iterable[str], votes: Sequence[Vote]) -> Story:
    return Story(
        key=row.key,
        title=row.title,
        first_at=row.first_at,
        last_at=row.last_at,
        rules=frozenset(row.rules),
        words=frozenset(words),
        votes=tuple(votes),
        told=frozenset(row.told),
    )


def _facts(stored: object) -> dict[str, Any]:
    assert isinstance(stored, dict)
    return stored
