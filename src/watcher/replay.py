"""The whole way of an article over an archive, as it would have gone on those days. Nothing is stored or sent.

The daemon's own decisions (core/assessment.py), with the article's own date as the clock. This is how quality is
measured and how an edit of the rules is tried; the form is in docs/replay.md.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import islice, takewhile
from pathlib import Path
from typing import Any

from watcher.core.alerts.deciding import Freshness, Kind
from watcher.core.assessment import Assessment, Earlier, assess
from watcher.core.formats import dates
from watcher.core.forms import Document, vote_document
from watcher.core.judgement import judge
from watcher.core.model import LONGEST_TEXT, Article
from watcher.core.rules import RuleSet
from watcher.core.stories.placing import FACTS_WINDOW, MOST_OF_A_TRACE, Story, likeliest, traces
from watcher.core.stories.record import Past, subject_traces
from watcher.core.stories.reports import Report, Testimony
from watcher.core.text import clean
from watcher.errors import ArchiveError


def read_archive(path: Path) -> Iterator[Article]:
    """An article for each line, its id as key. A line without a date takes the time of the line before.

    Raises ArchiveError.
    """
    at = datetime(1970, 1, 1, tzinfo=UTC)
    with path.open("rb") as lines:
        for number, line in enumerate(lines, start=1):
            if not line.strip():
                continue
            try:
                document = json.loads(line.decode("utf-8"))
                at = _moment(document) or at
                yield _article(document, at, number)
            except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
                raise ArchiveError(f"{path}, line {number}: {_reason(error)}\n  fix: {_FORM}") from error


_EVER = datetime(1970, 1, 1, tzinfo=UTC)

_FORM = 'write an object a line, such as {"id": "1", "title": "…", "text": "…", "date": "2026-02-24"}'


def _reason(error: Exception) -> str:
    match error:
        case UnicodeDecodeError():
            return "it is not UTF-8"
        case json.JSONDecodeError():
            return f"it is no JSON: {error.msg} at column {error.colno}"
        case KeyError():
            return f"{error.args[0]} is missing"
        case _:
            return "it is not an object with texts"


def assessments(
    articles: Iterable[Article], rules: RuleSet, max_age_of: Callable[[str], timedelta | None]
) -> Iterator[Assessment]:
    """What would have come of each article, in the order given, which is that of time.

    `max_age_of`: a source's name -> the age after which its articles are old news.
    """
    memory = _Memory()
    for article in articles:
        fresh = Freshness(max_age_of(article.source))
        told = assess(article, judge(article, rules), memory, article.seen_at, fresh)
        memory.add(told)
        yield told


def document(told: Assessment) -> Document:
    """In the form of docs/replay.md."""
    kind = Kind.UPDATE if told.decision.kind is Kind.CORRECTION else told.decision.kind
    return {
        "id": told.article.key,
        "matches": [match.rule_id for match in told.judgement.matches],
        "story": told.story.key if told.story else None,
        "alert": kind.value if kind else None,
        "reason": told.decision.reason,
        "votes": [vote_document(vote, told.article) for vote in told.judgement.votes],
    }


class _Memory:
    """The memory of core.assessment for one run: the stories by what they are found by, and who told them."""

    def __init__(self) -> None:
        self._stories: dict[str, Story] = {}
        self._holders: dict[str, list[str]] = {}  # trace -> stories, in the order in which they began
        self._reports: dict[
            str, dict[tuple[str, str], Report]
        ] = {}  # story -> source and key of an article -> report
        self._testimonies: dict[str, Testimony] = {}  # by story; of some it is to be made anew
        self._told: dict[
            tuple[str, str], tuple[Article, str]
        ] = {}  # source and key -> the article and its story
        # Source and key -> how many articles have told a story before it.
        self._turns: dict[tuple[str, str], int] = {}

    def earlier(self, article: Article) -> Earlier | None:
        if (before := self._told.get((article.source, article.key))) is None:
            return None
        return Earlier(before[0], self._stories[before[1]])

    def near(self, traces: Iterable[str], at: datetime) -> Sequence[Story]:
        holders = {trace: list(self._latest(trace, at - 2 * FACTS_WINDOW)) for trace in traces}
        return [self._stories[key] for key in likeliest(holders)]

    def testimony(self, story: Story) -> Testimony:
        return self._testimonies.get(story.key) or Testimony.of(self._in_order(self._reports[story.key]))

    def reports_with(self, story: Story, report: Report) -> Sequence[Report]:
        return self._in_order({**self._reports[story.key], report.article: report})

    def _in_order(self, reports: Mapping[tuple[str, str], Report]) -> Sequence[Report]:
        return [reports[article] for article in sorted(reports, key=self._turns.__getitem__)]

    def record(self, traces: Iterable[str]) -> Sequence[Past]:
        holders = {trace: list(self._latest(trace)) for trace in traces}
        stories = (self._stories[key] for key in likeliest(holders))
        return [Past(vote, vote.date or story.first_at.date()) for story in stories for vote in story.votes]

    def _latest(self, trace: str, since: datetime = _EVER) -> Iterator[str]:
        """Articles come in the order of time, or nearly: what is long past ends the search."""
        stories = reversed(self._holders.get(trace, ()))
        return islice(takewhile(lambda key: self._stories[key].first_at >= since, stories), MOST_OF_A_TRACE)

    def add(self, told: Assessment) -> None:
        if told.story is None or told.report is None:
            return
        article, story = (told.article.source, told.article.key), told.story
        before = self._stories.get(story.key)
        for trace in _traces(story) - (_traces(before) if before else frozenset()):
            self._holders.setdefault(trace, []).append(story.key)
        if (earlier := self._told.get(article)) is not None and earlier[1] != story.key:
            del self._reports[earlier[1]][article]
            self._testimonies.pop(earlier[1], None)
        self._stories[story.key] = story
        self._told[article] = told.article, story.key
        self._turns.setdefault(article, len(self._turns))
        reports, report = self._reports.setdefault(story.key, {}), _without_evidence(told.report)
        if earlier:
            self._testimonies.pop(story.key, None)  # it is heard in its old place, once somebody asks
        else:
            self._testimonies[story.key] = self.testimony(story).with_one_more(report)
        reports[article] = report


def _traces(story: Story) -> frozenset[str]:
    return traces(story.words, story.votes) | {
        trace for vote in story.votes for trace in subject_traces(vote)
    }


def _without_evidence(report: Report) -> Report:
    """Spans are of the article at hand: a later one has its own."""
    return replace(report, votes=tuple(replace(vote, evidence=()) for vote in report.votes))


def _article(document: dict[str, Any], at: datetime, number: int) -> Article:
    title, text = document.get("title") or "", document.get("text") or ""
    if not (title or text):
        raise KeyError("title")
    return Article(
        source=clean(str(document.get("source") or "archive")),
        key=clean(str(document.get("id", number))),
        title=clean(title),
        text=clean(text)[:LONGEST_TEXT],
        url=document.get("url"),
        language=document.get("lang") or document.get("language"),
        published_at=_moment(document),
        seen_at=at,
    )


def _moment(document: dict[str, Any]) -> datetime | None:
    return dates.read(str(document["date"])) if document.get("date") else None
