"""The whole way of an article over an archive, as it would have gone on those days. Nothing is stored or sent.

The daemon's own decisions (core/assessment.py), with the article's own date as the clock. This is how quality is
measured and how an edit of the rules is tried; the form is in docs/replay.md.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from watcher.core import dates
from watcher.core.alerts import Freshness, Kind
from watcher.core.assessment import Assessment, Earlier, assess
from watcher.core.forms import Document, vote_document
from watcher.core.judgement import judge
from watcher.core.model import LONGEST_TEXT, Article
from watcher.core.rules import RuleSet
from watcher.core.stories import WINDOW, Story
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
    recent = _Recent()
    for article in articles:
        known, fresh = recent.around(article.at), Freshness(max_age_of(article.source))
        told = assess(article, judge(article, rules), known, recent.earlier(article), article.seen_at, fresh)
        recent.add(told)
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


class _Recent:
    """The stories of one run, and which article told which."""

    def __init__(self) -> None:
        self._stories: dict[str, Story] = {}  # by key, in the order in which they were last told
        self._told: dict[tuple[str, str], Assessment] = {}  # source and key of an article -> what came of it

    def around(self, at: datetime) -> Iterator[Story]:
        """The latest first. Articles come in the order of time: what is long past ends the search."""
        for story in reversed(self._stories.values()):
            if story.last_at < at - 2 * WINDOW:
                return
            yield story

    def earlier(self, article: Article) -> Earlier | None:
        before = self._told.get((article.source, article.key))
        if before is None:
            return None
        story = self._stories.get(before.story.key) if before.story else None
        return Earlier(before.article, before.judgement.votes, story)

    def add(self, told: Assessment) -> None:
        if told.story:
            self._told[told.article.source, told.article.key] = told
            self._stories.pop(told.story.key, None)
            self._stories[told.story.key] = told.story


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
