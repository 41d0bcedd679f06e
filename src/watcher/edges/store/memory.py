"""What was told before, found by what a new article has in common with it: at a cost that does not grow with the years.

An index holds the traces of each story (core.stories.traces). Of the stories that share one only the latest few are
looked at, and of all found only the likeliest are loaded.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, datetime, timedelta
from functools import partial
from typing import Any, NamedTuple

from sqlalchemy import bindparam
from sqlmodel import Session, select

from watcher.core.assessment import Earlier
from watcher.core.forms import vote_of
from watcher.core.model import Article, Vote
from watcher.core.stories import facts
from watcher.core.stories.outlets import outlet
from watcher.core.stories.placing import FACTS_WINDOW, MOST_OF_A_TRACE, WINDOW, Story, likeliest
from watcher.core.stories.record import Past
from watcher.core.stories.reports import Report, Testimony
from watcher.edges.store.dialect import LATEST, among
from watcher.edges.store.line import Line, in_form, moment_of
from watcher.edges.store.rows import ArticleRow, TraceRow
from watcher.edges.store.testimonies import kept

_EVER = timedelta(days=366 * 100)


class _Known(NamedTuple):
    """A story as it is kept, but for what was heard of it, which may be long."""

    id: int
    key: str
    title: str
    first_at: str
    last_at: str
    rules: str
    words: str
    told: str
    merged_into: int | None


_ARTICLES = ArticleRow.__table__  # type: ignore[attr-defined]
_ARTICLE = _ARTICLES.select().where(_ARTICLES.c.id == bindparam("number"))
_STORIES = f"SELECT {', '.join(_Known._fields)} FROM story WHERE {among('id', 'stories')}"
_NUMBER = "SELECT id FROM article WHERE source = :source AND key = :key"
_OF_STORIES = f"FROM vote WHERE {among('story_id', 'stories')}"
_VOTES, _RECORD = f"SELECT story_id, facts {_OF_STORIES} ORDER BY number", f"SELECT facts, at {_OF_STORIES}"
_REPORT = "SELECT source, key, url, rank, votes FROM article WHERE story_id = :story"
_REPORTS, _WITH = f"{_REPORT} ORDER BY id", f"{_REPORT} OR (source = :source AND key = :key) ORDER BY id"


class Memory:
    """The memory of core.assessment, inside one transaction."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def earlier(self, article: Article) -> Earlier | None:
        number = article_number(self._line, article)
        if number is None:
            return None
        row = self._session.connection().execute(_ARTICLE, {"number": number}).one()
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
        """In the order in which they came."""
        number = story_number(self._line, story.key)
        return reports_of(self._session, number) if number else ()

    def reports_with(self, story: Story, report: Report) -> Sequence[Report]:
        source, key = report.article
        number = story_number(self._line, story.key)
        rows = self._line.ask(_WITH, story=number, source=source, key=key)
        return [report if row[:2] == report.article else _report(*row) for row in rows]

    def testimony(self, story: Story) -> Testimony:
        return kept(self._line, story.key) or Testimony.of(self.reports(story))

    def record(self, traces: Iterable[str]) -> Sequence[Past]:
        holders = self._holders(dict.fromkeys(traces, _EVER), datetime(2000, 1, 1, tzinfo=UTC))
        rows = self._line.ask(_RECORD, stories=json.dumps(likeliest(holders)))
        votes = [(vote_of(json.loads(told)), moment_of(at)) for told, at in rows]
        return [Past(vote, vote.date or at.date()) for vote, at in votes]

    def _holders(self, within: Mapping[str, timedelta], at: datetime) -> dict[str, list[int]]:
        """Trace -> the latest stories that have it, by their row. One statement, bounded for each trace.

        `within`: trace -> how far from `at` a story may have begun.
        """
        if not within:
            return {}
        spans = {span: (_kept(at - span), _kept(at + span)) for span in set(within.values())}
        wanted = json.dumps([(trace, *spans[within[trace]]) for trace in sorted(within)])
        rows = self._line.ask(LATEST, wanted=wanted, most=MOST_OF_A_TRACE)
        return {trace: found for trace, stories in rows if (found := json.loads(stories))}

    def _rows(self, stories: Iterable[int]) -> dict[int, _Known]:
        """By id."""
        rows = map(_Known._make, self._line.ask(_STORIES, stories=json.dumps(list(stories))))
        return {row.id: row for row in rows}

    def _stories(self, rows: Sequence[_Known]) -> list[Story]:
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

    def _own_first(self, row: _Known, votes: list[Vote]) -> list[Vote]:
        if not row.merged_into or len(votes) < 2:
            return votes
        own = set(self._session.exec(select(TraceRow.trace).where(TraceRow.story_id == row.id)))
        return sorted(votes, key=lambda vote: own.isdisjoint(facts.traces(vote)))

    def _votes(self, stories: set[int]) -> dict[int, list[Vote]]:
        found: dict[int, list[Vote]] = {}
        for story, told in self._line.ask(_VOTES, stories=json.dumps(list(stories))):
            found.setdefault(story, []).append(vote_of(json.loads(told)))
        return found

    @property
    def _line(self) -> Line:
        return Line.of(self._session)


_kept = partial(in_form, TraceRow, "at")


def reports_of(session: Session, story: int) -> list[Report]:
    """Of a story, in the order in which they came."""
    return [_report(*row) for row in Line.of(session).ask(_REPORTS, story=story)]


def _report(source: str, key: str, url: str | None, rank: int, votes: str) -> Report:
    own = (vote for vote in json.loads(votes) if not vote.get("elsewhere"))
    return Report((source, key), outlet(source, url), rank, tuple(map(vote_of, own)))


def story_number(line: Line, key: str) -> int | None:
    """The id of the row of a story, if there is one."""
    return _only(line.ask("SELECT id FROM story WHERE key = :key", key=key))


def article_number(line: Line, article: Article) -> int | None:
    """The id of the row of an article, if there is one."""
    return _only(line.ask(_NUMBER, source=article.source, key=article.key))


def _only(rows: Sequence[Sequence[int]]) -> int | None:
    return rows[0][0] if rows else None


def stored_article(row: Any, source_tags: tuple[str, ...]) -> Article:
    """`row`: an ArticleRow, or a row of its table."""
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


def _story(row: _Known, words: str, votes: Sequence[Vote]) -> Story:
    return Story(
        key=row.key,
        title=row.title,
        first_at=moment_of(row.first_at),
        last_at=moment_of(row.last_at),
        rules=frozenset(json.loads(row.rules)),
        words=frozenset(json.loads(words)),
        votes=tuple(votes),
        told=frozenset(json.loads(row.told)),
    )
