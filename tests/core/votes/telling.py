"""How the tests tell an article: a text, the day it was published, and its first vote."""

from __future__ import annotations

from datetime import UTC, datetime

from watcher.core.model import Article, Vote
from watcher.core.votes import read_votes

PUBLISHED = datetime(2024, 5, 16, 9, 0, tzinfo=UTC)  # a Thursday


def article(text: str, title: str = "", published_at: datetime | None = PUBLISHED) -> Article:
    return Article("tests", "1", title, text, seen_at=PUBLISHED, published_at=published_at)


def first_vote(text: str, title: str = "", published_at: datetime | None = PUBLISHED) -> Vote:
    votes = read_votes(article(text, title, published_at))
    assert votes, "no vote was read"
    return votes[0]
