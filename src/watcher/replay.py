"""The whole way of an article over an archive, as it would have gone on those days. Nothing is stored or sent.

The same functions as the daemon's run against a database in memory, with the article's own date as the clock. This
is how quality is measured: the form of a line is in the guide, docs/replay.md.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from watcher.core import dates
from watcher.core.alerts import Freshness, Kind
from watcher.core.forms import Document, vote_document
from watcher.core.model import Article
from watcher.core.rules import RuleSet
from watcher.core.text import clean
from watcher.edges.store import Store
from watcher.errors import WatcherError
from watcher.pipeline import ingest_article


class ArchiveError(WatcherError):
    """A line of the archive cannot be read; nothing after it was."""


def read_archive(path: Path) -> Iterator[tuple[str, Article]]:
    """(id, article) for each line. A line without a date takes the time of the line before. Raises ArchiveError."""
    at = datetime(1970, 1, 1, tzinfo=UTC)
    with path.open(encoding="utf-8") as lines:
        for number, line in enumerate(lines, start=1):
            if line.strip():
                try:
                    document = json.loads(line)
                    at = _moment(document) or at
                    yield str(document["id"]), _article(document, at)
                except (ValueError, KeyError, TypeError, AttributeError) as error:
                    raise ArchiveError(
                        f"{path}, line {number}: {error!r}; each line is an object with id, title and text, "
                        f'such as {{"id": "1", "title": "…", "text": "…", "date": "2026-02-24"}}'
                    ) from error


def replay(
    archive: Iterable[tuple[str, Article]], rules: RuleSet, max_age: timedelta | None
) -> Iterator[Document]:
    """What would have come of each article, in the order given."""
    store = Store.in_memory()
    for identity, article in archive:
        with store.ingest() as ingest:
            judgement, decision, story = ingest_article(
                ingest, article, rules, article.seen_at, Freshness(max_age)
            )
        alert = Kind.UPDATE if decision.kind is Kind.CORRECTION else decision.kind
        yield {
            "id": identity,
            "matches": [match.rule_id for match in judgement.matches],
            "story": story.key if story else None,
            "alert": alert and alert.value,
            "reason": decision.reason,
            "votes": [vote_document(vote, article) for vote in judgement.votes],
        }
    store.close()


def _article(document: dict[str, Any], at: datetime) -> Article:
    return Article(
        source=str(document.get("source") or "archive"),
        key=str(document["id"]),
        title=clean(document.get("title") or ""),
        text=clean(document.get("text") or ""),
        url=document.get("url"),
        language=document.get("lang") or document.get("language"),
        published_at=_moment(document),
        seen_at=at,
    )


def _moment(document: dict[str, Any]) -> datetime | None:
    return dates.read(str(document["date"])) if document.get("date") else None
